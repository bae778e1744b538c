"""Like-named meetings of many owners, the processes that work on them, and what the world saw of each.

Everything of one meeting carries its number, which is in nothing else, so that two of them can be compared.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.brief import Brief, HandoffState, Section
from domain.decision import (
    CallTerms,
    Decision,
    DecisionState,
    Draft,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.meeting import Attendee
from domain.member import Member
from domain.planned import Reminder
from domain.words import Lead, Option, Reason
from playground import SlackStandIn
from storage import briefs, clients, decisions, follow_ups, meetings, members, migrate, outbox, reminders
from storage.database import Database
from storage.outbox import Work
from storage.reminders import REMINDER, REMINDERS
from tests.support.mail import MailServer
from tests.support.slack import bot_environment
from tests.support.stored import ACME, MEETING

T = TypeVar("T")
TEAM = "T0ACME"
ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-03-10T08:30:00+00:00")
"""Tuesday, 09:30 in Amsterdam."""
STARTS_AT = datetime.fromisoformat("2026-03-12T09:00:00+00:00")
LAST_CALL_AT = datetime.fromisoformat("2026-03-12T07:30:00+00:00")
FIRST_NUMBER = 501
KILLED = -9

Begin = Callable[[int], Callable[[Session], str]]
"""For a number: what is put into the database; returns the subject of the workflow."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the people, the client and the database have of one meeting, without its number."""

    told: tuple[tuple[str, str, str], ...]
    """Who, the key of the message, and what it says in the end."""
    mails: tuple[str, ...]
    stored: str

    def with_one_copy(self) -> "Seen":
        return replace(self, mails=tuple(dict.fromkeys(self.mails)))

    @property
    def who_was_told(self) -> str:
        return ", ".join(f"{who}: {key.partition('-')[0]}" for who, key, _ in self.told)


