"""The calls that both Slacks get, in this order, and what of an answer later calls need.

`$name`, also deep in an argument, stands for an id of the side (`Side.ids`) or for something kept; `$trigger` for a new
trigger id from outside, `$trigger_in:NAME` for one from inside the view kept as NAME, `$code` for a new OAuth code.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.contract.sides import CLIENT_ID, CLIENT_SECRET, REDIRECT

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    name: str
    """Once in the list; differences are told by it."""
    method: str
    args: Json = field(default_factory=dict)
    token: str = "bot"
    as_json: bool = False
    keep: dict[str, str] = field(default_factory=dict)
    """Name → path in the answer."""


UPLOAD = "(upload)"
"""Not a method: the bytes go to the address that the announcement named."""


def _step(name: str, method: str, /, *, token: str = "bot", as_json: bool = False, **args: Any) -> Step:
    keep = args.pop("keep", {})
    return Step(name=name, method=method, args=args, token=token, as_json=as_json, keep=keep)


def _text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


SECTION: Json = {"type": "section", "block_id": "what", "text": {"type": "mrkdwn", "text": "*Acme*, tomorrow at ten"}}
BUTTONS: Json = {
    "type": "actions",
    "block_id": "how",
    "elements": [{"type": "button", "action_id": "keep", "text": _text("Keep it"), "value": "m1"}],
}
_NEXT = "response_metadata.next_cursor"
METADATA: Json = {"event_type": "meetdown", "event_payload": {"key": "k1"}}


def _modal(title: str, **more: Any) -> Json:
    return {"type": "modal", "callback_id": "decide", "title": _text(title), "blocks": [SECTION], **more}


WHO = (
    _step("who am I", "auth.test"),
    _step("who am I, without a token", "auth.test", token="none"),
    _step("who am I, with a wrong token", "auth.test", token="bad"),
    _step("a method that is not there", "meetings.stepDown"),
    _step("the workspace", "team.info"),
    _step("a person", "users.info", user="$anna"),
    _step("a person, in their language", "users.info", user="$anna", include_locale="true"),
    _step("a person who is not there", "users.info", user="U0NOBODY0"),
    _step("nobody named", "users.info"),
    _step("a person, without the scope", "users.info", token="narrow", user="$anna"),
    _step("a person, with a wrong token", "users.info", token="bad", user="$anna"),
    _step("everybody", "users.list"),
    _step("everybody, one at a time", "users.list", limit="1", keep={"next": _NEXT}),
    _step("everybody, the next one", "users.list", limit="1", cursor="$next"),
    _step("whose address it is", "users.lookupByEmail", email="ben@northlight.example"),
    _step("nobody's address", "users.lookupByEmail", email="nobody@northlight.example"),
    _step("whose address, without the scope", "users.lookupByEmail", token="narrow", email="ben@northlight.example"),
)

CONVERSATIONS = (
    _step("open a DM", "conversations.open", users="$anna", keep={"dm": "channel.id"}),
    _step("open it again", "conversations.open", users="$anna"),
    _step("open it and describe it", "conversations.open", users="$anna", return_im="true"),
    _step("open one by its id", "conversations.open", channel="$dm"),
    _step("open one with nobody", "conversations.open"),
    _step("open one with a person who is not there", "conversations.open", users="U0NOBODY0"),
    _step("open one without the scope", "conversations.open", token="narrow", users="$anna"),
    _step("describe a DM", "conversations.info", channel="$dm"),
    _step("describe a channel", "conversations.info", channel="$general"),
    _step("describe nothing", "conversations.info", channel="C0NOTHERE0"),
    _step("who is in a channel", "conversations.members", channel="$general"),
    _step("who is in nothing", "conversations.members", channel="C0NOTHERE0"),
)

MESSAGES = (
    _step("post a text", "chat.postMessage", channel="$dm", text="Hello", keep={"first": "ts"}),
    _step(
        "post blocks",
        "chat.postMessage",
        channel="$dm",
        text="Acme, tomorrow at ten",
        blocks=[SECTION, BUTTONS],
        metadata=METADATA,
        keep={"second": "ts"},
    ),
    _step("post JSON", "chat.postMessage", as_json=True, channel="$dm", text="Hello", blocks=[SECTION]),
    _step("post to a person", "chat.postMessage", channel="$ben", text="Hello"),
    _step("post in a channel", "chat.postMessage", channel="$general", text="Hello"),
    _step("post in a private channel of others", "chat.postMessage", channel="$hidden", text="Hello"),
    _step("reply", "chat.postMessage", channel="$dm", text="By the way", thread_ts="$first"),
    _step("reply to nothing", "chat.postMessage", channel="$dm", text="?", thread_ts="1700000000.000001"),
    _step("reply to no message name", "chat.postMessage", channel="$dm", text="?", thread_ts="0"),
    _step("post nowhere", "chat.postMessage", text="Hello"),
    _step("post in a channel that is not there", "chat.postMessage", channel="C0NOTHERE0", text="Hello"),
    _step("post to a person who is not there", "chat.postMessage", channel="U0NOBODY0", text="Hello"),
    _step("post nothing", "chat.postMessage", channel="$dm"),
    _step("post broken JSON", "chat.postMessage", channel="$dm", text="Hello", blocks="[{"),
    _step("post blocks that are none", "chat.postMessage", channel="$dm", text="Hello", blocks='{"type": "section"}'),
    _step(
        "post a block of no known type", "chat.postMessage", channel="$general", text="Hello", blocks=[{"type": "no"}]
    ),
    _step("post with a wrong token", "chat.postMessage", token="bad", channel="$dm", text="Hello"),
    _step("post without a token", "chat.postMessage", token="none", channel="$dm", text="Hello"),
    _step("change to a text", "chat.update", channel="$dm", ts="$second", text="Settled"),
    _step("change to blocks", "chat.update", channel="$dm", ts="$second", text="Settled", blocks=[SECTION]),
    _step("change nothing that is there", "chat.update", channel="$dm", ts="1700000000.000001", text="Settled"),
    _step("change in a channel that is not there", "chat.update", channel="C0NOTHERE0", ts="$second", text="Settled"),
    _step("change somebody else's", "chat.update", channel="$dm", ts="$annas", text="Settled"),
    _step("change to nothing", "chat.update", channel="$dm", ts="$second"),
    _step("whisper", "chat.postEphemeral", channel="$general", user="$anna", text="Psst"),
    _step("whisper to nobody", "chat.postEphemeral", channel="$general", user="U0NOBODY0", text="Psst"),
    _step("link to a message", "chat.getPermalink", channel="$dm", message_ts="$first"),
    _step("link to nothing", "chat.getPermalink", channel="$dm", message_ts="1700000000.000001"),
    _step("what was said", "conversations.history", channel="$dm", limit="100"),
    _step("what was said last", "conversations.history", channel="$dm", limit="1", keep={"next": _NEXT}),
    _step("what was said before", "conversations.history", channel="$dm", limit="1", cursor="$next"),
    _step("what was said nowhere", "conversations.history", channel="C0NOTHERE0"),
    _step("what was said behind a closed door", "conversations.history", channel="$hidden"),
    _step("what was said, without the scope", "conversations.history", token="narrow", channel="$dm"),
    _step("a thread", "conversations.replies", channel="$dm", ts="$first"),
    _step("a thread of nothing", "conversations.replies", channel="$dm", ts="1700000000.000002"),
    _step("take back", "chat.delete", channel="$dm", ts="$second"),
    _step("take back twice", "chat.delete", channel="$dm", ts="$second"),
    _step("take back somebody else's", "chat.delete", channel="$dm", ts="$annas"),
)

FILES = (
    _step(
        "announce a file",
        "files.getUploadURLExternal",
        filename="clients.csv",
        length="6",
        keep={"file": "file_id", "upload": "upload_url"},
    ),
    _step("announce one without a name", "files.getUploadURLExternal", length="6"),
    _step("announce one without the scope", "files.getUploadURLExternal", token="narrow", filename="a", length="6"),
    _step("show a file that was not sent", "files.completeUploadExternal", as_json=True, files=[{"id": "$file"}]),
    _step("send the bytes", UPLOAD, to="$upload", bytes="a,b\nc,"),
    _step("show no file", "files.completeUploadExternal", as_json=True, channel_id="$dm"),
    _step(
        "show it in a channel that is not there",
        "files.completeUploadExternal",
        as_json=True,
        files=[{"id": "$file"}],
        channel_id="C0NOTHERE0",
    ),
    _step(
        "show it",
        "files.completeUploadExternal",
        as_json=True,
        files=[{"id": "$file", "title": "Clients"}],
        channel_id="$dm",
        blocks=[SECTION],
    ),
    _step("show it twice", "files.completeUploadExternal", as_json=True, files=[{"id": "$file"}], channel_id="$dm"),
    _step("send the bytes again", UPLOAD, to="$upload", bytes="a,b\nc,"),
    _step("what was shown", "conversations.history", channel="$dm", limit="1"),
)

VIEWS = (
    _step("open a modal", "views.open", trigger_id="$trigger", view=_modal("One"), keep={"one": "view.id"}),
    _step("open with a used trigger", "views.open", trigger_id="$trigger:used", view=_modal("One")),
    _step("open with a made-up trigger", "views.open", trigger_id="1.2.three", view=_modal("One")),
    _step("open something that is no view", "views.open", trigger_id="$trigger", view={"type": "modal"}),
    _step("open a Home tab as a modal", "views.open", trigger_id="$trigger", view={"type": "home", "blocks": []}),
    _step("change a modal", "views.update", view_id="$one", view=_modal("One, changed"), keep={"hash": "view.hash"}),
    _step("change it as it is now", "views.update", view_id="$one", hash="$hash", view=_modal("One, again")),
    _step("change it as it was", "views.update", view_id="$one", hash="$hash", view=_modal("One, late")),
    _step("change a modal that is not there", "views.update", view_id="V0NOTHERE0", view=_modal("None")),
    _step(
        "push a modal",
        "views.push",
        trigger_id="$trigger_in:one",
        view=_modal("Two", external_id="two"),
        keep={"two": "view.id"},
    ),
    _step("change one by its own name", "views.update", external_id="two", view=_modal("Two, b", external_id="two")),
    _step("give a name twice", "views.push", trigger_id="$trigger_in:two", view=_modal("Three", external_id="two")),
    _step("push from nowhere", "views.push", trigger_id="$trigger", view=_modal("Three")),
    _step("push a third", "views.push", trigger_id="$trigger_in:two", view=_modal("3"), keep={"three": "view.id"}),
    _step("push a fourth", "views.push", trigger_id="$trigger_in:three", view=_modal("Four")),
    _step("show a Home tab", "views.publish", user_id="$anna", view={"type": "home", "blocks": [SECTION]}),
    _step("show it to nobody", "views.publish", user_id="U0NOBODY0", view={"type": "home", "blocks": [SECTION]}),
    _step("show a modal as one", "views.publish", user_id="$anna", view=_modal("One")),
    _step("show it without a token", "views.publish", token="none", user_id="$anna", view=_modal("One")),
)


def _exchange(name: str, **changed: str) -> Step:
    app = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": REDIRECT}
    return Step(name=name, method="oauth.v2.access", token="none", args={"code": "$code", **app, **changed})


INSTALLING = (
    _exchange("exchange a code"),
    _exchange("exchange it twice", code="$code:used"),
    _exchange("exchange a made-up code", code="1.2.three"),
    _exchange("exchange as no app", client_id="9.9"),
    _exchange("exchange with no right", client_secret="no"),
)

STEPS = (*WHO, *CONVERSATIONS, *MESSAGES, *FILES, *VIEWS, *INSTALLING)
