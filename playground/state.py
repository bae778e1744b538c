"""What the playground remembers from one start to the next: Slack's memory, the clock, the names of its calendars.

One JSON file, written aside and moved into place, so that it is whole whenever the process ends. The bot's own
database, the mails and the calendar entries are files of their own beside it.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import structlog

from playground.records import App, Channel, File, Grant, Json, Message, User, View, Workspace
from playground.store import Store

VERSION = 1
PAUSE_S = 0.5
"""Changes within this are written together."""
_SETS = frozenset({"scopes", "seen_in", "members"})

log = structlog.get_logger()

Record = TypeVar("Record", App, Channel, File, Grant, Message, User, View, Workspace)


class BrokenState(Exception):  # noqa: N818 - what is found in a folder
    """The file is there and cannot be used."""


@dataclass(kw_only=True)
class State:
    """What is not Slack's."""

    offset: timedelta = timedelta()
    calendar_port: int = 0
    """Where the calendars were served: the bot knows them by that address."""
    calendars: dict[str, str] = field(default_factory=dict)
    """Per member the secret part of the calendar's address."""
    seeded: bool = False
    """The sample agency is complete."""


def read(path: Path, store: Store) -> State | None:
    """Fill the store with what was kept; None where nothing was. Raises BrokenState."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["version"] != VERSION:
            raise BrokenState(f"{path} is of another release")
        restore(store, kept["slack"])
        own = kept["playground"]
        return State(**{**own, "offset": timedelta(seconds=own["offset"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenState(f"{path} cannot be read ({type(error).__name__})") from error


def write(path: Path, content: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    os.replace(aside, path)


def as_text(store: Store, state: State) -> str:
    own = {**_plain(state), "offset": state.offset.total_seconds()}
    return json.dumps({"version": VERSION, "playground": own, "slack": kept(store)}, ensure_ascii=False)


def kept(store: Store) -> Json:
    """Slack's memory as JSON: not what is gone after a reload of a real client (ephemerals, modals, triggers)."""
    homes = {user: store.views[view] for user, view in store.homes.items() if view in store.views}
    return {
        "app": _plain(store.app),
        "workspaces": [_plain(one) for one in store.workspaces.values()],
        "grants": [_plain(one) for one in store.grants.values()],
        "users": [_plain(one) for one in store.users.values()],
        "channels": [_plain(one) for one in store.channels.values()],
        "messages": [_plain(one) for one in store.messages if not one.deleted],
        "files": [_plain(one) for one in store.files.values() if not one.ticket],
        "homes": {user: _plain(view) for user, view in homes.items()},
        "last_ts": store.last_ts,
        "numbers": store.numbers,
    }


def restore(store: Store, given: Json) -> None:
    """In place of what is in the store. Raises KeyError, TypeError or ValueError where `given` is not of `kept`."""
    app = _record(App, given["app"])
    for name in (one.name for one in fields(App)):
        setattr(store.app, name, getattr(app, name))
    store.workspaces = {one["id"]: _record(Workspace, one) for one in given["workspaces"]}
    store.grants = {one["token"]: _record(Grant, one) for one in given["grants"]}
    store.users = {one["id"]: _record(User, one) for one in given["users"]}
    store.channels = {one["id"]: _record(Channel, one) for one in given["channels"]}
    store.messages = [_record(Message, one) for one in given["messages"]]
    files = (_record(File, one) for one in given.get("files", []))  # a folder of an earlier release has none
    store.files = {one.id: one for one in files}
    views = {user: _record(View, one) for user, one in given["homes"].items()}
    store.views = {view.id: view for view in views.values()}
    store.homes = {user: view.id for user, view in views.items()}
    store.last_ts = int(given["last_ts"])
    store.numbers = int(given["numbers"])


class Keeper:
    """Writes the state a moment after each change, and once more in the end."""

    def __init__(self, path: Path, store: Store, state: State) -> None:
        self._path = path
        self._store = store
        self._state = state
        self._dirty = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Written at once: what is begun beside it belongs to these names and secrets."""
        write(self._path, as_text(self._store, self._state))
        self._task = asyncio.get_running_loop().create_task(self._run())
        self._store.listeners.add(self.touch)

    def touch(self) -> None:
        self._dirty.set()

    def keep_offset(self, offset: timedelta) -> None:
        self._state.offset = offset
        self.touch()

    async def stop(self) -> None:
        self._store.listeners.discard(self.touch)
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._writing is not None:
            await asyncio.wait({self._writing})  # a thread goes on when its task is cancelled: one file, one writer
        write(self._path, as_text(self._store, self._state))

    async def _run(self) -> None:
        while True:
            await self._dirty.wait()
            await asyncio.sleep(PAUSE_S)
            self._dirty.clear()
            thread = asyncio.to_thread(write, self._path, as_text(self._store, self._state))
            self._writing = asyncio.create_task(thread)
            try:
                await asyncio.shield(self._writing)
            except OSError as error:
                log.warning("playground_not_kept", reason=error.strerror or str(error))


def _plain(record: Any) -> Json:
    """The fields as JSON; sets as sorted lists."""
    values = {one.name: getattr(record, one.name) for one in fields(record)}
    return {name: sorted(value) if isinstance(value, set | frozenset) else value for name, value in values.items()}


def _record(kind: Callable[..., Record], values: Json) -> Record:
    as_set = frozenset if kind is App else set
    return kind(**{name: as_set(value) if name in _SETS else value for name, value in values.items()})
