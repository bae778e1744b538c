"""A meeting that a colleague was asked to take over gets another time in the calendar."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from playground import Person, words
from playground.records import Message
from tests.support.agency import BRIEF, THURSDAY, choose, coming, decide, with_acme
from tests.support.bot import RunningBot
from tests.support.published import PublishedCalendar, meeting
from tests.support.slack import COLLEAGUE

STARTS = THURSDAY + timedelta(days=7)
GUEST = "sanne@acme.example"
OWNER_READS = "The meeting that Ben Visser takes over for you has another time."


@pytest_asyncio.fixture
async def calendar(bot: RunningBot, anna: Person) -> AsyncIterator[PublishedCalendar]:
    """Anna's, with one meeting with Acme."""
    await with_acme(bot)
    async with PublishedCalendar() as published:
        published.publish(meeting("Planning", STARTS, GUEST))
        await anna.command("/meetdown", "connect")
        assert (await anna.submit(await anna.wait_for_modal(), {"url": published.secret})).ok
        await bot.settle()
        yield published


@pytest_asyncio.fixture
async def asked(bot: RunningBot, anna: Person, ben: Person, calendar: PublishedCalendar) -> Message:
    """The message with which Ben is asked to take it over."""
    await coming(ben)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, {**BRIEF, "brief_agenda": "- Launch date"})
    await bot.settle()
    return ben.messages[-1]


async def read_again(bot: RunningBot) -> None:
    bot.clock.move(timedelta(minutes=10))
    await bot.settle()


async def test_each_move_is_told_once_to_the_colleague_who_has_it_and_to_the_owner(
    bot: RunningBot, anna: Person, ben: Person, calendar: PublishedCalendar, asked: Message
) -> None:
    assert (await ben.click(asked, action_id="brief.accept")).ok
    await bot.settle()
    before = len(ben.messages)

    for sequence, days in enumerate((1, 0, 1), start=1):
        calendar.publish(meeting("Planning", STARTS + timedelta(days=days), GUEST, sequence=sequence))
        await read_again(bot)
        await read_again(bot)

    told = [words(one) for one in ben.messages[before:]]
    assert ["op een ander moment" in one for one in told] == [True, True, True]
    assert ["vr 20 mrt" in one for one in told] == [True, False, True]
    assert len([one for one in anna.messages if OWNER_READS in words(one)]) == 3
    assert "vr 20 mrt" in words(asked)


async def test_before_the_answer_only_the_colleague_is_told(
    bot: RunningBot, anna: Person, ben: Person, calendar: PublishedCalendar, asked: Message
) -> None:
    calendar.publish(meeting("Planning", STARTS + timedelta(days=1), GUEST, sequence=1))
    await read_again(bot)

    assert "jou vraagt over te nemen is op een ander moment" in words(ben.messages[-1])
    assert [one for one in anna.messages if OWNER_READS in words(one)] == []


@pytest.mark.parametrize("declined", [True, False])
async def test_nobody_is_told_where_the_time_stays_or_the_colleague_said_no(
    bot: RunningBot, ben: Person, calendar: PublishedCalendar, asked: Message, *, declined: bool
) -> None:
    if declined:
        await ben.click(asked, action_id="brief.decline")
        assert (await ben.submit(await ben.wait_for_modal(), {"because": ""})).ok
        await bot.settle()
    before = len(ben.messages)

    starts_at = STARTS + timedelta(days=1 if declined else 0)
    calendar.publish(meeting("Planning of the year", starts_at, GUEST, sequence=1))
    await read_again(bot)

    assert len(ben.messages) == before
