"""The workflows `report` and `report_file`: counted month by month, shown in the one message that was asked for."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.calendars.work_week import policy_of, zone_of
from bot.jobs.tools import Tools
from bot.slack.files import OutgoingFile
from domain.member import Member
from domain.overview import LiveMessage
from domain.policy import Policy
from domain.relationship import Alert, alerts
from domain.report import (
    EXCUSED_FROM_PEOPLE,
    Counted,
    Report,
    ReportRequest,
    first_days,
    minutes_won,
    month_bounds,
    report,
)
from domain.roles import Circle, Sight
from messages import report_file, report_page
from messages.i18n import Translator, translator
from messages.report_file import FileLine
from messages.report_page import ReportPage
from storage import members, relationships, report_requests, reports, snoozes, workspaces
from storage.reports import Line, Stretch

PROGRESS_EVERY_S = 1.0
"""Seconds between two signs of life: Slack takes about one change of a message a second."""
STRETCH = timedelta(days=8)
"""Counted at a time, so that everybody else's clicks come in between: a month of a large workspace is long."""
CLIENTS_AT_ONCE = 50
MOST_ALERTS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Who asked, and what their role lets them see now."""

    member: Member
    sight: Sight
    policy: Policy

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.member.time_zone)

    @property
    def t(self) -> Translator:
        return translator(self.member.language)


class Reporting:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, request_id: str) -> None:
        await self._tools.steps("report", self._report, team_id, request_id)

    async def file(self, team_id: str, request_id: str) -> None:
        await self._tools.steps("file", self._file, team_id, request_id)

    async def _report(self, team_id: str, request_id: str) -> None:
        """Until what is shown is what was asked for last: the menus in the message may be used meanwhile."""
        drawn = -1
        while True:
            request = await self._tools.database.read(report_requests.get, team_id, request_id)
            if request is None or request.edition == drawn:
                return
            await self._draw(request)
            drawn = request.edition

    async def _draw(self, asked: ReportRequest) -> None:
        tools, now = self._tools, self._tools.clock.now()
        reader = await tools.database.read(_reader, asked)
        request = _within_sight(asked, reader.sight)
        key = _key(request)
        first = report_page.counting(reader.t, request, 0)
        live = await tools.posting.to_member(request.team_id, request.user_id, key, first)
        counted = await self._count(request, reader, live, now)
        found = await self._alerts(request, reader, now)
        names = await tools.database.read(_names, request.team_id, counted)
        if not await tools.database.run(_finish, replace(request, alerts=found, counted_at=now)):
            return
        page = ReportPage(
            request=request,
            report=counted,
            circles=reader.sight.circles,
            names=names,
            alerts=len({alert.client_id for alert in found}),
            policy=reader.policy,
            today=now.astimezone(reader.zone).date(),
        )
        await tools.posting.edit(request.team_id, live, key, report_page.report_page(reader.t, page))

    async def _count(self, request: ReportRequest, reader: Reader, live: LiveMessage, now: datetime) -> Report:
        months: list[tuple[date, list[Counted]]] = []
        owners: set[str] = set()
        shown_at = time.monotonic()
        for first in first_days(now.astimezone(reader.zone).date(), request.months):
            months.append((first, []))
            for stretch in _stretches(request, reader, first, now):
                counted = await self._tools.database.read(
                    reports.count,
                    stretch,
                    by_owner=request.circle is Circle.PEOPLE,
                    enough_owners=len(owners) > EXCUSED_FROM_PEOPLE,
                )
                owners |= counted.owners
                months[-1][1].append(counted)
                await asyncio.sleep(0)
            if time.monotonic() - shown_at >= PROGRESS_EVERY_S:
                progress = report_page.counting(reader.t, request, len(months))
                await self._tools.posting.edit(request.team_id, live, _key(request), progress)
                shown_at = time.monotonic()
        (starts_at, _), (_, ends_at) = (month_bounds(day, reader.zone) for day in (months[0][0], months[-1][0]))
        period = _stretch(request, reader, starts_at, ends_at, now)
        copies = await self._tools.database.read(reports.copies, period)
        return report(request.circle, request.user_id, months, reader.policy, copies=copies)

    async def _alerts(self, request: ReportRequest, reader: Reader, now: datetime) -> tuple[Alert, ...]:
        """Those that the reader has not put off; some clients at a time, as in counting."""
        read, team_id = self._tools.database.read, request.team_id
        asleep = await read(snoozes.of_member, team_id, request.user_id, now)
        about = await read(relationships.subjects, team_id, reader.sight.owners(request.circle), now)
        found: list[Alert] = []
        for start in range(0, len(about), CLIENTS_AT_ONCE):
            for one in await read(relationships.gather, team_id, about[start : start + CLIENTS_AT_ONCE], now):
                found += alerts(one.client_id, one.past, one.next_at, reader.policy, now)
            await asyncio.sleep(0)
        return tuple(alert for alert in found if (alert.client_id, alert.kind) not in asleep)[:MOST_ALERTS]

    async def _file(self, team_id: str, request_id: str) -> None:
        tools, now = self._tools, self._tools.clock.now()
        asked = await tools.database.read(report_requests.get, team_id, request_id)
        if asked is None:
            return
        reader = await tools.database.read(_reader, asked)
        request = _within_sight(asked, reader.sight)
        content, lines = await self._written(request, reader, now)
        name = f"meetdown-{request.circle.value}-{now.astimezone(reader.zone).date().isoformat()}.csv"
        file = OutgoingFile(name=name, content=content)
        message = report_file.file_message(reader.t, request, lines)
        key = f"report-file-{request.id}-{request.edition}"
        await tools.posting.file_to_member(team_id, request.user_id, key, file, message)

    async def _written(self, request: ReportRequest, reader: Reader, now: datetime) -> tuple[bytes, int]:
        """The file, read a page of rows at a time; and how many decisions are in it."""
        days = first_days(now.astimezone(reader.zone).date(), request.months)
        (starts_at, _), (_, ends_at) = (month_bounds(day, reader.zone) for day in (days[0], days[-1]))
        stretch = _stretch(request, reader, starts_at, ends_at, now)
        content, total = bytearray(report_file.head(reader.t).encode()), 0
        after: tuple[datetime, str] | None = None
        while page := await self._tools.database.read(reports.lines, stretch, after):
            people = await self._tools.database.read(members.many, request.team_id, {line.owner_id for line in page})
            content += report_file.body(reader.t, (_line(line, reader, people) for line in page)).encode()
            total += len(page)
            after = (page[-1].made_at, page[-1].id)
            await asyncio.sleep(0)
        return bytes(content), total


def _key(request: ReportRequest) -> str:
    return f"report-{request.id}"


def _reader(session: Session, request: ReportRequest) -> Reader:
    member = members.get(session, request.team_id, request.user_id)
    return Reader(
        member=member or Member(team_id=request.team_id, user_id=request.user_id),
        sight=members.sight_of(session, request.team_id, request.user_id),
        policy=policy_of(workspaces.get(session, request.team_id)),
    )


def _within_sight(request: ReportRequest, sight: Sight) -> ReportRequest:
    """Who may see less by now is shown their own."""
    return request if request.circle in sight.circles else replace(request, circle=Circle.MINE)


def _finish(session: Session, request: ReportRequest) -> bool:
    """Notes what was found; False where something else was asked for meanwhile."""
    stored = report_requests.get(session, request.team_id, request.id, for_change=True)
    if stored is None or stored.edition != request.edition:
        return False
    report_requests.change(session, request)
    return True


def _stretch(request: ReportRequest, reader: Reader, starts_at: datetime, ends_at: datetime, now: datetime) -> Stretch:
    return Stretch(
        team_id=request.team_id,
        owners=reader.sight.owners(request.circle),
        starts_at=starts_at,
        ends_at=ends_at,
        now=now,
    )


def _stretches(request: ReportRequest, reader: Reader, first: date, now: datetime) -> list[Stretch]:
    """A month, in parts."""
    starts_at, ends_at = month_bounds(first, reader.zone)
    parts = []
    while starts_at < min(ends_at, now):
        until = min(starts_at + STRETCH, ends_at)
        parts.append(_stretch(request, reader, starts_at, until, now))
        starts_at = until
    return parts


def _names(session: Session, team_id: str, counted: Report) -> dict[str, str]:
    return {user_id: one.name for user_id, one in members.many(session, team_id, counted.people).items()}


def _line(line: Line, reader: Reader, people: Mapping[str, Member]) -> FileLine:
    """The reason is private: only one's own is told, and only of one's own what the advice was: from the two together,
    or from advice that was none, the reason could be told. Nobody but their lead sees people one by one.
    """
    owner, is_own = people.get(line.owner_id), line.owner_id == reader.member.user_id
    is_known = is_own or line.owner_id in reader.sight.people
    name = owner.name if owner and owner.name else line.owner_id
    return FileLine(
        decided_on=line.made_at.astimezone(reader.zone).date(),
        meeting_on=line.starts_at.astimezone(reader.zone).date(),
        client=line.client,
        person=name if is_known else "",
        option=line.group.option,
        minutes_before=line.group.minutes_before,
        minutes_after=line.group.minutes_after,
        minutes_won=minutes_won(line.group, reader.policy),
        overridden=line.overridden if is_own else None,
        answer=line.group.answer,
        reason=line.reason if is_own else None,
    )
