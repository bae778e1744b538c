"""The playground on a Monday morning, in a process of its own that has imported everything already."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from playground.run import Options, playground
from tests.support.playgrounds import MONDAY, settings_for

PATIENCE_S = 60.0
_PROCESSES = multiprocessing.get_context("forkserver")
_PRELOADED = ["tests.support.playground_process", "playground.bot_side"]
"""Imported once, in the process that the others are forked from: most of a start's time goes into it."""


@contextmanager
def served(folder: Path, *, options: Options | None = None) -> Iterator[str]:
    """Its address, once the sample agency has its past. It must end in order and without a traceback."""
    log = folder / "stderr.txt"
    receiver, sender = _PROCESSES.Pipe(duplex=False)
    _PROCESSES.set_forkserver_preload(_PRELOADED)
    arguments = (folder, log, options or Options(at=MONDAY), sender)
    process = _PROCESSES.Process(target=_run, args=arguments, daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(PATIENCE_S):
            raise TimeoutError("the playground did not start")
        yield str(receiver.recv())
    except EOFError:
        raise RuntimeError(log.read_text("utf-8")) from None
    finally:
        process.terminate()
        process.join(PATIENCE_S)
    said = log.read_text("utf-8")
    assert (process.exitcode, "Traceback" in said) == (0, False), said


def _run(folder: Path, log: Path, options: Options, sender: Connection) -> None:
    errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(errors, sys.stderr.fileno())
    asyncio.run(_serve(folder, options, sender))


async def _serve(folder: Path, options: Options, sender: Connection) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with playground(settings_for(folder), options) as world:
        await world.slack.wait_for(lambda: world.seeded, PATIENCE_S)
        sender.send(world.slack.base_url)
        await ended.wait()
