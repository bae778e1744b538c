"""What of a calendar takes its owner's time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.calendars.client_meetings import Sieve
from domain.free_time import Span
from domain.meeting import Attendee, CalendarEntry, Response, SyncWindow
from domain.member import Member

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
WITHIN = SyncWindow(starts_at=AT - HOUR, ends_at=AT + 10 * HOUR)
ENTRY = CalendarEntry(uid="one", title="Dentist", starts_at=AT, ends_at=AT + HOUR)
OWNER = Member(team_id="T1", user_id="U1", email="olga@agency.example")


async def busy(*entries: CalendarEntry, within: SyncWindow | None = WITHIN) -> list[Span]:
    sieve = Sieve(team_id="T1", calendar_id=None, owner=OWNER, workspace=None, clients=(), busy_within=within)
    return (await sieve.sift(entries)).busy


def answered(response: Response) -> CalendarEntry:
    return replace(ENTRY, attendees=(Attendee(email=OWNER.email, response=response),))


async def test_private_internal_and_unanswered_entries_take_time_and_so_do_whole_days() -> None:
    entries = (
        ENTRY,
        replace(ENTRY, private=True),
        replace(ENTRY, all_day=True),
        answered(Response.NEEDS_ACTION),
        answered(Response.TENTATIVE),
    )

    assert await busy(*entries) == [Span(starts_at=AT, ends_at=AT + HOUR)] * len(entries)


async def test_what_is_cancelled_free_or_declined_takes_none() -> None:
    assert await busy(replace(ENTRY, cancelled=True), replace(ENTRY, free=True), answered(Response.DECLINED)) == []


async def test_what_lies_outside_is_left_out_and_what_reaches_in_is_kept() -> None:
    before = replace(ENTRY, starts_at=AT - 2 * HOUR, ends_at=AT - HOUR)
    after = replace(ENTRY, starts_at=AT + 10 * HOUR, ends_at=AT + 11 * HOUR)
    across = replace(ENTRY, starts_at=AT - 2 * HOUR, ends_at=AT)

    assert await busy(before, across, after) == [Span(starts_at=AT - 2 * HOUR, ends_at=AT)]


async def test_nothing_is_kept_where_nobody_asks() -> None:
    assert await busy(ENTRY, within=None) == []
