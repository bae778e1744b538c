from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.schedule import (
    Due,
    Leads,
    answer_due,
    call_due,
    confirm_due,
    debrief_due,
    plan,
    postponed,
    remind_later_at,
    still_useful,
)
from domain.words import Lead
from domain.working_days import WorkWeek

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEK = WorkWeek(zone=AMSTERDAM, quiet_from=time(18), quiet_until=time(8))
LEADS = Leads(decide_working_days=2, last_call=timedelta(hours=2))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def ams(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def local(moment: datetime | None) -> str:
    return "never" if moment is None else moment.astimezone(AMSTERDAM).strftime("%a %d %b %H:%M")


def planned(starts_at: str, now: datetime = LONG_AGO, week: WorkWeek = WEEK) -> list[tuple[Lead, str]]:
    return [(due.lead, local(due.due_at)) for due in plan(ams(starts_at), leads=LEADS, week=week, now=now)]


def test_reminders_come_two_working_days_and_two_hours_before() -> None:
    assert planned("2026-11-26T14:00") == [
        (Lead.DECIDE, "Tue 24 Nov 14:00"),
        (Lead.LAST_CALL, "Thu 26 Nov 12:00"),
    ]


def test_due_times_are_in_utc() -> None:
    first, _ = plan(ams("2026-11-26T14:00"), leads=LEADS, week=WEEK, now=LONG_AGO)

    assert first == Due(lead=Lead.DECIDE, due_at=datetime(2026, 11, 24, 13, tzinfo=UTC))


def test_the_weekend_is_no_working_day() -> None:
    assert planned("2026-11-23T14:00") == [
        (Lead.DECIDE, "Thu 19 Nov 14:00"),
        (Lead.LAST_CALL, "Mon 23 Nov 12:00"),
    ]


def test_a_holiday_is_no_working_day() -> None:
    week = WorkWeek(
        zone=AMSTERDAM, quiet_from=time(18), quiet_until=time(8), is_holiday=lambda day: day == date(2026, 11, 25)
    )

    assert planned("2026-11-26T14:00", week=week)[0] == (Lead.DECIDE, "Mon 23 Nov 14:00")


def test_quiet_hours_move_a_reminder_to_the_evening_before() -> None:
    assert planned("2026-11-26T07:30") == [
        (Lead.DECIDE, "Mon 23 Nov 17:59"),
        (Lead.LAST_CALL, "Wed 25 Nov 17:59"),
    ]


def test_an_evening_meeting_is_reminded_of_before_the_evening() -> None:
    assert planned("2026-11-26T21:00") == [
        (Lead.DECIDE, "Tue 24 Nov 17:59"),
        (Lead.LAST_CALL, "Thu 26 Nov 17:59"),
    ]


def test_an_early_monday_meeting_is_reminded_of_on_friday() -> None:
    assert planned("2026-11-23T09:00") == [
        (Lead.DECIDE, "Thu 19 Nov 09:00"),
        (Lead.LAST_CALL, "Fri 20 Nov 17:59"),
    ]


def test_a_saturday_meeting_does_not_disturb_the_saturday() -> None:
    assert planned("2026-11-21T14:00") == [
        (Lead.DECIDE, "Thu 19 Nov 14:00"),
        (Lead.LAST_CALL, "Fri 20 Nov 17:59"),
    ]


def test_a_meeting_that_appears_late_is_to_be_decided_on_at_once() -> None:
    assert planned("2026-11-26T14:00", now=ams("2026-11-25T10:00")) == [
        (Lead.DECIDE, "Wed 25 Nov 10:00"),
        (Lead.LAST_CALL, "Thu 26 Nov 12:00"),
    ]


def test_a_meeting_that_appears_at_night_waits_for_the_morning() -> None:
    assert planned("2026-11-26T14:00", now=ams("2026-11-25T23:00")) == [
        (Lead.DECIDE, "Thu 26 Nov 08:00"),
        (Lead.LAST_CALL, "Thu 26 Nov 12:00"),
    ]


def test_a_meeting_that_appears_shortly_before_the_last_call_gets_the_last_call_alone() -> None:
    assert planned("2026-11-26T14:00", now=ams("2026-11-26T11:15")) == [(Lead.LAST_CALL, "Thu 26 Nov 12:00")]


def test_a_meeting_that_appears_after_the_last_call_gets_it_at_once() -> None:
    assert planned("2026-11-26T14:00", now=ams("2026-11-26T13:30")) == [(Lead.LAST_CALL, "Thu 26 Nov 13:30")]


def test_a_monday_meeting_that_appears_on_sunday_waits_for_monday_morning_where_that_is_in_time() -> None:
    assert planned("2026-11-23T09:00", now=ams("2026-11-22T15:00")) == [(Lead.LAST_CALL, "Mon 23 Nov 08:00")]


def test_a_free_day_is_disturbed_where_the_meeting_would_be_missed_otherwise() -> None:
    assert planned("2026-11-23T08:15", now=ams("2026-11-22T15:00")) == [(Lead.LAST_CALL, "Sun 22 Nov 15:00")]


def test_a_night_is_disturbed_where_the_meeting_would_be_missed_otherwise() -> None:
    assert planned("2026-11-26T08:15", now=ams("2026-11-26T02:00")) == [(Lead.LAST_CALL, "Thu 26 Nov 02:00")]


def test_nothing_is_planned_once_the_meeting_has_started() -> None:
    assert planned("2026-11-26T14:00", now=ams("2026-11-26T14:00")) == []


def test_two_lead_times_that_coincide_are_one_reminder() -> None:
    leads = Leads(decide_working_days=1, last_call=timedelta(hours=24))

    due = plan(ams("2026-11-26T14:00"), leads=leads, week=WEEK, now=LONG_AGO)

    assert due == (Due(lead=Lead.LAST_CALL, due_at=ams("2026-11-25T14:00").astimezone(UTC)),)


def test_planning_again_before_anything_is_due_changes_nothing() -> None:
    assert planned("2026-11-26T14:00", now=ams("2026-11-20T10:00")) == planned(
        "2026-11-26T14:00", now=ams("2026-11-24T13:59")
    )


@pytest.mark.parametrize(
    ("zone", "day", "decide_utc"),
    [
        ("Europe/Amsterdam", "2026-03-31", "2026-03-28T13:00"),
        ("Europe/Amsterdam", "2026-10-26", "2026-10-23T12:00"),
        ("America/New_York", "2026-03-09", "2026-03-06T19:00"),
        ("America/New_York", "2026-11-02", "2026-10-30T18:00"),
        ("Australia/Lord_Howe", "2026-04-06", "2026-04-03T03:00"),
        ("Australia/Lord_Howe", "2026-10-05", "2026-10-02T03:30"),
    ],
)
def test_the_first_reminder_keeps_its_local_time_over_a_clock_change(zone: str, day: str, decide_utc: str) -> None:
    week = WorkWeek(zone=ZoneInfo(zone), quiet_from=time(18), quiet_until=time(8), weekend=frozenset())
    leads = Leads(decide_working_days=3, last_call=timedelta(hours=2))
    starts_at = datetime.fromisoformat(f"{day}T14:00").replace(tzinfo=ZoneInfo(zone))

    first, _ = plan(starts_at, leads=leads, week=week, now=LONG_AGO)

    assert first == Due(lead=Lead.DECIDE, due_at=datetime.fromisoformat(decide_utc).replace(tzinfo=UTC))


def test_a_first_reminder_in_the_gap_comes_when_the_gap_is_over() -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(0), quiet_until=time(0), weekend=frozenset())

    first, last = plan(ams("2026-03-31T02:30"), leads=LEADS, week=week, now=LONG_AGO)

    assert (first.due_at, last.due_at) == (
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 22, 30, tzinfo=UTC),
    )


