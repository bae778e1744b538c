"""`python -m benchmarks.commands`: how fast `/meetdown` answers, beside a bare Bolt hello, in one run.

Needs wrk (Debian: `apt-get install wrk`). Sends to this machine only, for about a minute.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import aiohttp
from sqlalchemy.orm import Session

from benchmarks.load import Measured, write_requests, wrk
from domain.client import Client
from domain.ids import new_id
from domain.meeting import Attendee, Meeting, Source
from domain.words import Tier
from playground import SlackStandIn
from storage import clients, meetings, members, migrate
from storage.database import Database

MEETINGS = 50
MEMBERS = 200
"""Others, with as many meetings each."""
SECONDS = 8.0
OWNER = "U0ANNA"
PORTS = {"meetdown": 3911, "meetdown-fresh": 3914, "bolt-same": 3912, "bolt-default": 3913}


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with SlackStandIn() as slack:
            slack.add_user(OWNER, name="anna", real_name="Anna Berg", email="anna@meetdown.example")
            data = Path(folder)
            environment = environment_of(slack, data)
            await seed(data, slack.workspace.id)
            requests = data / "requests.txt"
            for name in PORTS:
                async with running(name, environment):
                    write_requests(requests, slack.app.signing_secret, team_id=slack.workspace.id, user_ids=[OWNER])
                    for connections in (1, 16):
                        await asyncio.to_thread(wrk, PORTS[name], requests, connections=connections, seconds=2)
                        found = await asyncio.to_thread(
                            wrk, PORTS[name], requests, connections=connections, seconds=SECONDS
                        )
                        print(line(name, connections, found), flush=True)


def line(name: str, connections: int, found: Measured) -> str:
    return (
        f"| {name} | {connections} | {found.per_second:,.0f}/s | {found.p50:.2f} ms | {found.p99:.2f} ms "
        f"| {found.errors or '–'} |"
    )


def environment_of(slack: SlackStandIn, data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "MEETDOWN_DATA_DIR": str(data),
        "MEETDOWN_ALLOW_PRIVATE_URLS": "1",
    }


async def seed(data: Path, team_id: str) -> None:
    """A table with 50 coming meetings of one owner, with ten clients."""
    url = f"sqlite:///{data / 'meetdown.db'}"
    await asyncio.to_thread(migrate.upgrade, url)
    database = Database.open(url)
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    book = [
        Client(id=new_id(), team_id=team_id, name=f"Client {n}", tier=list(Tier)[n % 3], domains=(f"c{n}.example",))
        for n in range(10)
    ]
    for client in book:
        await database.run(clients.add, client)
    owners = [OWNER, *(f"U{n:05}" for n in range(MEMBERS))]
    await database.run(fill, team_id, owners, book, now)
    await database.close()


def fill(session: Session, team_id: str, owners: Sequence[str], book: Sequence[Client], now: datetime) -> None:
    for owner in owners[1:]:
        members.save_profile(
            session, team_id, owner, owner, f"{owner}@meetdown.example", "en-US", "Europe/Amsterdam", now
        )
    for owner, number in product(owners, range(MEETINGS)):
        client = book[number % len(book)]
        starts_at = now + timedelta(hours=3 + 5 * number)
        meeting = Meeting(
            id=new_id(),
            team_id=team_id,
            owner_id=owner,
            client_id=client.id,
            source=Source.BY_HAND,
            uid=new_id(),
            title=f"Planning of part {number}",
            location="Keizersgracht 1, Amsterdam",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            attendees=(Attendee(email=f"sanne@{client.domains[0]}", name="Sanne de Wit"),),
        )
        meetings.add(session, meeting)


@asynccontextmanager
async def running(name: str, environment: Mapping[str, str]) -> AsyncIterator[None]:
    command = [sys.executable, "-m", "benchmarks.servers", name, str(PORTS[name])]
    process = await asyncio.create_subprocess_exec(*command, env=dict(environment))
    try:
        await until_it_listens(PORTS[name])
        yield
    finally:
        process.terminate()
        await process.wait()


async def until_it_listens(port: int) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


if __name__ == "__main__":
    asyncio.run(main())
