"""What the report counts: decisions that stand, about meetings that are over, grouped by the database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Join, Text, and_, case, cast, func, literal, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from domain.aftermath import ClientAnswer
from domain.decision import DecisionState
from domain.report import EXCUSED_FROM_PEOPLE, Counted, Group
from domain.words import STEP_DOWNS, Mode, Option, Reason, Verdict
from storage.facts import EXCUSED
from storage.models import AnswerRow, ClientRow, DecisionRow, MeetingRow, table_of

DECISIONS = table_of(DecisionRow)
MEETINGS = table_of(MeetingRow)
ANSWERS = table_of(AnswerRow)
CLIENTS = table_of(ClientRow)

LINES_AT_ONCE = 2_000
PAIRS_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Decisions of a team between two moments (the second is not in it), by these owners; None: by all.

    `now`: meetings that are not over by then won nothing yet. `client_id`: with this client only; empty: with all.
    """

    team_id: str
    owners: frozenset[str] | None
    starts_at: datetime
    ends_at: datetime
    now: datetime
    client_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One decision, for the file."""

    id: str
    made_at: datetime
    starts_at: datetime
    client: str
    owner_id: str
    reason: Reason | None
    overridden: Verdict | None
    group: Group


def count(session: Session, stretch: Stretch, *, by_owner: bool, enough_owners: bool = False) -> Counted:
    """`by_owner` keeps the groups of different people apart; without it `owners` are some of them, if there are many,
    and nobody where it is known already that there are `enough_owners`.
    """
    facts = _facts(session)
    owner = DECISIONS.c.owner_id if by_owner else literal("")
    rows = session.execute(
        select(*facts, owner.label("owner"), func.count().label("times"))
        .select_from(_joined())
        .where(*_counts(stretch))
        .group_by(*facts, *([owner] if by_owner else []))
    )
    groups = tuple(_group(row, row.owner, row.times) for row in rows)
    if not groups or (stretch.owners is not None and len(stretch.owners) == 1):
        return Counted(groups=groups, owners=stretch.owners if groups and stretch.owners else frozenset())
    owners = frozenset(group.owner_id for group in groups) if by_owner else frozenset()
    if not by_owner and not enough_owners:
        owners = _some_owners(session, stretch)
    return Counted(groups=groups, owners=owners)


def copies(session: Session, stretch: Stretch) -> int:
    """Step-downs beyond the first one of the same meeting, by others who had it in their calendar as well: it is with
    one client and starts at one moment.

    In three looks, for no engine finds the way: the index of clients' meetings tells which could be, and those are few.
    """
    if stretch.owners is not None and len(stretch.owners) == 1:
        return 0
    held = (
        MEETINGS.c.team_id == stretch.team_id,
        MEETINGS.c.starts_at >= stretch.starts_at,
        MEETINGS.c.starts_at < stretch.now,
    )
    pair = (MEETINGS.c.client_id, MEETINGS.c.starts_at)
    several = session.execute(
        select(*pair).where(*held, MEETINGS.c.client_id.is_not(None)).group_by(*pair).having(func.count() > 1)
    ).all()
    seen: Counter[tuple[str, datetime]] = Counter()
    for start in range(0, len(several), PAIRS_AT_ONCE):
        some = {(client_id, starts_at) for client_id, starts_at in several[start : start + PAIRS_AT_ONCE]}
        alike = (
            MEETINGS.c.client_id.in_(sorted({client_id for client_id, _ in some})),
            MEETINGS.c.starts_at.in_(sorted({starts_at for _, starts_at in some})),
        )
        found = session.execute(select(MEETINGS.c.id, *pair).where(*held, *alike))
        which = {row.id: (row.client_id, row.starts_at) for row in found if (row.client_id, row.starts_at) in some}
        about = DECISIONS.c.meeting_id.in_(sorted(which))
        seen.update(
            which[meeting_id]
            for meeting_id in session.scalars(
                select(DECISIONS.c.meeting_id).select_from(_decided()).where(*_counts(stretch), about)
            )
        )
    return sum(times - 1 for times in seen.values())


def lines(session: Session, stretch: Stretch, after: tuple[datetime, str] | None) -> list[Line]:
    """The next ones behind the decision made at that moment with that id, oldest first."""
    behind = []
    if after is not None:
        made_at, decision_id = after
        same = and_(DECISIONS.c.made_at == made_at, DECISIONS.c.id > decision_id)
        behind.append(or_(DECISIONS.c.made_at > made_at, same))
    rows = session.execute(
        select(
            DECISIONS.c.id,
            DECISIONS.c.made_at,
            DECISIONS.c.owner_id,
            DECISIONS.c.reason,
            DECISIONS.c.override,
            MEETINGS.c.starts_at,
            CLIENTS.c.name.label("client"),
            *_facts(session),
        )
        .select_from(_joined().outerjoin(CLIENTS, CLIENTS.c.id == DECISIONS.c.client_id))
        .where(*_counts(stretch), *behind)
        .order_by(DECISIONS.c.made_at, DECISIONS.c.id)
        .limit(LINES_AT_ONCE)
    )
    return [
        Line(
            id=row.id,
            made_at=row.made_at,
            starts_at=row.starts_at,
            client=row.client or "",
            owner_id=row.owner_id,
            reason=row.reason,
            overridden=row.override.verdict if row.override else None,
            group=_group(row, row.owner_id, 1),
        )
        for row in rows
    ]


def _decided() -> Join:
    return DECISIONS.join(MEETINGS, MEETINGS.c.id == DECISIONS.c.meeting_id)


def _joined() -> Join:
    return _decided().outerjoin(ANSWERS, ANSWERS.c.decision_id == DECISIONS.c.id)


def _counts(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    """A meeting that was cancelled took no place to win time in, unless that is what the e-mail was for."""
    yield DECISIONS.c.team_id == stretch.team_id
    yield DECISIONS.c.made_at >= stretch.starts_at
    yield DECISIONS.c.made_at < stretch.ends_at
    if stretch.owners is not None:
        yield DECISIONS.c.owner_id.in_(sorted(stretch.owners))
    if stretch.client_id:
        yield DECISIONS.c.client_id == stretch.client_id
    yield DECISIONS.c.state == DecisionState.STANDING
    yield DECISIONS.c.option.in_(STEP_DOWNS)
    yield MEETINGS.c.ends_at <= stretch.now
    yield or_(DECISIONS.c.option == Option.EMAIL, MEETINGS.c.cancelled.is_(False))


def _facts(session: Session) -> tuple[ColumnElement[Any], ...]:
    """What a decision won depends on; where the state of before was not noted, the meeting's own."""
    on_site = func.coalesce(DECISIONS.c.mode_before, MEETINGS.c.mode) == Mode.ON_SITE
    minutes, becomes_call = _shorter(session)
    return (
        DECISIONS.c.option.label("option"),
        func.coalesce(DECISIONS.c.minutes_before, _length(session)).label("minutes_before"),
        case((DECISIONS.c.option == Option.SHORTER, minutes)).label("minutes_after"),
        case((and_(on_site, becomes_call), 1), else_=0).label("saves_travel"),
        case((DECISIONS.c.reason.in_(EXCUSED), 1), else_=0).label("excused"),
        ANSWERS.c.answer.label("answer"),
    )


