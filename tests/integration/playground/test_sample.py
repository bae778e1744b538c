"""The sample agency: whatever day it is, each kind of meeting lies in the week ahead."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Event

from bot.calendars.work_week import week_of
from domain.kinds import guess_kind
from domain.words import MeetingKind, Tier
from playground import SlackStandIn, sample_people, sample_week

ANNA, BEN = "anna@northlight.example", "ben@northlight.example"
MOMENTS = [
    datetime(2026, 11, 23, 9, tzinfo=UTC),
    datetime(2026, 11, 28, 23, 30, tzinfo=UTC),
    datetime(2026, 12, 24, 16, tzinfo=UTC),
    datetime(2027, 3, 26, 6, tzinfo=UTC),
    datetime(2028, 2, 28, 12, tzinfo=UTC),
]
"""A Monday, a Saturday night, before Christmas, before Easter and the clocks' change, before a leap day."""


def entries(email: str, now: datetime) -> list[Event]:
    slack = SlackStandIn()
    sample_people.people(slack, now)
    anna = sample_people.members(slack)[0]
    return list(sample_week.entries(email, now, week_of(anna, sample_people.workspace(slack))))


def start_of(event: Event) -> datetime:
    start = event.decoded("dtstart")
    assert isinstance(start, datetime)
    return start


@pytest.mark.parametrize("now", MOMENTS)
def test_a_meeting_of_each_kind_lies_ahead_on_a_working_day(now: datetime) -> None:
    ahead = [event for event in entries(ANNA, now) if start_of(event) > now]
    kinds = {guess_kind(str(event["summary"])) for event in ahead}

    assert kinds == set(MeetingKind)
    assert all(start_of(event).weekday() < 5 for event in ahead)
    assert all(start_of(event) < now + timedelta(days=16) for event in ahead)


@pytest.mark.parametrize("now", MOMENTS)
def test_the_past_is_within_what_the_bot_reads(now: datetime) -> None:
    past = [start_of(event) for event in entries(ANNA, now) if start_of(event) < now]

    assert len(past) > 10
    assert min(past) > now - timedelta(days=85)


def test_the_same_entry_has_one_name_in_all_calendars_and_no_other_entry_has_it() -> None:
    of_anna, of_ben = entries(ANNA, MOMENTS[0]), entries(BEN, MOMENTS[0])
    names = [str(event["uid"]) for event in of_anna]

    assert len(names) == len(set(names))
    assert {"harbour-kickoff", "zephyr-renewal", "standup"} == set(names) & {str(event["uid"]) for event in of_ben}
    assert {"zephyr-design", "kite-print"} <= {str(event["uid"]) for event in of_ben}


def test_clients_of_each_tier_are_there_with_somebody_to_write_to() -> None:
    clients = sample_people.clients("T0ACME", MOMENTS[0])

    assert {client.tier for client in clients} == set(Tier)
    assert {client.language for client in clients} == {"en", "nl"}
    assert all(client.contacts[0].email.endswith(client.domains[0]) for client in clients)
