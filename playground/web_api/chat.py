"""chat.*: messages of the bot."""

import re

from playground.records import Channel, Ephemeral, Json, Message
from playground.store import with_ids
from playground.web_api.call import ApiError, Call
from playground.web_api.conversations import channel_of, message_json

MOST_EARLIER = 20


def post_message(call: Call) -> Json:
    channel = to_write_in(call, call.text("channel", error="channel_not_found"))
    _must_say_something(call)
    call.check(call.args, "message", error="invalid_blocks")
    thread_ts = _thread_ts(call)
    message = Message(
        channel=channel.id,
        ts=call.store.new_ts(),
        team_id=call.team_id,
        user=call.workspace.bot_user_id,
        bot_id=call.workspace.bot_id,
        app_id=call.store.app.id,
        text=str(call.args.get("text") or ""),
        blocks=with_ids(call.args.get("blocks") or [], call.store),
        attachments=call.args.get("attachments") or [],
        metadata=call.args.get("metadata") or None,
        thread_ts=thread_ts,
    )
    call.store.messages.append(message)
    _come_back(call, channel, message_json(message))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message, with_metadata=True)}


def update(call: Call) -> Json:
    """Text alone takes the blocks away; metadata stays unless other metadata, or an empty object, is given."""
    message = _own_message(call, error="cant_update_message")
    _must_say_something(call)
    call.check(call.args, "message", error="invalid_blocks")
    message.earlier = [*message.earlier, message_json(message, with_metadata=True)][-MOST_EARLIER:]
    message.text = str(call.args.get("text") or "")
    message.blocks = with_ids(call.args.get("blocks") or [], call.store)
    message.attachments = call.args.get("attachments") or []
    message.edited_ts = call.store.new_ts()
    message.states = {}
    if call.args.get("metadata") is not None:
        message.metadata = call.args["metadata"] or None
    changed = {"subtype": "message_changed", "message": message_json(message), "previous_message": message.earlier[-1]}
    _come_back(call, call.store.channels[message.channel], {"type": "message", "ts": message.edited_ts, **changed})
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(message, with_metadata=True),
    }


def delete(call: Call) -> Json:
    message = _own_message(call, error="cant_delete_message")
    message.deleted = True
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    channel = to_write_in(call, call.text("channel", error="channel_not_found"))
    user_id = call.text("user", error="user_not_in_channel")
    if user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    _must_say_something(call)
    call.check(call.args, "message", error="invalid_blocks")
    shown = Ephemeral(
        channel=channel.id,
        ts=call.store.new_ts(),
        team_id=call.team_id,
        user=user_id,
        text=str(call.args.get("text") or ""),
        blocks=with_ids(call.args.get("blocks") or [], call.store),
        attachments=call.args.get("attachments") or [],
    )
    call.store.ephemerals.append(shown)
    return {"message_ts": shown.ts}


def get_permalink(call: Call) -> Json:
    channel = channel_of(call, call.text("channel", error="channel_not_found"))
    message = call.store.message(channel.id, call.text("message_ts", error="message_not_found"))
    if message is None:
        raise ApiError("message_not_found")
    link = f"{call.workspace.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _thread_ts(call: Call) -> str:
    """Slack looks at the form only: a reply to nothing is taken, and stands where nobody sees it."""
    thread_ts = str(call.args.get("thread_ts") or "")
    if thread_ts and not re.fullmatch(r"\d{9,11}\.\d{6}", thread_ts):
        raise ApiError.explained("invalid_thread_ts", [f"{thread_ts} is not a valid thread_ts"])
    return thread_ts


def _come_back(call: Call, channel: Channel, event: Json) -> None:
    if call.store.app.hears_own_messages:
        kind = "im" if channel.kind == "im" else "channel"
        call.emit(call.team_id, {**event, "channel": channel.id, "channel_type": kind})


def _must_say_something(call: Call) -> None:
    if not call.args.get("text") and not call.args.get("blocks") and not call.args.get("attachments"):
        raise ApiError("no_text")


def to_write_in(call: Call, channel_id: str) -> Channel:
    """The conversation; a user id stands for the DM with that person, which opens."""
    is_person = channel_id.startswith(("U", "W"))
    channel = _dm_to_be_opened(call, channel_id) if is_person else channel_of(call, channel_id)
    if channel.kind == "im":
        other = call.store.users[channel.user_id]
        if not call.store.app.messages_tab:
            raise ApiError("messages_tab_disabled")
        if other.dm_error:
            raise ApiError(other.dm_error)
        if other.deleted:
            raise ApiError("is_archived")
    elif call.workspace.bot_user_id not in channel.members and "chat:write.public" not in call.grant.scopes:
        raise ApiError("not_in_channel")
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def _dm_to_be_opened(call: Call, user_id: str) -> Channel:
    user = call.store.user_seen_by(call.team_id, user_id)
    if user is None or not user.visible or (user.deleted and call.store.dm_with(call.team_id, user_id) is None):
        raise ApiError("channel_not_found")
    if user.is_bot or user.is_slackbot:
        raise ApiError("cannot_dm_bot")
    return call.store.open_dm(call.team_id, user_id)


def _own_message(call: Call, *, error: str) -> Message:
    channel_id = call.text("channel", error="channel_not_found")
    if not channel_id.startswith(("D", "C", "G")):
        raise ApiError("channel_not_found")
    channel = channel_of(call, channel_id)
    message = call.store.message(channel.id, call.text("ts", error="message_not_found"))
    if message is None:
        raise ApiError("message_not_found")
    if message.user != call.workspace.bot_user_id:
        raise ApiError(error)
    return message
