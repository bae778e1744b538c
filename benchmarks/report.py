"""`python -m benchmarks.report`: `/meetdown report workspace 12` over 100,000 decisions, on SQLite and PostgreSQL.

Measured are the answer to the command and the time until the finished report stands in the direct message, which
itself is found by looking every 5 ms. Everything runs on this machine; filling the tables takes most of the minute.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from pgserver.postgres_server import get_server
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.commands import OWNER, PORTS, environment_of, running
from domain.aftermath import AnswerRecord, ClientAnswer
from domain.client import Client
from domain.decision import CallTerms, Decision, EmailTerms, HandoffTerms, ShorterTerms, Terms, WhoRings
from domain.meeting import Attendee, Meeting, Source
from domain.member import Member
from domain.words import STEP_DOWNS, Mode, Option, Reason, Tier
from playground import Person, SlackStandIn
from playground.records import Message
from storage import clients, members, migrate
from storage.aftermath import ANSWER, ANSWERS
from storage.database import Database
from storage.decisions import DECISION, DECISIONS, MEETINGS
from storage.sync import MEETING

COUNTED = 100_000
OWNERS, CLIENTS = 200, 500
MONTHS = 12
AT_ONCE = 5_000
ROUNDS = 5
LONGEST_S = 60.0


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{Path(folder) / 'report.db'}"
        await measure("SQLite", sqlite, Path(folder) / "sqlite")
        with _postgresql() as url:
            await measure("PostgreSQL", url, Path(folder) / "postgresql")


async def measure(name: str, url: str, data: Path) -> None:
    async with SlackStandIn() as slack, AsyncExitStack() as stack:
        slack.add_user(OWNER, name="anna", real_name="Anna Berg", email="anna@meetdown.example", is_admin=True)
        await asyncio.to_thread(migrate.upgrade, url)
        await _seed(url, slack.workspace.id)
        environment = {
            **environment_of(slack, data),
            "MEETDOWN_DATABASE_URL": url,
            "MEETDOWN_SECRET_KEYS": Fernet.generate_key().decode(),
        }
        await stack.enter_async_context(running("meetdown-fresh", environment))
        slack.request_url = f"http://127.0.0.1:{PORTS['meetdown-fresh']}/slack/events"
        anna = slack.as_user(OWNER)
        await anna.command("/meetdown", "help")
        # Each in other words: the same ones within two minutes are the same report.
        rounds = [await _ask(anna, f"report workspace {MONTHS - number}") for number in range(ROUNDS)]
        first = [answered for answered, _ in rounds]
        whole = rounds[0][1]
        print(
            f"{name}: {COUNTED:,} decisions, first answer {statistics.median(first) * 1000:.0f} ms "
            f"(worst {max(first) * 1000:.0f} ms), whole report of {MONTHS} months {whole:.2f} s, "
            f"of 8 to 12 months {min(done for _, done in rounds):.2f} to {max(done for _, done in rounds):.2f} s"
        )


async def _ask(person: Person, words: str) -> tuple[float, float]:
    """Seconds until the command was answered, and until the report was there."""
    before = len(person.messages)
    started = time.perf_counter()
    reply = await person.command("/meetdown", words)
    answered = time.perf_counter() - started
    if not reply.ok:
        raise RuntimeError(f"no answer: {reply}")
    while time.perf_counter() - started < LONGEST_S:
        if any(_is_whole(message) for message in person.messages[before:]):
            return answered, time.perf_counter() - started
        await asyncio.sleep(0.005)
    raise TimeoutError("there is no report")


def _is_whole(message: Message) -> bool:
    return any(block["type"] == "data_visualization" for block in message.blocks)


async def _seed(url: str, team_id: str) -> None:
    database, now = Database.open(url), datetime.now(UTC).replace(second=0, microsecond=0)
    admin = Member(team_id=team_id, user_id=OWNER, name="Anna Berg", time_zone="Europe/Amsterdam", is_admin=True)
    await database.run(members.save, admin)
    book = [
        Client(id=f"c{n}", team_id=team_id, name=f"Client {n}", tier=list(Tier)[n % 3], domains=(f"c{n}.example",))
        for n in range(CLIENTS)
    ]
    await database.run(clients.import_all, team_id, book)
    dice = random.Random(1)
    for start in range(0, COUNTED, AT_ONCE):
        await database.run(_fill, team_id, range(start, start + AT_ONCE), dice, now)
    await database.close()


def _fill(session: Session, team_id: str, numbers: range, dice: random.Random, now: datetime) -> None:
    """Over the whole period, more of the simple options than of the others, about two in three answered."""
    made = [_one(team_id, number, dice, now) for number in numbers]
    session.execute(insert(MEETINGS), [{**MEETING.values(meeting), **_ROW} for meeting, _, _ in made])
    session.execute(insert(DECISIONS), [{**DECISION.values(decision), **_DECIDED} for _, decision, _ in made])
    session.execute(insert(ANSWERS), [ANSWER.values(answer) for _, _, answer in made if answer is not None])


_ROW = {"kind_corrected": False, "live_channel": "", "live_ts": ""}
_DECIDED = {"superseded_by": None}


def _one(
    team_id: str, number: int, dice: random.Random, now: datetime
) -> tuple[Meeting, Decision, AnswerRecord | None]:
    starts_at = now - timedelta(minutes=dice.randrange(120, MONTHS * 30 * 24 * 60))
    minutes, mode = dice.choice((30, 45, 60, 60, 90, 120)), dice.choice(tuple(Mode))
    client, owner = f"c{dice.randrange(CLIENTS)}", f"U{dice.randrange(OWNERS):05}"
    option = dice.choices(STEP_DOWNS, (5, 3, 1, 2))[0]
    meeting = Meeting(
        id=f"m{number}",
        team_id=team_id,
        owner_id=owner,
        client_id=client,
        source=Source.BY_HAND,
        uid=f"m{number}",
        title=f"Planning of part {number}",
        location="Keizersgracht 1, Amsterdam",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        mode=mode,
        attendees=(Attendee(email=f"sanne@{client}.example", name="Sanne de Wit"),),
    )
    decision = Decision(
        id=f"d{number}",
        team_id=team_id,
        meeting_id=meeting.id,
        client_id=client,
        owner_id=owner,
        option=option,
        reason=dice.choice(tuple(Reason)),
        terms=_terms(option, minutes, starts_at),
        draft=None,
        made_at=starts_at - timedelta(days=dice.randrange(1, 4)),
        made_by=owner,
        minutes_before=minutes,
        mode_before=mode,
    )
    if dice.random() > 0.66:
        return meeting, decision, None
    answer = dice.choices(tuple(ClientAnswer), (6, 2, 1, 2))[0]
    said = AnswerRecord(decision_id=decision.id, team_id=team_id, answer=answer, said_by=owner, said_at=starts_at)
    return meeting, decision, said


def _terms(option: Option, minutes: int, starts_at: datetime) -> Terms:
    if option is Option.SHORTER:
        return ShorterTerms(minutes=minutes // 2, stays=("Figures", "Plans"))
    if option is Option.CALL:
        return CallTerms(phone="+31207940800", who_rings=WhoRings.OWNER)
    if option is Option.EMAIL:
        return EmailTerms(status="Built.", decisions_needed="Which photo?", next_contact_on=starts_at.date())
    return HandoffTerms(delegate_id="U00001", brief_id="none")


@contextmanager
def _postgresql() -> Iterator[str]:
    # A short path: that of the server's socket has to stay below 107 characters.
    with (
        tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder,
        get_server(folder, cleanup_mode="delete") as server,
    ):
        yield str(server.get_uri())


if __name__ == "__main__":
    os.environ.pop("MEETDOWN_DATABASE_URL", None)
    asyncio.run(main())
