"""The worker process: reads tasks from its standard input, parses, and answers on its standard output.

Started by `worker.py` as `python -m bot.calendars.child SECONDS`. It ends when its input does, which is also what
happens when the bot is killed; while it parses, an alarm ends it after SECONDS at the latest.
"""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from typing import BinaryIO

from bot.calendars.parse import parse
from bot.calendars.protocol import FeedProblem
from bot.calendars.wire import LENGTH, Task, frame_of_problem, frames_of, with_length
from domain.errors import InvalidCode

NICENESS = 10
"""So that answering members goes before reading calendars where processors are short."""


def serve(source: BinaryIO, sink: BinaryIO, *, seconds: int) -> None:
    """Answer tasks until the input ends."""
    while (head := source.read(LENGTH.size)) and len(head) == LENGTH.size:
        task = Task.from_json(source.read(*LENGTH.unpack(head)))
        body = source.read(*LENGTH.unpack(source.read(LENGTH.size)))
        signal.alarm(seconds)
        for frame in _answers(task, body):
            sink.write(with_length(frame))
        sink.flush()
        signal.alarm(0)
        del body
        gc.collect()


def _answers(task: Task, body: bytes) -> Iterator[bytes]:
    try:
        yield from frames_of(parse(body, zone=task.zone, window=task.window))
    except FeedProblem as problem:
        yield frame_of_problem(problem)
    except MemoryError:
        yield frame_of_problem(FeedProblem(InvalidCode.FEED_TOO_LARGE))


def main() -> None:
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer, seconds=int(sys.argv[1]))
    except BrokenPipeError:
        os._exit(0)  # nobody reads any more; flushing at exit would only fail again


if __name__ == "__main__":
    main()
