from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.client import Client
from domain.eligibility import WhyNot, client_met, mode_of, outside_people, why_not
from domain.matching import ClientBook
from domain.meeting import Attendee, CalendarEntry, Response
from domain.words import Mode, Tier

START = datetime(2026, 11, 26, 13, tzinfo=UTC)
ME = Attendee(email="me@house.example", response=Response.ACCEPTED)
JANE = Attendee(email="jane@acme.example")
JOE = Attendee(email="joe@acme.example")
ZOE = Attendee(email="zoe@zebra.example")
STRANGER = Attendee(email="someone@unknown.example")
FRIEND = Attendee(email="friend@gmail.com")
ACME = Client(id="C1", team_id="T1", name="Acme", tier=Tier.A, domains=("acme.example",))
ZEBRA = Client(id="C2", team_id="T1", name="Zebra", tier=Tier.C, domains=("zebra.example",))
BOOK = ClientBook.of([ACME, ZEBRA])
ENTRY = CalendarEntry(
    uid="1", title="Status", starts_at=START, ends_at=START + timedelta(hours=1), organiser=ME, attendees=(ME, JANE)
)


def reason(entry: CalendarEntry, *own_emails: str) -> WhyNot | None:
    emails = own_emails or ("me@house.example",)
    return why_not(entry, owner_emails=emails, own_domains=["house.example"], clients=BOOK)


def met(entry: CalendarEntry) -> Client | None:
    return client_met(entry, owner_emails=["me@house.example"], own_domains=["house.example"], clients=BOOK)


def test_an_entry_with_an_attendee_of_a_client_is_a_meeting() -> None:
    assert reason(ENTRY) is None


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (replace(ENTRY, cancelled=True), WhyNot.CANCELLED),
        (replace(ENTRY, all_day=True), WhyNot.ALL_DAY),
        (replace(ENTRY, free=True), WhyNot.FREE),
        (replace(ENTRY, private=True), WhyNot.PRIVATE),
        (replace(ENTRY, attendees=(replace(ME, response=Response.DECLINED), JANE)), WhyNot.DECLINED),
        (replace(ENTRY, attendees=(ME,)), WhyNot.INTERNAL),
        (replace(ENTRY, organiser=None, attendees=()), WhyNot.INTERNAL),
        (replace(ENTRY, attendees=(ME, STRANGER)), WhyNot.UNKNOWN_OUTSIDE),
        (replace(ENTRY, attendees=(ME, FRIEND)), WhyNot.UNKNOWN_OUTSIDE),
    ],
)
def test_what_is_left_alone_says_why(entry: CalendarEntry, expected: WhyNot) -> None:
    assert reason(entry) is expected


def test_a_private_entry_is_private_whatever_else_it_is() -> None:
    assert reason(replace(ENTRY, private=True, attendees=(ME,))) is WhyNot.PRIVATE


@pytest.mark.parametrize("response", [Response.ACCEPTED, Response.TENTATIVE, Response.NEEDS_ACTION])
def test_a_meeting_not_declined_is_a_meeting(response: Response) -> None:
    assert reason(replace(ENTRY, attendees=(replace(ME, response=response), JANE))) is None


def test_somebody_elses_decline_does_not_count() -> None:
    assert reason(replace(ENTRY, attendees=(ME, replace(JANE, response=Response.DECLINED)))) is None


def test_an_owner_invited_twice_comes_where_either_said_yes() -> None:
    alias = Attendee(email="me@old-house.example", response=Response.DECLINED)

    assert reason(replace(ENTRY, attendees=(ME, alias, JANE)), "ME@house.example", "me@old-house.example") is None


def test_an_owner_with_a_public_address_is_not_a_guest() -> None:
    entry = replace(ENTRY, organiser=None, attendees=(replace(FRIEND, response=Response.ACCEPTED),))

    assert reason(entry, "friend@gmail.com") is WhyNot.INTERNAL


def test_an_organiser_outside_counts_as_a_guest() -> None:
    entry = replace(ENTRY, organiser=JANE, attendees=(ME,))

    assert reason(entry) is None
    assert outside_people(entry, owner_emails=[], own_domains=["house.example"]) == (JANE,)


@pytest.mark.parametrize(
    ("organiser", "attendees", "expected"),
    [
        (ME, (ME, ZOE, JANE, JOE), ACME),
        (ZOE, (ME, JANE, JOE), ZEBRA),
        (ME, (ME, ZOE, JANE), ZEBRA),
        (STRANGER, (ME, JANE), ACME),
        (ME, (ME, STRANGER), None),
    ],
)
def test_the_client_met_is_the_organisers_else_the_one_with_most_people(
    organiser: Attendee, attendees: tuple[Attendee, ...], expected: Client | None
) -> None:
    assert met(replace(ENTRY, organiser=organiser, attendees=attendees)) == expected


@pytest.mark.parametrize(
    ("title", "location", "online_url", "expected"),
    [
        ("Status", "", "", Mode.ON_SITE),
        ("Status", "Main Street 1, Utrecht", "", Mode.ON_SITE),
        ("Status", "", "https://meet.example/abc", Mode.VIDEO),
        ("Status", "https://meet.example/abc", "", Mode.VIDEO),
        ("Status", "Microsoft Teams Meeting", "", Mode.VIDEO),
        ("Video call with Acme", "", "", Mode.VIDEO),
        ("Videobellen met Acme", "", "", Mode.VIDEO),
        ("Call with Acme", "", "", Mode.CALL),
        ("Kick-off call Acme", "", "", Mode.CALL),
        ("Bellen met Acme", "", "", Mode.CALL),
        ("Telefonisch overleg", "", "", Mode.CALL),
        ("Status", "Phone", "", Mode.CALL),
        ("Status", "tel: +31 20 794 1234", "", Mode.CALL),
        ("Status", "+31 20 794 1234", "", Mode.CALL),
        ("Status", "020-7941234", "", Mode.CALL),
        ("Call center tour", "Main Street 1", "", Mode.ON_SITE),
        ("Call for tenders", "Main Street 1", "", Mode.ON_SITE),
        ("Recall of the old model", "", "", Mode.ON_SITE),
        ("Teams of the future", "Main Street 1", "", Mode.ON_SITE),
        ("Status", "1012", "", Mode.ON_SITE),
    ],
)
def test_how_people_meet_is_told_by_place_and_title(title: str, location: str, online_url: str, expected: Mode) -> None:
    assert mode_of(replace(ENTRY, title=title, location=location, online_url=online_url)) is expected
