"""When members are busy, and what their clients have heard from us: what a draft takes from around its meeting."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from domain.decision import DecisionState, Effect, EffectState
from domain.free_time import BusyTimes, Span, merged
from domain.meeting import Source
from domain.words import STEP_DOWNS
from storage.models import CalendarRow, DecisionRow, EffectRow, MeetingRow, table_of
from storage.rows import affected

CALENDARS = table_of(CalendarRow)
MEETINGS = table_of(MeetingRow)
DECISIONS = table_of(DecisionRow)
EFFECTS = table_of(EffectRow)

LONGEST = timedelta(days=1)
"""How long before now a meeting by hand may have begun that is not over yet."""


def keep(session: Session, team_id: str, calendar_id: str, busy: BusyTimes) -> bool:
    """True where it was news: a calendar that reads as before is not written again."""
    changed = affected(
        session,
        update(CALENDARS)
        .where(
            CALENDARS.c.team_id == team_id,
            CALENDARS.c.id == calendar_id,
            or_(CALENDARS.c.busy.is_(None), CALENDARS.c.busy != busy),
        )
        .values(busy=busy),
    )
    return changed == 1


def of_member(session: Session, team_id: str, owner_id: str, now: datetime) -> BusyTimes | None:
    """From all calendars of the member and the meetings they entered by hand; None where a calendar has not been read
    yet, or none is connected: a guess is worse than no offer.
    """
    known = session.scalars(
        select(CALENDARS.c.busy).where(CALENDARS.c.team_id == team_id, CALENDARS.c.owner_id == owner_id)
    ).all()
    read = [busy for busy in known if busy is not None]
    if not read or len(read) < len(known):
        return None
    by_hand = session.execute(
        select(MEETINGS.c.starts_at, MEETINGS.c.ends_at).where(
            MEETINGS.c.team_id == team_id,
            MEETINGS.c.owner_id == owner_id,
            MEETINGS.c.cancelled.is_(False),
            MEETINGS.c.starts_at > now - LONGEST,
            MEETINGS.c.source == Source.BY_HAND,
        )
    )
    spans = [span for busy in read for span in busy.spans]
    spans += [Span(starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in by_hand]
    return BusyTimes(until=min(busy.until for busy in read), spans=merged(spans))


def heard_before(session: Session, team_id: str, client_id: str) -> bool:
    """Whether the client has had word of a step-down from us, of anybody's: a mail went out, or the owner was given
    the text to send and did not take the decision back.
    """
    sent = EFFECTS.c.state == EffectState.DONE
    given = and_(EFFECTS.c.state == EffectState.HANDED_OVER, DECISIONS.c.state == DecisionState.STANDING)
    found = (
        select(DECISIONS.c.id)
        .join(EFFECTS, EFFECTS.c.decision_id == DECISIONS.c.id)
        .where(
            DECISIONS.c.team_id == team_id,
            DECISIONS.c.client_id == client_id,
            DECISIONS.c.option.in_(STEP_DOWNS),
            EFFECTS.c.effect == Effect.MAIL,
            or_(sent, given),
        )
        .limit(1)
    )
    return session.scalar(found) is not None
