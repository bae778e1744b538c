"""What a draft takes from around its meeting, gathered from what is stored."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendars.holidays import holidays_of
from bot.calendars.work_week import territory_of, week_of, zone_of
from domain.around import Around
from domain.decision import EmailTerms, Terms
from domain.free_time import CLOSES, OPENS, free_slots
from domain.overview import Overview
from domain.words import Option
from domain.working_days import WorkWeek, no_holidays
from messages.drafting import client_zone
from storage import busy, workspaces

CALL_LENGTH = timedelta(minutes=30)
"""What is offered to somebody who would rather speak than read."""
IN_FULL = frozenset({Option.SHORTER, Option.CALL})
"""Where the other choice is the meeting as it was planned."""


def around(
    session: Session,
    overview: Overview,
    option: Option,
    terms: Terms,
    now: datetime,
    *,
    away_until: date | None = None,
) -> Around:
    """Slots begin on the day of the call that the owner promised, else on the working day after the meeting (or after
    today, whichever is later): what the owner steps down is their time until then. Never on a day up to `away_until`.
    """
    meeting, client, owner = overview.meeting, overview.client, overview.owner
    heard = client is not None and busy.heard_before(session, meeting.team_id, client.id)
    week = week_of(owner, workspaces.get(session, meeting.team_id))
    last_day = week.local(max(meeting.starts_at, now)).date()
    next_day = week.working_day(max(last_day, away_until or last_day), 1)
    slots: tuple[datetime, ...] = ()
    known = busy.of_member(session, meeting.team_id, owner.user_id, now)
    if known is not None and option is not Option.KEEP:
        slots = free_slots(
            owner=week,
            client=client_week(client_zone(client, overview.contact, owner.time_zone)),
            busy=known,
            length=meeting.ends_at - meeting.starts_at if option in IN_FULL else CALL_LENGTH,
            first_day=_call_day(terms) or next_day,
            now=now,
        )
    return Around(first_contact=not heard, slots=slots, proposal_by=None if slots else next_day)


def _call_day(terms: Terms) -> date | None:
    return terms.call_on if isinstance(terms, EmailTerms) else None


def client_week(zone: str) -> WorkWeek:
    """Office hours where the client is, as far as that is known; the holidays are those of the zone's country."""
    country = territory_of(zone)
    return WorkWeek(
        zone=zone_of(zone),
        quiet_from=CLOSES,
        quiet_until=OPENS,
        is_holiday=holidays_of(country) if country else no_holidays,
    )
