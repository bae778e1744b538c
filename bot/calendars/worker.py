"""Parsing feeds in a process of its own, so that no feed ever holds up the event loop.

A thread would not do: parsing is Python code and would take turns with the event loop. A pool of concurrent.futures
would not do either: it unpickles a whole answer in one go inside the bot, cannot stop a task that hangs, and leaves
its process behind when the bot is killed. So: one child process that is fed through its standard input, answers in
small frames, and ends with its input.
"""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path

import structlog

from bot.calendars.protocol import FeedProblem, Parsed
from bot.calendars.wire import LENGTH, Answer, Task, with_length
from domain.errors import InvalidCode
from domain.meeting import SyncWindow

log = structlog.get_logger()

MAX_SECONDS = 60.0
"""For one feed; 10,000 events take about 5 on an idle machine."""
FEEDS_PER_PROCESS = 200
"""After so many the process is replaced, in case the libraries keep memory."""
_PIECE = 256 * 1024
_PAUSE = 0.001
"""Seconds between two frames."""
_ROOT = Path(__file__).parents[2]
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "TZDIR", "PYTHONTZPATH", "SYSTEMROOT", "LANG")
"""Environment that the child needs to start; tokens and keys are not its business."""


class ParseWorker:
    """One child process that parses one feed at a time; started when first needed, `close()` ends it."""

    def __init__(self, *, max_seconds: float = MAX_SECONDS, command: Sequence[str] = ()) -> None:
        """`command` replaces the child in tests."""
        self._max_seconds = max_seconds
        own_limit = str(int(max_seconds) + 5)
        self._command = tuple(command) or (sys.executable, "-m", "bot.calendars.child", own_limit)
        self._process: Process | None = None
        self._feeds = 0
        self._turn = asyncio.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def parse(self, body: bytes, *, zone: str, window: SyncWindow) -> Parsed:
        """As `parse.parse`; FEED_TOO_SLOW where it takes too long, FEED_TOO_LARGE where the child dies of it.

        After `close()` every feed is FEED_UNREACHABLE.
        """
        async with self._turn:
            whole = False
            try:
                async with asyncio.timeout(self._max_seconds):
                    process = await self._ready()
                    parsed = await self._ask(process, Task(zone=zone, window=window), body)
                whole = True
            except TimeoutError:
                raise FeedProblem(InvalidCode.FEED_TOO_SLOW) from None
            except FeedProblem:
                whole = True
                raise
            except (OSError, asyncio.IncompleteReadError):
                if self._closed:
                    raise FeedProblem(InvalidCode.FEED_UNREACHABLE) from None
                log.warning("parse_worker_died", size=len(body))
                raise FeedProblem(InvalidCode.FEED_TOO_LARGE) from None
            finally:
                # After anything else, also after being cancelled, the two sides are out of step.
                if not whole or self._feeds >= FEEDS_PER_PROCESS:
                    await self._stop()
            return parsed

    async def close(self) -> None:
        """End the child at once; a feed that is being parsed is given up."""
        self._closed = True
        self._kill()
        # Whoever is reading its output finds the end of it and has to be out of the way first.
        async with self._turn:
            await self._stop()

    async def _ready(self) -> Process:
        if self._closed:
            raise FeedProblem(InvalidCode.FEED_UNREACHABLE)
        if self._process is None or self._process.returncode is not None:
            await self._stop()
            environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=_ROOT,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the bot, which then ends its child
            )
            self._feeds = 0
        self._feeds += 1
        return self._process

    async def _ask(self, process: Process, task: Task, body: bytes) -> Parsed:
        sink, source = process.stdin, process.stdout
        if sink is None or source is None:
            raise BrokenPipeError
        sink.write(with_length(task.to_json()) + LENGTH.pack(len(body)))
        for first in range(0, len(body), _PIECE):
            sink.write(body[first : first + _PIECE])
            await sink.drain()
        answer = Answer()
        while True:
            (length,) = LENGTH.unpack(await source.readexactly(LENGTH.size))
            parsed = answer.take(await source.readexactly(length))
            if parsed is not None:
                return parsed
            # All frames may be there already. A pause, not only a turn for others: answering a member takes many
            # turns, and must not wait for a frame in each of them.
            await asyncio.sleep(_PAUSE)

    def _kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def _stop(self) -> None:
        self._kill()
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if process.stdout is not None:
            # What it still wrote is read and dropped: a full pipe would keep the process from being collected.
            with contextlib.suppress(OSError):
                while await process.stdout.read(_PIECE):
                    pass
        await process.wait()
