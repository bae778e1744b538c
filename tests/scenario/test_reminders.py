"""Reminders as the clock moves: one DM at each lead time, moved and withdrawn with their meeting."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from domain.words import Tier
from playground import Person, SlackStandIn, words
from tests.support.agency import THURSDAY, choose, coming, decide, with_acme, with_history
from tests.support.bot import TUESDAY_MORNING, RunningBot
from tests.support.published import PublishedCalendar, meeting

NEXT_THURSDAY = THURSDAY + timedelta(days=7)
DECIDE = NEXT_THURSDAY - timedelta(days=2)
"""Two working days before."""
LAST_CALL = NEXT_THURSDAY - timedelta(hours=1, minutes=30)


@pytest_asyncio.fixture
async def calendar(bot: RunningBot, anna: Person) -> AsyncIterator[PublishedCalendar]:
    """Connected; with one meeting with Acme on the Thursday of next week, 10:00 in Amsterdam."""
    await with_acme(bot)
    async with PublishedCalendar() as published:
        published.publish(meeting("Planning", NEXT_THURSDAY, "sanne@acme.example"))
        await anna.command("/meetdown", "connect")
        assert (await anna.submit(await anna.wait_for_modal(), {"url": published.secret})).ok
        await bot.settle()
        yield published


def about(person: Person, *texts: str) -> list[str]:
    """The messages about the meeting that hold all of these."""
    found = [words(one) for one in person.messages if "Acme" in words(one) and "is connected" not in words(one)]
    return [one for one in found if all(text in one for text in texts)]


async def read_again(bot: RunningBot) -> None:
    bot.clock.move(timedelta(minutes=10))
    await bot.settle()


async def test_each_lead_time_brings_one_message_with_the_meeting_and_one_recommended_option(
    bot: RunningBot, slack: SlackStandIn, anna: Person, calendar: PublishedCalendar
) -> None:
    await with_history(bot, 3)

    await bot.go_to(DECIDE - timedelta(minutes=2))
    assert about(anna) == []
    await bot.go_to(DECIDE + timedelta(minutes=1))
    await bot.settle()
    (first,) = about(anna)
    await bot.go_to(NEXT_THURSDAY - timedelta(hours=1, minutes=59))
    await bot.settle()

    assert "Can you make this one?" in first
    for told in ("Acme", "Thu 19 Mar", "10:00 to 11:00 (60 min)", "Sanne", "Met 3 times in the last 30 days"):
        assert told in first
    assert first.count("My advice") == 1
    assert "My advice: make it shorter" in first
    assert "ring the client too" not in first  # sent on time, two days ahead
    for label in ("Make it a call", "Make it shorter", "E-mail for now", "Hand over", "Keep it", "Remind me later"):
        assert label in first
    older, last = about(anna)
    assert "There is a newer message about this meeting below" in older
    assert "Last call" in last
    assert "Ring first" in last or "ring" in last.lower()
    primary = [
        element["text"]["text"]
        for block in anna.messages[-1].blocks
        for element in block.get("elements", [])
        if element.get("style") == "primary"
    ]
    assert len(primary) <= 1


async def test_a_moved_meeting_moves_its_reminders_and_its_message(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await bot.go_to(DECIDE + timedelta(minutes=1))
    calendar.publish(meeting("Planning", NEXT_THURSDAY + timedelta(days=4), "sanne@acme.example", sequence=1))
    await read_again(bot)

    (moved,) = about(anna)
    assert "Mon 23 Mar" in moved
    await bot.go_to(NEXT_THURSDAY - timedelta(hours=1))
    assert len(about(anna)) == 1
    await bot.go_to(NEXT_THURSDAY + timedelta(minutes=1))
    assert len(about(anna, "Can you make this one?")) == 1
    assert len(about(anna)) == 2


async def test_a_cancelled_meeting_withdraws_its_message_and_its_reminders(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await bot.go_to(DECIDE + timedelta(minutes=1))
    calendar.publish()
    await read_again(bot)
    await bot.go_to(NEXT_THURSDAY - timedelta(minutes=30))

    (shown,) = about(anna)
    assert "was cancelled in the calendar" in shown
    assert "Make it a call" not in shown


async def test_an_old_button_of_a_cancelled_meeting_explains_itself(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    listed = await coming(anna)
    calendar.publish()
    await read_again(bot)

    assert (await anna.click(listed, label="Make it a call")).ok

    assert anna.modal is None
    assert "was cancelled in the calendar" in words(anna.ephemerals[-1])


async def test_an_old_button_of_a_meeting_that_has_begun_explains_itself(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    listed = await coming(anna)
    await bot.go_to(NEXT_THURSDAY + timedelta(minutes=5))

    for label in ("Make it shorter", "Keep it", "Remind me later"):
        assert (await anna.click(listed, label=label)).ok
        assert "has started already" in words(anna.ephemerals[-1])


async def test_a_decision_withdraws_the_reminders_and_turns_the_message_into_its_state(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await bot.go_to(DECIDE + timedelta(minutes=1))
    reminder = anna.messages[-1]
    await anna.click(reminder, label="Make it shorter")
    await decide(anna, await anna.wait_for_modal())
    await bot.settle()
    await bot.go_to(NEXT_THURSDAY - timedelta(minutes=90))

    shown = about(anna, "Shorter: 30 min instead of 60")
    assert len(shown) == 1
    assert "Can you make this one?" not in words(reminder)
    assert about(anna, "Last call") == []


async def test_remind_me_later_comes_back_once_however_often_it_is_pressed(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await bot.go_to(DECIDE + timedelta(minutes=1))
    reminder = anna.messages[-1]

    await anna.click(reminder, label="Remind me later")
    await anna.click(reminder, label="Remind me later")
    assert "I will come back to it: today, 14:01" in words(anna.ephemerals[-1])
    await bot.go_to(DECIDE + timedelta(hours=4, minutes=2))

    assert len(about(anna, "You asked me to come back to this one")) == 1
    assert len(about(anna)) == 2


async def test_downtime_brings_what_is_still_useful_once(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await bot.go_to(NEXT_THURSDAY - timedelta(hours=1))
    await bot.settle()

    assert len(about(anna)) == 1
    assert len(about(anna, "Last call")) == 1


async def test_a_reminder_waits_for_the_morning_and_for_a_slack_that_is_down(
    bot: RunningBot, slack: SlackStandIn, anna: Person, calendar: PublishedCalendar
) -> None:
    slack.faults.fail("chat.postMessage", "team_added_to_org", times=40)
    await bot.go_to(DECIDE + timedelta(minutes=1))
    assert about(anna) == []
    slack.faults.clear()

    await bot.go_to(DECIDE + timedelta(minutes=45))

    assert len(about(anna, "Can you make this one?")) == 1


async def test_all_day_declined_free_private_and_internal_entries_are_left_alone(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    acme = "sanne@acme.example"
    calendar.publish(
        meeting("Free", NEXT_THURSDAY, acme, uid="1", more=("TRANSP:TRANSPARENT",)),
        meeting("Private", NEXT_THURSDAY, acme, uid="2", more=("CLASS:PRIVATE",)),
        meeting("Internal", NEXT_THURSDAY, "ben@meetdown.example", uid="3"),
        meeting("Off", NEXT_THURSDAY, acme, uid="4", more=("STATUS:CANCELLED",)),
        meeting("Counts", NEXT_THURSDAY, acme, uid="5"),
    )
    await read_again(bot)

    listed = words(await coming(anna))

    assert "Counts" in listed
    assert [name for name in ("Free", "Private", "Internal", "Off", "Planning") if name in listed] == []


async def test_a_list_in_dutch_tells_times_and_options_in_dutch(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await anna.change(locale="nl-NL")
    await bot.go_to(DECIDE + timedelta(minutes=1))

    (shown,) = about(anna)

    assert "do 19 mrt" in shown
    assert "Korter maken" in shown
    assert Tier.B.value in shown
    assert bot.clock.now() > TUESDAY_MORNING


async def test_the_modal_from_a_reminder_holds_the_same_meeting(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    modal = await choose(anna, "Make it a call")

    assert "Planning" in words(modal)
