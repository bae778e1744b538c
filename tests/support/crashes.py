"""Processes that work on like-named meetings (`tests.support.like_meetings`), and end by themselves or by SIGKILL."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy.orm import Session

from playground import SlackStandIn
from storage import migrate
from storage.database import Database
from tests.support.like_meetings import NOW, Begin, Seen, begin, look
from tests.support.mail import MailServer
from tests.support.slack import bot_environment

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
KILLED = -9


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
        async with self._database() as database:
            return await begin(self.slack, database, number, how)

    async def store(self, function: Callable[[Session], T]) -> T:
        async with self._database() as database:
            return await database.run(function)

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[Database]:
        database = Database.open(self.url)
        yield database
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
        async with self._database() as database:
            return await look(self.slack, database, self.mail, number)


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
