"""files.*: an address to upload to, the upload itself, and the message that shows the file.

Source: docs.slack.dev/messaging/working-with-files, "Uploading files", and the pages of the two methods.
"""

import base64
import secrets

from aiohttp import web

from playground import breaking
from playground.faults import Faults
from playground.records import ApiCall, Channel, File, Json, Message
from playground.store import Store, with_ids
from playground.web_api.call import ApiError, Call
from playground.web_api.chat import to_write_in
from playground.web_api.conversations import file_json

MOST_BYTES = 4 * 1024 * 1024
"""A file of the playground; Slack takes a gigabyte."""


def get_upload_url(call: Call) -> Json:
    name = str(call.args.get("filename") or "").strip()
    try:
        length = int(call.args.get("length") or 0)
    except ValueError:
        length = 0
    if not name or length < 1:
        raise ApiError.explained("invalid_arguments", ["missing required field: filename or length"])
    if length > MOST_BYTES:
        raise ApiError("file_upload_size_restricted")
    file = File(
        id=call.store.new_id("F"),
        team_id=call.team_id,
        user=call.workspace.bot_user_id,
        name=name,
        length=length,
        ticket=secrets.token_urlsafe(24),
        title=name,
    )
    call.store.files[file.id] = file
    return {"upload_url": f"{call.base_url}/upload/v1/{file.ticket}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Everything is looked at before anything is shared; without a channel the file stays its uploader's own."""
    files = _to_complete(call)
    given = str(call.args.get("channel_id") or "")
    channel = to_write_in(call, given) if given else None
    comment = str(call.args.get("initial_comment") or "")
    blocks = [] if comment else call.args.get("blocks") or []
    if comment or blocks:
        call.check({"text": comment, "blocks": blocks}, "message", error="invalid_blocks")
    for file, title in files:
        file.title, file.ticket, file.at = title or file.name, "", call.store.new_ts()
    if channel is not None:
        _share(call, channel, [file for file, _ in files], comment, blocks)
    return {"files": [file_json(call.store, file) for file, _ in files]}


def _to_complete(call: Call) -> list[tuple[File, str]]:
    """The files with their new titles; each was uploaded, and not completed before."""
    given = call.args.get("files")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise ApiError.explained("invalid_arguments", ["missing required field: files"])
    found = []
    for one in given:
        file = call.store.files.get(str(one.get("id")))
        if file is None or file.team_id != call.team_id or not file.ticket or not file.content:
            raise ApiError("file_not_found")
        found.append((file, str(one.get("title") or "")))
    return found


def _share(call: Call, channel: Channel, files: list[File], comment: str, blocks: list[Json]) -> None:
    message = Message(
        channel=channel.id,
        ts=call.store.new_ts(),
        team_id=call.team_id,
        user=call.workspace.bot_user_id,
        bot_id=call.workspace.bot_id,
        app_id=call.store.app.id,
        text=comment,
        blocks=with_ids(blocks, call.store),
        files=[file.id for file in files],
        thread_ts=str(call.args.get("thread_ts") or ""),
    )
    call.store.messages.append(message)
    for file in files:
        file.shares.append(f"{channel.id}:{message.ts}")


class Uploads:
    """Takes the bytes at the address that was given out: raw, or as the one file of a form. No token is asked for."""

    def __init__(self, store: Store, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        file = next((one for one in self._store.files.values() if one.ticket == ticket), None)
        record = ApiCall(method="upload_url", args={}, team_id=file.team_id if file else "", at=self._store.now())
        try:
            content = await _content(request)
            record.args = {"bytes": len(content)}
            fault = self._faults.strike(record)
            if fault is not None:
                broken = await breaking.before(request, fault, record)
                if broken is not None:
                    return broken
            record.status, said = _take(file, content)
            record.response = {"ok": record.status == 200}
            if fault is not None and fault.drop == "after":
                return breaking.cut(request)
        finally:
            self._store.calls.append(record)
            self._store.changed()
        return web.Response(text=said, status=record.status)


def _take(file: File | None, content: bytes) -> tuple[int, str]:
    if file is None:
        return 404, "not found"
    if len(content) != file.length:
        return 400, "not as long as announced"
    file.content = base64.b64encode(content).decode()
    return 200, f"OK - {len(content)}"


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
