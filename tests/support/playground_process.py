"""`python -m tests.support.playground_process FOLDER`: the playground on a Monday morning, in a process of its own.

Prints its address once the sample agency has its past, and ends with SIGTERM.
"""

import asyncio
import signal
import sys
from pathlib import Path

from playground.run import Options, playground
from tests.support.playgrounds import MONDAY, settings_for


async def main(folder: Path) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with playground(settings_for(folder), Options(at=MONDAY)) as world:
        await world.slack.wait_for(lambda: world.seeded, 30)
        sys.stdout.write(f"{world.slack.base_url}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
