"""Posts to a response URL: five in thirty minutes, no token.

Source: docs.slack.dev/interactivity/handling-user-interaction, "Message responses".
"""

from datetime import timedelta

from aiohttp import web

from playground import breaking
from playground.faults import Faults
from playground.incoming import from_json
from playground.limits import violations
from playground.records import ApiCall, Ephemeral, Json, Message, ResponseUrl
from playground.store import Store, with_ids

MOST_USES = 5
LIFETIME = timedelta(minutes=30)


class Refused(Exception):  # noqa: N818 - an answer, not a failure of ours
    """Answered with this HTTP status and Slack's name for it."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


class ResponseUrls:
    def __init__(self, store: Store, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        made = self._store.response_urls.get(request.match_info["token"])
        record = ApiCall(method="response_url", args={}, team_id=request.match_info["team"], at=self._store.now())
        try:
            record.args = _body(await request.read())
            fault = self._faults.strike(record)
            if fault is not None:
                broken = await breaking.before(request, fault, record)
                if broken is not None:
                    return broken
            self._apply(self._used(made), record.args)
            record.response = {"ok": True}
            if fault is not None and fault.drop == "after":
                return breaking.cut(request)
        except Refused as refused:
            record.status = refused.status
            record.response = {"ok": False, "error": refused.error}
        finally:
            self._store.calls.append(record)
            self._store.changed()
        return web.json_response(record.response, status=record.status)

    def _used(self, made: ResponseUrl | None) -> ResponseUrl:
        if made is None:
            raise Refused(404, "no_url")
        if self._store.age(made.at) > LIFETIME:
            raise Refused(404, "expired_url")
        if made.uses >= MOST_USES:
            raise Refused(404, "used_url")
        made.uses += 1
        return made

    def _apply(self, made: ResponseUrl, body: Json) -> None:
        original = self._store.current(made.original) if made.original else None
        if body.get("delete_original"):
            if original is not None:
                original.deleted = True
            return
        checked(self._store, body)
        if body.get("replace_original") and original is not None:
            original.text = str(body.get("text") or "")
            original.blocks = with_ids(body.get("blocks") or [], self._store)
        else:
            post(self._store, made.team_id, made.user, made.channel, body)


def checked(store: Store, body: Json) -> None:
    """Refuse what a message may not be; the violations are kept."""
    if not body.get("text") and not body.get("blocks"):
        raise Refused(400, "no_text")
    found = violations(body, "message")
    if found:
        store.violations.extend(found)
        raise Refused(400, found[0].code)


def post(store: Store, team_id: str, user_id: str, channel: str, body: Json) -> Message | Ephemeral:
    """A reply to a command or an interaction: seen by that person alone, unless it says `in_channel`."""
    text, blocks = str(body.get("text") or ""), with_ids(body.get("blocks") or [], store)
    attachments = body.get("attachments") or []
    shown: Message | Ephemeral
    if body.get("response_type") == "in_channel":
        workspace = store.workspaces[team_id]
        shown = Message(
            channel=channel,
            ts=store.new_ts(),
            team_id=team_id,
            user=workspace.bot_user_id,
            bot_id=workspace.bot_id,
            app_id=store.app.id,
            text=text,
            blocks=blocks,
            attachments=attachments,
        )
        store.messages.append(shown)
    else:
        shown = Ephemeral(
            channel=channel,
            ts=store.new_ts(),
            team_id=team_id,
            user=user_id,
            text=text,
            blocks=blocks,
            attachments=attachments,
        )
        store.ephemerals.append(shown)
    return shown


def _body(raw: bytes) -> Json:
    try:
        body = from_json(raw)
    except ValueError:
        raise Refused(400, "invalid_payload") from None
    if not isinstance(body, dict):
        raise Refused(400, "invalid_payload")
    return body