@dataclass(frozen=True, kw_only=True)
class Office:
    """One database, with the stand-in Slack and the mail server around it."""

    slack: SlackStandIn
    forge: "Forge"
    url: str
    folder: Path
    environment: Mapping[str, str]
    mail: MailServer | None
    started: list["BotProcess"] = field(default_factory=list)

    async def begin(self, number: int, how: Begin) -> str:
        """The subject of the workflow that is to come."""
        await self.settle_in(number)
        return await self.store(how(number))

    async def settle_in(self, number: int) -> None:
        """An owner with a meeting, and a colleague; both hear the bot in a DM of their own."""
        owner, delegate = owner_of(number), delegate_of(number)
        self.slack.add_user(owner, name=owner.lower(), real_name="Anna Berg", email="anna@agency.example")
        self.slack.add_user(delegate, name=delegate.lower(), real_name="Ben Visser", email="ben@agency.example")
        await self.store(partial(_settle_in, number))

    async def store(self, function: Callable[[Session], T]) -> T:
        database = Database.open(self.url)
        try:
            return await database.run(function)
        finally:
            await database.close()

    async def run(self, *, now: datetime = NOW, crash: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """A bot works until nothing is left, or until it is killed; the boundaries that it reached."""
        process = self.start(now=now, crash=crash)
        ended = await process.ended()
        assert ended == (KILLED if crash else 0), (ended, process.reached()[-20:], process.log()[-3000:])
        return process.reached()

    def start(self, *, now: datetime = NOW, crash: Mapping[str, str] | None = None, stay: bool = False) -> "BotProcess":
        """One that works meanwhile; with `stay` until it is killed."""
        report = self.folder / f"{uuid.uuid4().hex}.report"
        told = {
            "environment": dict(self.environment),
            "now": now.isoformat(),
            "crash": dict(crash or {}),
            "stay": stay,
            "report": str(report),
        }
        self.forge.start(told)
        process = BotProcess(report)
        self.started.append(process)
        return process

    async def seen(self, number: int) -> Seen:
        """Equal for all meetings on which the same was done, where all went well."""
        people = {owner_of(number): "owner", delegate_of(number): "delegate"}
        channels = {channel.id: people.get(channel.user_id, "") for channel in self.slack.store.channels.values()}
        keys = {str(call.response.get("ts")): _key(call.args) for call in self.slack.calls_of("chat.postMessage")}
        told = sorted(
            (who, keys[message.ts], message.text)
            for message in self.slack.messages
            if (who := channels.get(message.channel))
        )
        mails = [one.message for one in self.mail.received] if self.mail else []
        stored = await self.store(lambda session: _stored(session, number))
        return Seen(
            told=tuple((who, _unnumbered(key, number), _unnumbered(text, number)) for who, key, text in told),
            mails=tuple(
                _unnumbered(f"{mail['Message-ID']} {mail['To']} {mail['Subject']}", number)
                for mail in mails
                if _about(number) in mail["Subject"]
            ),
            stored=_unnumbered(repr(stored), number),
        )


class Forge:
    """Starts bots: a process that has everything imported forks them."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.crashing_bot"], cwd=ROOT, stdin=subprocess.PIPE, text=True
        )

    def start(self, told: Mapping[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


@dataclass(frozen=True)
class BotProcess:
    report: Path

    def reached(self) -> list[tuple[str, str]]:
        return [(about, word) for about, word in self._lines() if about not in {"pid", "ended"}]

    def log(self) -> str:
        return Path(f"{self.report}.log").read_text()

    async def ended(self) -> int:
        return int(await self._line("ended"))

    async def reaches(self, subject: str, boundary: str, *, times: int = 1) -> None:
        await self._until(lambda: self._lines().count((subject, boundary)) >= times)

    async def kill(self) -> None:
        pid = int(await self._line("pid"))
        if not any(about == "ended" for about, _ in self._lines()):
            os.kill(pid, signal.SIGKILL)
        await self.ended()

    async def _line(self, about: str) -> str:
        await self._until(lambda: any(word == about for word, _ in self._lines()))
        return next(str(word) for known, word in self._lines() if known == about)

    async def _until(self, there: Callable[[], bool]) -> None:
        for _ in range(3000):
            if there():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(self.log()[-3000:])

    def _lines(self) -> list[tuple[str, str]]:
        whole = self.report.read_text().rpartition("\n")[0] if self.report.exists() else ""
        return [(about, word) for about, word in map(json.loads, whole.splitlines())]


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    running = Forge()
    yield running
    running.close()


def office(slack: SlackStandIn, forge: Forge, url: str, folder: Path, mail: MailServer | None = None) -> Office:
    if url.startswith("sqlite"):
        migrate.upgrade(url)
    sender = {"MEETDOWN_SMTP_URL": mail.url, "MEETDOWN_MAIL_FROM": "bot@agency.example"} if mail else {}
    environment = {
        "MEETDOWN_DATABASE_URL": url,
        "MEETDOWN_DATA_DIR": str(folder),
        "MEETDOWN_SECRET_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        **bot_environment(slack),
        **sender,
    }
    return Office(slack=slack, forge=forge, url=url, folder=folder, environment=environment, mail=mail)


def owner_of(number: int) -> str:
    return f"U0OWNER{number}"


def delegate_of(number: int) -> str:
    return f"U0DELEG{number}"


def decided(option: Option) -> Begin:
    """The owner has chosen: the decision is stored, and promised to be carried out."""

    def begin(number: int) -> Callable[[Session], str]:
        decision = decision_of(number, option)

        def store(session: Session) -> str:
            decisions.record(session, decision, _brief(number) if option is Option.HANDOFF else None)
            outbox.promise(session, TEAM, Work.CARRY_OUT, decision.id, NOW)
            return decision.id

        return store

    return begin


def decision_of(number: int, option: Option) -> Decision:
    call = CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER, contact_id="ann")
    terms: dict[Option, Terms] = {
        Option.CALL: call,
        Option.SHORTER: ShorterTerms(minutes=30),
        Option.EMAIL: EmailTerms(status="All well.", decisions_needed="The date", next_contact_on=date(2026, 3, 16)),
        Option.HANDOFF: HandoffTerms(delegate_id=delegate_of(number), brief_id=f"brief-{number}"),
        Option.KEEP: KeepTerms(),
    }
    kept = option is Option.KEEP
    draft = Draft(language="en", subject=f"Our meeting {_about(number)}", body="Dear Ann", to=("ann@acme.example",))
    return Decision(
        id=f"{option.value}-{number}",
        team_id=TEAM,
        meeting_id=f"meeting-{number}",
        client_id="acme",
        owner_id=owner_of(number),
        option=option,
        reason=None if kept else Reason.WORKLOAD,
        terms=terms[option],
        draft=None if kept else draft,
        made_at=NOW,
        made_by=owner_of(number),
    )


def reminded(lead: Lead, due_at: datetime) -> Begin:
    def begin(number: int) -> Callable[[Session], str]:
        reminder = Reminder(
            id=f"{lead.value}-{number}",
            team_id=TEAM,
            meeting_id=f"meeting-{number}",
            owner_id=owner_of(number),
            lead=lead,
            due_at=due_at,
            starts_at=STARTS_AT,
        )

        def store(session: Session) -> str:
            session.execute(insert(REMINDERS).values(**REMINDER.values(reminder)))
            return reminder.id

        return store

    return begin


def accepted(number: int) -> Callable[[Session], str]:
    """The delegate has said yes to the hand-over."""

    def store(session: Session) -> str:
        brief_id = f"brief-{number}"
        briefs.answer(session, TEAM, brief_id, HandoffState.ACCEPTED, NOW, "")
        outbox.promise(session, TEAM, Work.DELEGATE_ANSWERED, brief_id, NOW)
        return brief_id

    return store


def undone(option: Option) -> Begin:
    def begin(number: int) -> Callable[[Session], str]:
        def store(session: Session) -> str:
            decision_id = f"{option.value}-{number}"
            decisions.end(session, TEAM, decision_id, DecisionState.UNDONE, NOW)
            follow_ups.withdraw(session, TEAM, decision_id)
            outbox.promise(session, TEAM, Work.TAKE_BACK, decision_id, NOW)
            return decision_id

        return store

    return begin


def _settle_in(number: int, session: Session) -> None:
    if meetings.get(session, TEAM, f"meeting-{number}") is not None:
        return
    if clients.get(session, TEAM, "acme") is None:
        clients.add(session, replace(ACME, team_id=TEAM))
    for user_id, name in ((owner_of(number), "Anna Berg"), (delegate_of(number), "Ben Visser")):
        email = f"{name.split()[0].lower()}@agency.example"
        zone = "Europe/Amsterdam"
        members.save(session, Member(team_id=TEAM, user_id=user_id, name=name, email=email, time_zone=zone))
    organiser = Attendee(email="anna@agency.example", name="Anna Berg")
    meeting = replace(
        MEETING,
        id=f"meeting-{number}",
        team_id=TEAM,
        owner_id=owner_of(number),
        uid=f"uid-{number}",
        occurrence="",
        calendar_id="",
        organiser=organiser,
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=1),
    )
    meetings.add(session, meeting)


def _brief(number: int) -> Brief:
    return Brief(
        id=f"brief-{number}",
        decision_id=f"handoff-{number}",
        team_id=TEAM,
        delegate_id=delegate_of(number),
        sections={Section.GOAL: "Agree on the plan"},
    )


def _stored(session: Session, number: int) -> list[object]:
    """How far the effects are, what is due later, and whether anything is still promised."""
    found: list[object] = []
    for option in Option:
        decision = decisions.get(session, TEAM, f"{option.value}-{number}")
        if decision is not None:
            effects = [(record.effect, record.state) for record in decisions.effects(session, decision.id)]
            later = [(one.id, one.due_at, one.state) for one in follow_ups.of_decision(session, TEAM, decision.id)]
            found += [decision.state, effects, later]
    states = [(one.lead, one.state) for one in reminders.of_meeting(session, TEAM, f"meeting-{number}")]
    live = meetings.live_message(session, TEAM, f"meeting-{number}")
    promised = [one.key for one in outbox.promised(session) if one.key.endswith(f"{number}")]
    return [*found, states, live is not None, promised]


def _about(number: int) -> str:
    return f"no. {number}"


def _key(post: Mapping[str, Any]) -> str:
    """What the bot called the message when it posted it."""
    return str(post["metadata"]["event_payload"]["key"])


def _unnumbered(text: str, number: int) -> str:
    return text.replace(f"{number}", "NNN")
