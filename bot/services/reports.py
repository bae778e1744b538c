"""The report: asked for, looked at in another way, and the alerts in it. The counting is a job's."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.services.free import Free
from bot.services.ports import Jobs
from bot.services.report_words import Asked
from domain.client import Client
from domain.clock import Clock
from domain.errors import DomainError, Problem
from domain.ids import new_id
from domain.member import Member
from domain.relationship import SNOOZE
from domain.report import LONGEST_PERIOD, ReportRequest
from domain.roles import Circle, Sight
from messages.alerts_page import AlertsPage, AlertView
from storage import clients, forms, members, outbox, report_requests, snoozes
from storage.database import Database
from storage.outbox import Work

SAME_WITHIN = timedelta(minutes=2)
"""Asked for again in the same words within this, it is the same report."""
_PROBLEMS = {Circle.PEOPLE: Problem.NO_PEOPLE, Circle.WORKSPACE: Problem.NO_ADMIN}


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeGood:
    """What the form of a new meeting starts with."""

    client: Client
    minutes: int
    slot: datetime | None
    """The first time at which both are free, as far as that is known."""
    origin: str
    """Where the new meeting can be shown."""


class Reports:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def ask(self, member: Member, asked: Asked) -> ReportRequest:
        """Raises DomainError where the member's role does not let them see so far."""
        request = await self._database.run(_ask, member, asked, self._clock.now())
        self._jobs.poke()
        return request

    async def change(
        self, member: Member, request_id: str, *, circle: Circle | None = None, months: int | None = None
    ) -> None:
        """Another circle or period in the same message; the same as before changes nothing. Raises as `ask`."""
        await self._database.run(_change, member, request_id, circle, months, self._clock.now())
        self._jobs.poke()

    async def send_file(self, member: Member, request_id: str) -> None:
        """The file goes into the DM, once for each time that the report was counted. Raises as `ask`."""
        await self._database.run(_promise_file, member, request_id, self._clock.now())
        self._jobs.poke()

    async def alerts(self, member: Member, request_id: str, *, origin: str = "") -> AlertsPage:
        """What was found at the last count, without what was put off since. `origin`: where to say later what came of
        it. Raises as `ask`.
        """
        return await self._database.run(_alerts, member, request_id, origin, self._clock.now())

    async def snooze(self, member: Member, request_id: str, client_id: str) -> AlertsPage:
        """All alerts about the client. Raises as `ask`; a client that the report says nothing of changes nothing."""
        now = self._clock.now()
        await self._database.run(_snooze, member, request_id, client_id, now)
        return await self._database.run(_alerts, member, request_id, "", now)

    async def make_good(self, member: Member, request_id: str, client_id: str) -> MakeGood:
        """Raises DomainError where the report says nothing of that client, else as `ask`."""
        return await self._database.read(_make_good, member, request_id, client_id, self._clock.now())


def _ask(session: Session, member: Member, asked: Asked, now: datetime) -> ReportRequest:
    _require(members.sight_of(session, member.team_id, member.user_id), asked.circle)
    since = now - SAME_WITHIN
    known = report_requests.latest(session, member.team_id, member.user_id, asked.circle, asked.months, since)
    if known is not None:
        return known
    request = ReportRequest(
        id=new_id(),
        team_id=member.team_id,
        user_id=member.user_id,
        circle=asked.circle,
        months=asked.months,
        asked_at=now,
    )
    report_requests.add(session, request)
    outbox.promise(session, request.team_id, Work.REPORT, request.id, now, edition="0")
    return request


def _require(sight: Sight, circle: Circle) -> None:
    if circle not in sight.circles:
        raise DomainError(_PROBLEMS[circle])


def _own(session: Session, member: Member, request_id: str, *, for_change: bool = False) -> ReportRequest:
    request = report_requests.get(session, member.team_id, request_id, for_change=for_change)
    if request is None or request.user_id != member.user_id:
        raise DomainError(Problem.REPORT_GONE)
    return request


def _own_and_allowed(session: Session, member: Member, request_id: str) -> ReportRequest:
    """Roles change: who may no longer see so far is told, also by the buttons of an old report."""
    request = _own(session, member, request_id)
    _require(members.sight_of(session, member.team_id, member.user_id), request.circle)
    return request


def _change(
    session: Session, member: Member, request_id: str, circle: Circle | None, months: int | None, now: datetime
) -> None:
    request = _own(session, member, request_id, for_change=True)
    months = min(max(1, months or request.months), LONGEST_PERIOD)
    changed = replace(request, circle=circle or request.circle, months=months)
    _require(members.sight_of(session, member.team_id, member.user_id), changed.circle)
    if changed == request:
        return
    changed = replace(changed, edition=request.edition + 1, alerts=(), counted_at=None)
    report_requests.change(session, changed)
    outbox.promise(session, request.team_id, Work.REPORT, request.id, now, edition=str(changed.edition))


def _promise_file(session: Session, member: Member, request_id: str, now: datetime) -> None:
    request = _own_and_allowed(session, member, request_id)
    outbox.promise(session, request.team_id, Work.REPORT_FILE, request.id, now, edition=str(request.edition))


def _alerts(session: Session, member: Member, request_id: str, origin: str, now: datetime) -> AlertsPage:
    request = _own_and_allowed(session, member, request_id)
    if origin:
        forms.set_origin(session, request.id, origin)
    slots = Free(session, member, now)
    views = tuple(
        replace(view, slots=slots.with_client(view.client, view.minutes))
        for view in _awake(session, member, request, now)
    )
    return AlertsPage(request_id=request.id, alerts=views, zone=str(slots.zone), now=now)


def _awake(session: Session, member: Member, request: ReportRequest, now: datetime) -> Iterator[AlertView]:
    """By client, without those that were put off since the report was counted."""
    asleep = snoozes.of_member(session, member.team_id, member.user_id, now)
    for client_id in dict.fromkeys(alert.client_id for alert in request.alerts):
        client = clients.get(session, member.team_id, client_id)
        of_client = [alert for alert in request.alerts if alert.client_id == client_id]
        awake = tuple(alert for alert in of_client if (client_id, alert.kind) not in asleep)
        if client is not None and awake:
            yield AlertView(client=client, alerts=awake)


def _snooze(session: Session, member: Member, request_id: str, client_id: str, now: datetime) -> None:
    request = _own_and_allowed(session, member, request_id)
    for view in _awake(session, member, request, now):
        if view.client.id == client_id:
            for alert in view.alerts:
                snoozes.snooze(session, member.team_id, member.user_id, client_id, alert.kind, now + SNOOZE)


def _make_good(session: Session, member: Member, request_id: str, client_id: str, now: datetime) -> MakeGood:
    request = _own_and_allowed(session, member, request_id)
    view = next((one for one in _awake(session, member, request, now) if one.client.id == client_id), None)
    if view is None:
        raise DomainError(Problem.CLIENT_NOT_FOUND)
    slots = Free(session, member, now).with_client(view.client, view.minutes)
    form = forms.get(session, member.team_id, member.user_id, request_id)
    return MakeGood(
        client=view.client,
        minutes=view.minutes,
        slot=slots[0] if slots else None,
        origin=form.response_url if form else "",
    )
