"""A meeting entered by hand, with values that no picker of Slack's gives."""

from dataclasses import replace

import pytest

from bot.services.by_hand import ByHand, ByHandInput
from domain.errors import FieldErrors, Invalid, InvalidCode
from domain.member import Member
from storage.database import Database
from tests.support.stored import OWNER, TEAM
from tests.support.use_cases import StoppedClock

FAR_WEST = Member(team_id=TEAM, user_id=OWNER, time_zone="America/New_York")
FAR_EAST = Member(team_id=TEAM, user_id=OWNER, time_zone="Asia/Tokyo")


AMSTERDAM = Member(team_id=TEAM, user_id=OWNER, time_zone="Europe/Amsterdam")
IN_TIME = ByHandInput(title="Budget", client_text="Kite", day="2026-03-04", at="10:00", minutes="30")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            {"contact_name": "Mara Vos", "contact_email": "Mara@kite.example", "phone": "020 794 0800"},
            ("Mara Vos", "mara@kite.example", "+31207940800"),
        ),
        ({"contact_name": "Mara Vos"}, ("Mara Vos", "", "")),
        ({"phone": "020 794 0800"}, ("", "", "+31207940800")),
        ({}, None),
    ],
)
async def test_whom_one_meets_is_kept_also_of_a_client_who_is_in_no_book(
    database: Database, typed: dict[str, str], kept: tuple[str, str, str] | None
) -> None:
    by_hand = ByHand(database=database, clock=StoppedClock())
    form = await by_hand.open(AMSTERDAM, "")

    entered = await by_hand.submit(AMSTERDAM, form.form_id, replace(IN_TIME, **typed))

    contact = entered.contact
    assert (contact and (contact.name, contact.email, contact.phone)) == kept
    assert entered.meeting.title == "Kite · Budget"
    assert entered.facts.phone_known is ("phone" in typed)


@pytest.mark.parametrize(
    ("member", "day", "at", "why"),
    [
        (FAR_WEST, "9999-12-31", "20:00", Invalid(InvalidCode.AFTER_THE_WINDOW, days=400)),
        (FAR_EAST, "0001-01-01", "05:00", Invalid(InvalidCode.IN_THE_PAST)),
    ],
)
async def test_a_day_at_the_end_of_the_calendar_is_answered_at_its_field(
    database: Database, member: Member, day: str, at: str, why: Invalid
) -> None:
    by_hand = ByHand(database=database, clock=StoppedClock())
    form = await by_hand.open(member, "")

    with pytest.raises(FieldErrors) as found:
        await by_hand.submit(member, form.form_id, ByHandInput(title="X", day=day, at=at, minutes="30"))

    assert found.value.errors == {"date": why}