def _shorter(session: Session) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """The minutes that a shorter meeting was left, and whether a decision made a call of it; read from its terms."""
    terms = type_coerce(DECISIONS.c.terms, Text)
    shorter = DECISIONS.c.option == Option.SHORTER
    if session.get_bind().dialect.name == "sqlite":
        minutes: ColumnElement[Any] = cast(func.json_extract(terms, "$.minutes"), Integer)
        as_call = func.json_extract(terms, "$.call").is_not(None)
    else:
        document = cast(terms, JSONB)
        minutes = cast(document["minutes"].astext, Integer)
        as_call = document["call"].astext.is_not(None)
    return minutes, or_(DECISIONS.c.option == Option.CALL, and_(shorter, as_call))


def _length(session: Session) -> ColumnElement[int]:
    """Minutes of the meeting as it is now."""
    if session.get_bind().dialect.name == "sqlite":
        days = func.julianday(MEETINGS.c.ends_at) - func.julianday(MEETINGS.c.starts_at)
        return cast(func.round(days * 1440), Integer)
    return cast(func.round(func.extract("epoch", MEETINGS.c.ends_at - MEETINGS.c.starts_at) / 60), Integer)


def _group(row: Any, owner_id: str, times: int) -> Group:
    answer = row.answer
    return Group(
        option=Option(row.option),
        minutes_before=row.minutes_before,
        minutes_after=row.minutes_after,
        saves_travel=bool(row.saves_travel),
        excused=bool(row.excused),
        answer=None if answer is None else ClientAnswer(answer),
        owner_id=owner_id,
        times=times,
    )


def _some_owners(session: Session, stretch: Stretch) -> frozenset[str]:
    """As many as it takes to know that they are enough: to find all would be as much work as the counting."""
    query = select(DECISIONS.c.owner_id).select_from(_decided()).where(*_counts(stretch)).distinct()
    return frozenset(session.scalars(query.limit(EXCUSED_FROM_PEOPLE + 1)))