def test_a_first_reminder_in_the_repeated_hour_comes_at_its_first_turn() -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(0), quiet_until=time(0), weekend=frozenset())

    first, _ = plan(ams("2026-10-27T02:30"), leads=LEADS, week=week, now=LONG_AGO)

    assert first.due_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("starts_at", ["2026-03-29T04:00", "2026-10-25T04:00"])
def test_the_last_call_is_two_elapsed_hours_before_also_over_a_clock_change(starts_at: str) -> None:
    week = WorkWeek(zone=AMSTERDAM, quiet_from=time(0), quiet_until=time(0), weekend=frozenset())

    _, last = plan(ams(starts_at), leads=LEADS, week=week, now=LONG_AGO)

    assert ams(starts_at).astimezone(UTC) - last.due_at == timedelta(hours=2)


@pytest.mark.parametrize(
    ("lead", "now", "useful"),
    [
        (Lead.DECIDE, "2026-11-26T11:00", True),
        (Lead.DECIDE, "2026-11-26T11:01", False),
        (Lead.LAST_CALL, "2026-11-26T13:59", True),
        (Lead.LAST_CALL, "2026-11-26T14:00", False),
        (Lead.LATER, "2026-11-26T13:59", True),
        (Lead.LATER, "2026-11-26T14:00", False),
    ],
)
def test_a_late_reminder_is_useful_until_the_next_one_or_the_start(lead: Lead, now: str, useful: bool) -> None:
    assert still_useful(lead, starts_at=ams("2026-11-26T14:00"), leads=LEADS, week=WEEK, now=ams(now)) is useful


