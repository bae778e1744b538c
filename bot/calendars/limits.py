"""A limit of processor time around a stretch of code that hostile input could keep busy for ever."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(BaseException):
    """The stretch used up its time. No Exception, so that no library's own handler holds it back."""


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the code inside after so many seconds of this process's own work.

    Works through a signal, so only in the main thread, which is where the worker process parses; in another thread
    the code runs without a limit. It rings again and again in case a finaliser swallowed the first one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.05)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
