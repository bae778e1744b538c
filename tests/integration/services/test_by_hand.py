"""A meeting entered by hand, with values that no picker of Slack's gives."""

import pytest

from bot.services.by_hand import ByHand, ByHandInput
from domain.errors import FieldErrors, Invalid, InvalidCode
from domain.member import Member
from storage.database import Database
from tests.support.stored import OWNER, TEAM
from tests.support.use_cases import StoppedClock

FAR_WEST = Member(team_id=TEAM, user_id=OWNER, time_zone="America/New_York")
FAR_EAST = Member(team_id=TEAM, user_id=OWNER, time_zone="Asia/Tokyo")


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
