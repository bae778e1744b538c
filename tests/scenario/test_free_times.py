"""The message to the client offers times at which both are free, and knows who has heard from us before."""

from datetime import timedelta

from playground import Person
from tests.scenario.test_option_shorter_and_call import field
from tests.support.agency import THURSDAY, choose, decide, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.published import PublishedCalendar, meeting

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CLIENT = "sanne@acme.example"


async def connected(bot: RunningBot, anna: Person, calendar: PublishedCalendar) -> None:
    assert (await anna.command("/meetdown", "connect")).ok
    assert (await anna.submit(await anna.wait_for_modal(), {"url": calendar.secret})).ok
    await bot.settle()


def offered(anna: Person) -> list[str]:
    return [line for line in field(anna, "body").splitlines() if line.startswith("- ")]


async def test_all_that_takes_the_owners_time_is_left_out_of_the_offer_and_told_to_nobody(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot, time_zone="Europe/London")
    async with PublishedCalendar() as calendar:
        calendar.publish(
            meeting("Planning", THURSDAY, CLIENT, minutes=90),
            meeting("Team day", THURSDAY + DAY - HOUR, "ben@meetdown.example", minutes=540, uid="internal"),
            meeting("Dentist", THURSDAY + 4 * DAY, minutes=210, uid="private", more=("CLASS:PRIVATE",)),
            meeting("Perhaps", THURSDAY + 4 * DAY, minutes=540, uid="free", more=("TRANSP:TRANSPARENT",)),
            meeting("Gone", THURSDAY + 5 * DAY, minutes=540, uid="cancelled", more=("STATUS:CANCELLED",)),
        )
        await connected(bot, anna, calendar)

        await choose(anna, "Make it shorter")

    body = field(anna, "body")
    # In London it is an hour earlier: not at work before nine, at lunch from half past twelve to one.
    assert offered(anna) == [
        "- Monday 16 March, 13:00 (London time; 14:00 in Amsterdam)",
        "- Tuesday 17 March, 13:00 (London time; 14:00 in Amsterdam)",
        "- Wednesday 18 March, 09:00 (London time; 10:00 in Amsterdam)",
    ]
    assert "If you would rather have the full 90 minutes, please tell me which of these times suits you:" in body
    assert not any(title in body for title in ("Dentist", "Team day", "Perhaps", "Gone"))


async def test_without_a_calendar_the_draft_names_the_day_of_another_proposal(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)

    await choose(anna, "Make it shorter")

    assert "I will send you another time by Friday 13 March at the latest." in field(anna, "body")


async def test_a_client_who_has_heard_from_us_once_is_written_to_more_briefly(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    async with PublishedCalendar() as calendar:
        calendar.publish(
            meeting("Planning", THURSDAY, CLIENT), meeting("Budget", THURSDAY + 7 * DAY, CLIENT, uid="second")
        )
        await connected(bot, anna, calendar)

        first = await choose(anna, "Make it shorter")
        assert "I am writing about our meeting “Planning”" in field(anna, "body")
        await decide(anna, first, {"pre_read": "The plan\n- Last month's figures"})
        await bot.settle()
        await choose(anna, "Make it shorter", "Budget")

    ready = next(message for message in anna.messages if "Ready to send" in str(message.blocks))
    assert "Before we meet, please have a look at:\\n- The plan\\n- Last month's figures" in str(ready.blocks)
    assert "I suggest that we keep our meeting “Budget”" in field(anna, "body")
