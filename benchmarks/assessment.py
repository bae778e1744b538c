"""`python -m benchmarks.assessment`: judging one meeting in a workspace with five years of history, on both engines.

10,000 meetings of 40 clients over five years, weekly with each, every fifth stepped down; and, as the worst there is,
all 10,000 with one client. The whole of it is measured: the statements, the values read from them, the judgement.
"""

import asyncio
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import psycopg
from pgserver.postgres_server import get_server
from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.client import Client, Contact
from domain.decision import CallTerms, Decision, Draft, WhoRings
from domain.meeting import Attendee, Meeting, Source
from domain.member import Member, Workspace
from domain.words import Mode, Option, Reason, Tier
from storage import clients, judged, members, migrate, workspaces
from storage.database import Database
from storage.decisions import DECISION, DECISIONS
from storage.meetings import MEETING, MEETINGS

TEAM, OWNER = "T1", "U1"
MEETINGS_IN_ALL, CLIENTS_IN_ALL = 10_000, 40
YEARS = timedelta(days=5 * 365)
ROUNDS, WARM_UP = 2_000, 200
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def fill(session: Session, several: int) -> None:
    """So many clients share the meetings; the last of each one's series is still to come."""
    workspaces.save(session, Workspace(team_id=TEAM))
    members.save(session, Member(team_id=TEAM, user_id=OWNER, email="olga@agency.example"))
    for number in range(several):
        people = [
            Contact(id=f"p{number}-{one}", client_id=f"c{number}", name="Ann", email=f"ann{one}@c{number}.example")
            for one in range(3)
        ]
        client = Client(
            id=f"c{number}",
            team_id=TEAM,
            name=f"Client {number}",
            tier=list(Tier)[number % 3],
            domains=(f"c{number}.example",),
            lead_id=OWNER,
            contacts=tuple(people),
        )
        clients.add(session, client)
    step = YEARS / MEETINGS_IN_ALL
    extra = {"kind_corrected": False, "live_channel": "", "live_ts": ""}
    past = [_meeting(number, several, NOW - step * number) for number in range(1, MEETINGS_IN_ALL + 1)]
    ahead = [_meeting(-number, several, NOW + timedelta(days=3, hours=number)) for number in range(several)]
    session.execute(insert(MEETINGS), [{**MEETING.values(one), **extra} for one in [*past, *ahead]])
    session.execute(insert(DECISIONS), [DECISION.values(_decision(one)) for one in past[::5]])


def _meeting(number: int, several: int, starts_at: datetime) -> Meeting:
    client = f"c{abs(number) % several}"
    return Meeting(
        id=f"m{number}",
        team_id=TEAM,
        owner_id=OWNER,
        client_id=client,
        source=Source.FEED,
        uid=f"series-{abs(number) % CLIENTS_IN_ALL}@calendar.example",
        occurrence=f"{starts_at:%Y%m%dT%H%M%SZ}",
        title="Weekly",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        time_zone="Europe/Amsterdam",
        mode=Mode.ON_SITE,
        organiser=Attendee(email="olga@agency.example"),
        attendees=(Attendee(email=f"ann1@{client}.example"),),
    )


def _decision(meeting: Meeting) -> Decision:
    return Decision(
        id=f"d{meeting.id}",
        team_id=TEAM,
        meeting_id=meeting.id,
        client_id=meeting.client_id,
        owner_id=OWNER,
        option=Option.CALL,
        reason=Reason.WORKLOAD,
        terms=CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER),
        draft=Draft(language="en", subject="A call instead", body="Dear Ann"),
        made_at=meeting.starts_at - timedelta(days=2),
        made_by=OWNER,
    )


async def measure(url: str, several: int) -> tuple[float, float]:
    """Median and 99th percentile in milliseconds."""
    migrate.upgrade(url)
    database = Database.open(url)
    try:
        await database.run(fill, several)
        await asyncio.to_thread(_tidy, url)
        ahead = [f"m{-number}" for number in range(several) if number] or ["m0"]
        took = []
        for _ in range(WARM_UP + ROUNDS):
            started = time.perf_counter()
            await database.read(judged.read, TEAM, random.choice(ahead), NOW)
            took.append((time.perf_counter() - started) * 1000)
    finally:
        await database.close()
    cuts = quantiles(took[WARM_UP:], n=100)
    return cuts[49], cuts[98]


def _tidy(url: str) -> None:
    """As PostgreSQL does by itself in the course of a day. SQLite is left as the bot leaves it: without statistics."""
    if not url.startswith("sqlite:"):
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("VACUUM ANALYZE")


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="judged-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "server", cleanup_mode="delete")
        try:
            for several in (CLIENTS_IN_ALL, 1):
                name = f"of_{several}"
                server.psql(f"CREATE DATABASE {name}")
                for url in (f"sqlite:///{folder}/{name}.sqlite3", server.get_uri(name)):
                    p50, p99 = await measure(url, several)
                    engine = url.partition(":")[0]
                    print(f"{engine}, {several} clients: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
        finally:
            server.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