@pytest.mark.parametrize(
    ("due_at", "now", "expected"),
    [
        ("2026-11-24T14:00", "2026-11-24T13:00", "Tue 24 Nov 14:00"),
        ("2026-11-24T14:00", "2026-11-24T16:30", "Tue 24 Nov 16:30"),
        ("2026-11-24T14:00", "2026-11-25T03:00", "Wed 25 Nov 08:00"),
        ("2026-11-24T17:59", "2026-11-24T18:04", "Tue 24 Nov 17:59"),
    ],
)
def test_a_late_reminder_waits_for_the_morning_unless_it_is_hardly_late(due_at: str, now: str, expected: str) -> None:
    at = postponed(ams(due_at), starts_at=ams("2026-11-26T14:00"), week=WEEK, now=ams(now))

    assert local(at) == expected


@pytest.mark.parametrize(
    ("now", "starts_at", "expected"),
    [
        ("2026-11-24T09:00", "2026-11-26T14:00", "Tue 24 Nov 13:00"),
        ("2026-11-24T16:00", "2026-11-26T14:00", "Wed 25 Nov 10:00"),
        ("2026-11-20T16:00", "2026-11-26T14:00", "Mon 23 Nov 10:00"),
        ("2026-11-26T09:00", "2026-11-26T14:00", "Thu 26 Nov 12:00"),
        ("2026-11-26T10:30", "2026-11-26T14:00", "never"),
        ("2026-11-26T15:00", "2026-11-26T14:00", "never"),
    ],
)
def test_remind_me_later_comes_after_four_working_hours_or_in_time_before_the_meeting(
    now: str, starts_at: str, expected: str
) -> None:
    later = remind_later_at(ams(starts_at), wait=timedelta(hours=4), leave=timedelta(hours=2), week=WEEK, now=ams(now))

    assert local(later) == expected


def test_whether_the_client_confirmed_is_asked_the_next_working_day_unless_the_meeting_comes_first() -> None:
    friday_evening = ams("2026-11-20T20:00")

    assert local(confirm_due(friday_evening, starts_at=ams("2026-11-26T14:00"), working_days=1, week=WEEK)) == (
        "Tue 24 Nov 08:00"
    )
    assert confirm_due(friday_evening, starts_at=ams("2026-11-23T14:00"), working_days=1, week=WEEK) is None


@pytest.mark.parametrize(("working_days", "expected"), [(1, "Fri 27 Nov 14:00"), (2, "Mon 30 Nov 14:00")])
def test_a_call_after_a_mail_is_asked_about_after_the_tiers_working_days(working_days: int, expected: str) -> None:
    assert local(call_due(ams("2026-11-26T14:00"), working_days=working_days, week=WEEK)) == expected


@pytest.mark.parametrize(
    ("ends_at", "expected"), [("2026-11-26T15:00", "Thu 26 Nov 15:30"), ("2026-11-27T17:45", "Mon 30 Nov 08:00")]
)
def test_the_debrief_is_asked_for_after_the_meeting_but_not_in_the_evening(ends_at: str, expected: str) -> None:
    assert local(debrief_due(ams(ends_at), delay=timedelta(minutes=30), week=WEEK)) == expected


@pytest.mark.parametrize(
    ("asked_at", "starts_at", "expected"),
    [
        ("2026-11-24T09:00", "2026-11-27T14:00", "Tue 24 Nov 13:00"),
        ("2026-11-24T16:00", "2026-11-25T17:00", "Tue 24 Nov 17:00"),
        ("2026-11-25T10:00", "2026-11-26T09:00", "Wed 25 Nov 14:00"),
        ("2026-11-25T10:00", "2026-11-26T10:01", "Wed 25 Nov 14:00"),
        ("2026-11-25T16:00", "2026-11-26T14:00", "Thu 26 Nov 08:00"),
        ("2026-11-25T10:00", "2026-11-25T12:00", "Wed 25 Nov 11:00"),
        ("2026-11-25T22:00", "2026-11-26T07:30", "Thu 26 Nov 02:00"),
        ("2026-11-25T10:00", "2026-11-25T09:00", "Wed 25 Nov 10:00"),
    ],
)
def test_a_delegate_answers_within_working_hours_and_a_day_before_the_meeting(
    asked_at: str, starts_at: str, expected: str
) -> None:
    due = answer_due(
        ams(asked_at), starts_at=ams(starts_at), wait=timedelta(hours=4), leave=timedelta(hours=24), week=WEEK
    )

    assert local(due) == expected


@pytest.mark.parametrize(("days", "last_call"), [(0, timedelta(hours=2)), (2, timedelta(0))])
def test_lead_times_that_are_none_are_refused(days: int, last_call: timedelta) -> None:
    with pytest.raises(ValueError, match="must be"):
        Leads(decide_working_days=days, last_call=last_call)
