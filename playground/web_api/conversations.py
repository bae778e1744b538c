"""conversations.*: DMs and channels, and what was said in them."""

from playground.records import Channel, File, Json, Message
from playground.store import Store
from playground.web_api.call import ApiError, Call, page

_CREATED = 1_700_000_000
_MEDIA_TYPES = {"csv": "text/csv", "txt": "text/plain", "json": "application/json"}
_PREFIX = {"im": "im", "public": "channels", "private": "groups"}


def scope_for(channel: Channel, what: str) -> str:
    """`im:history`, `channels:read` …: the scope depends on the kind of conversation."""
    return f"{_PREFIX[channel.kind]}:{what}"


def channel_of(call: Call, channel_id: str) -> Channel:
    """A conversation that the bot can see."""
    channel = call.store.channels.get(channel_id)
    hidden = channel is None or channel.team_id != call.team_id
    if channel is None or hidden or (channel.kind != "public" and call.workspace.bot_user_id not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def open_conversation(call: Call) -> Json:
    """Only DMs with one person: `users` with several would open a group DM, which the bot never does."""
    channel_id = call.args.get("channel")
    if channel_id:
        return {"no_op": True, "already_open": True, "channel": {"id": channel_of(call, str(channel_id)).id}}
    user_id = call.text("users", error="users_list_not_supplied")
    user = call.store.user_seen_by(call.team_id, user_id)
    if user is None:
        raise ApiError("user_not_found")
    if not user.visible:
        raise ApiError("user_not_visible")
    if user.deleted:
        raise ApiError("user_disabled")
    if user.is_bot or user.is_slackbot:
        raise ApiError("cannot_dm_bot")
    known = call.store.dm_with(call.team_id, user_id)
    channel = known or call.store.open_dm(call.team_id, user_id)
    described = as_json(channel, call) if call.flag("return_im") else {"id": channel.id}
    return {**({"no_op": True, "already_open": True} if known else {}), "channel": described}


def info(call: Call) -> Json:
    channel = channel_of(call, call.text("channel", error="channel_not_found"))
    call.need(scope_for(channel, "read"))
    return {"channel": as_json(channel, call)}


def members(call: Call) -> Json:
    channel = channel_of(call, call.text("channel", error="channel_not_found"))
    call.need(scope_for(channel, "read"))
    found, cursor = page([{"id": one} for one in sorted(channel.members)], call, default=100, most=1000)
    return {"members": [one["id"] for one in found], "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Json:
    """Newest first; replies in threads are not in it."""
    channel = channel_of(call, call.text("channel", error="channel_not_found"))
    call.need(scope_for(channel, "history"))
    _must_be_member(call, channel)
    kept = [
        message
        for message in call.store.messages_in(channel.id)
        if message.thread_ts in {"", message.ts} and _in_window(call, message.ts)
    ]
    return _page_of_messages(call, list(reversed(kept)))


def replies(call: Call) -> Json:
    channel = channel_of(call, call.text("channel", error="channel_not_found"))
    call.need(scope_for(channel, "history"))
    _must_be_member(call, channel)
    ts = call.text("ts", error="thread_not_found")
    found = [message for message in call.store.messages_in(channel.id) if ts in {message.ts, message.thread_ts}]
    if not found:
        raise ApiError("thread_not_found")
    return _page_of_messages(call, found)


def _must_be_member(call: Call, channel: Channel) -> None:
    if call.workspace.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")


def _in_window(call: Call, ts: str) -> bool:
    oldest, latest = str(call.args.get("oldest") or "0"), str(call.args.get("latest") or "9999999999")
    try:
        low, moment, high = float(oldest), float(ts), float(latest)
    except ValueError:
        raise ApiError("invalid_ts_oldest") from None
    return low <= moment <= high if call.flag("inclusive") else low < moment < high


def _page_of_messages(call: Call, messages: list[Message]) -> Json:
    with_metadata = call.flag("include_all_metadata")
    found, cursor = page(
        [
            message_json(message, with_metadata=with_metadata)
            | shared_files(call.store, message)
            | _thread(call, message)
            for message in messages
        ],
        call,
        default=100,
        most=999,
    )
    return {"messages": found, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _thread(call: Call, message: Message) -> Json:
    """What the first message of a thread tells of its replies."""
    found = [one for one in call.store.messages_in(message.channel) if one.thread_ts == message.ts != one.ts]
    if not found:
        return {}
    people = list(dict.fromkeys(one.user for one in found))
    return {
        "thread_ts": message.ts,
        "reply_count": len(found),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": found[-1].ts,
    }


def as_json(channel: Channel, call: Call) -> Json:
    base: Json = {"id": channel.id, "created": _CREATED, "is_archived": channel.is_archived}
    if channel.kind == "im":
        return {**base, "is_im": True, "user": channel.user_id, "is_user_deleted": False, "is_open": True}
    private, creator = channel.kind == "private", min(channel.members, default="")
    nothing = {"value": "", "creator": "", "last_set": 0}
    return {
        **base,
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": creator,
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_member": call.workspace.bot_user_id in channel.members,
        "topic": nothing,
        "purpose": nothing,
    }


def shared_files(store: Store, message: Message) -> Json:
    """What a message tells of the files in it; nothing where there are none."""
    if not message.files:
        return {}
    return {
        "subtype": "file_share",
        "upload": True,
        "files": [file_json(store, store.files[one]) for one in message.files],
    }


def file_json(store: Store, file: File) -> Json:
    """A file object. The addresses are those of a real Slack; the page has its own way to the bytes."""
    workspace = store.workspaces[file.team_id]
    private = f"{workspace.url}files-pri/{file.team_id}-{file.id}"
    ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
    found = [store.channels[one.partition(":")[0]] for one in file.shares]
    created = int(float(file.at or "0"))
    return {
        "id": file.id,
        "created": created,
        "timestamp": created,
        "name": file.name,
        "title": file.title,
        "mimetype": _MEDIA_TYPES.get(ending, "application/octet-stream"),
        "filetype": ending,
        "pretty_type": ending.upper(),
        "user": file.user,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "has_rich_preview": False,
        "is_starred": False,
        "comments_count": 0,
        "user_team": file.team_id,
        **{
            name: sorted({one.id for one in found if one.kind == kind})
            for name, kind in (("channels", "public"), ("groups", "private"), ("ims", "im"))
        },
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"{workspace.url}files/{file.user}/{file.id}/{file.name}",
    }


def message_json(message: Message, *, with_metadata: bool = False) -> Json:
    result: Json = {"type": "message", "ts": message.ts, "user": message.user, "team": message.team_id}
    result["text"] = message.text
    if message.bot_id:
        result |= {"bot_id": message.bot_id, "app_id": message.app_id}
    if message.blocks:
        result["blocks"] = message.blocks
    if message.attachments:
        result["attachments"] = message.attachments
    if message.thread_ts:
        result["thread_ts"] = message.thread_ts
    if message.edited_ts:
        result["edited"] = {"user": message.user, "ts": message.edited_ts}
    if with_metadata and message.metadata:
        result["metadata"] = message.metadata
    return result
