"""The payloads that Slack sends, as its documentation and its servers have them."""

from playground import modals
from playground.forms import initial_state
from playground.records import Channel, Ephemeral, Json, Message, Surface, User, View, Workspace
from playground.store import Store
from playground.web_api.conversations import message_json


class Payloads:
    """Makes payloads of one person in one workspace; `base_url` is where response URLs lead to."""

    def __init__(self, store: Store, base_url: str, workspace: Workspace, user: User) -> None:
        self._store = store
        self._base_url = base_url
        self._workspace = workspace
        self._user = user

    def command(self, command: str, text: str, channel: Channel) -> Json:
        """A slash command; every value is a string, since it travels as a form."""
        enterprise = (
            {"enterprise_id": self._workspace.enterprise_id, "enterprise_name": self._workspace.name}
            if self._workspace.enterprise_id
            else {}
        )
        return {
            "token": "verification-token",
            "team_id": self._workspace.id,
            "team_domain": self._workspace.domain,
            **enterprise,
            "channel_id": channel.id,
            "channel_name": _channel_name(channel),
            "user_id": self._user.id,
            "user_name": self._user.name,
            "command": command,
            "text": text,
            "api_app_id": self._store.app.id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel.id, None),
            "trigger_id": self._trigger(None),
        }

    def block_actions(self, on: Surface, action: Json) -> Json:
        payload = {**self._interaction("block_actions", on), **self._place(on)}
        payload["actions"] = [{**action, "action_ts": self._store.new_ts()}]
        if not isinstance(on, View):
            payload["response_url"] = self._response_url(on.channel, on)
            payload["state"] = {"values": initial_state(on.blocks, on.states.get(self._user.id))}
        return payload

    def block_suggestion(self, on: Surface, block_id: str, action_id: str, typed: str) -> Json:
        """Asked for while somebody types in an external select; it carries no trigger."""
        payload = {**self._interaction("block_suggestion", on), **self._place(on)}
        del payload["trigger_id"]
        return {**payload, "block_id": block_id, "action_id": action_id, "value": typed}

    def view_submission(self, view: View) -> Json:
        return {**self._interaction("view_submission", view), "view": self._view(view), "response_urls": []}

    def view_closed(self, view: View, *, is_cleared: bool) -> Json:
        payload = {**self._interaction("view_closed", view), "view": self._view(view), "is_cleared": is_cleared}
        del payload["trigger_id"]
        return payload

    def shortcut(self, callback_id: str) -> Json:
        return {
            **self._interaction("shortcut", None),
            "callback_id": callback_id,
            "action_ts": self._store.new_ts(),
        }

    def message_shortcut(self, callback_id: str, message: Message) -> Json:
        channel = self._store.channels[message.channel]
        return {
            **self._interaction("message_action", message),
            "callback_id": callback_id,
            "message_ts": message.ts,
            "action_ts": self._store.new_ts(),
            "message": message_json(message),
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "response_url": self._response_url(channel.id, None),
        }

    def _interaction(self, kind: str, on: Surface | None) -> Json:
        enterprise_id = self._workspace.enterprise_id
        return {
            "type": kind,
            "team": {"id": self._workspace.id, "domain": self._workspace.domain},
            "user": {
                "id": self._user.id,
                "username": self._user.name,
                "name": self._user.name,
                "team_id": self._user.team_id,
            },
            "api_app_id": self._store.app.id,
            "token": "verification-token",
            "trigger_id": self._trigger(on),
            "enterprise": {"id": enterprise_id, "name": self._workspace.name} if enterprise_id else None,
            "is_enterprise_install": False,
        }

    def _place(self, on: Surface) -> Json:
        """Where the element stands: `container`, and the view or the message and channel."""
        if isinstance(on, View):
            return {"container": {"type": "view", "view_id": on.id}, "view": self._view(on)}
        channel = self._store.channels[on.channel]
        place: Json = {
            "container": {
                "type": "message",
                "message_ts": on.ts,
                "channel_id": on.channel,
                "is_ephemeral": isinstance(on, Ephemeral),
            },
            "channel": {"id": channel.id, "name": _channel_name(channel)},
        }
        if isinstance(on, Message):
            place["message"] = message_json(on)
        return place

    def _view(self, view: View) -> Json:
        return modals.as_json(view, self._store)

    def _trigger(self, on: Surface | None) -> str:
        return self._store.new_trigger(self._workspace.id, self._user.id, on).id

    def _response_url(self, channel_id: str, original: Message | Ephemeral | None) -> str:
        made = self._store.new_response_url(self._workspace.id, self._user.id, channel_id, original)
        return f"{self._base_url}/response/{made.team_id}/{made.token}"


def event_callback(store: Store, team_id: str, event: Json) -> Json:
    """The envelope around an event; `event_id` stays the same in each retry."""
    workspace = store.workspaces[team_id]
    moment = store.new_ts()
    return {
        "token": "verification-token",
        "team_id": team_id,
        "context_team_id": team_id,
        "context_enterprise_id": workspace.enterprise_id,
        "api_app_id": store.app.id,
        "event": {**event, "event_ts": event.get("event_ts", moment)},
        "type": "event_callback",
        "event_id": store.new_id("Ev"),
        "event_time": int(moment.partition(".")[0]),
        "authorizations": [
            {
                "enterprise_id": workspace.enterprise_id,
                "team_id": team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{store.new_id('c')}",
    }


def _channel_name(channel: Channel) -> str:
    return "directmessage" if channel.kind == "im" else channel.name
