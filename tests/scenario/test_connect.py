"""`/meetdown connect`: an address is checked while the modal is open, and read from then on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from aiohttp import web

from playground import Person, SlackStandIn, View, words
from tests.support.agency import THURSDAY, coming, expect_errors, with_acme
from tests.support.bot import RunningBot, running_bot
from tests.support.feeds import FeedServer, answering, event, feed
from tests.support.published import PublishedCalendar, meeting


@pytest_asyncio.fixture
async def calendar() -> AsyncIterator[PublishedCalendar]:
    async with PublishedCalendar() as published:
        yield published


async def connect(person: Person) -> View:
    assert (await person.command("/meetdown", "connect")).ok
    return await person.wait_for_modal()


async def shown_in_modal(slack: SlackStandIn, person: Person, containing: str) -> str:
    return await slack.wait_for(
        lambda: words(person.modal) if person.modal and containing in words(person.modal) else "", 5
    )


async def test_a_calendar_is_checked_while_the_modal_is_open_and_then_connected(
    bot: RunningBot, slack: SlackStandIn, anna: Person, calendar: PublishedCalendar
) -> None:
    await with_acme(bot)
    calendar.publish(
        meeting("Planning", THURSDAY, "sanne@acme.example"),
        meeting("Lunch", THURSDAY, "ben@meetdown.example", uid="two"),
        meeting("Pitch", THURSDAY, "joe@globex.example", uid="three"),
    )
    modal = await connect(anna)
    anna.fill(modal, {"url": calendar.secret})

    await anna.click(modal, label="Check the address")
    shown = await shown_in_modal(slack, anna, "That is a calendar")
    assert "3 entries, 1 coming client meeting." in shown
    assert "globex.example" in shown
    assert (await anna.submit(modal)).ok
    await bot.settle()

    assert anna.modal is None
    assert "I found 1 coming client meeting" in words(await anna.wait_for_message("Your calendar is connected"))
    assert "Planning" in words(await coming(anna))
    assert calendar.secret not in words(await connect(anna))


async def test_the_same_calendar_twice_and_no_address_at_all_are_said_at_the_field(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    modal = await connect(anna)
    assert (await anna.submit(modal, {"url": calendar.secret})).ok

    again = await expect_errors(anna, await connect(anna), {"url": calendar.secret})

    assert again == {"url": "You have connected this calendar already."}


async def test_an_unchanged_calendar_is_not_read_again(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await anna.submit(await connect(anna), {"url": calendar.secret})
    await bot.settle()
    before = list(calendar.answers)

    bot.clock.move(timedelta(minutes=10))
    await bot.settle()

    assert calendar.answers == [*before, 304]


async def test_a_web_page_an_error_and_a_closed_door_are_said_at_the_field(bot: RunningBot, anna: Person) -> None:
    page = answering(b"<!doctype html><html><body>Sign in</body></html>", Content_Type="text/html")
    async with FeedServer(page=page, gone=answering(b"", status=404)) as server:
        modal = await connect(anna)
        found = [
            await expect_errors(anna, modal, {"url": url})
            for url in (server.url("page"), server.url("gone"), "http://127.0.0.1:9/none")
        ]

    assert [next(iter(errors)) for errors in found] == ["url", "url", "url"]
    assert "not a calendar" in found[0]["url"]
    assert "answers with an error" in found[1]["url"]
    assert "cannot reach" in found[2]["url"]


async def test_an_address_that_is_none_is_said_at_the_field(bot: RunningBot, anna: Person) -> None:
    modal = await connect(anna)

    assert "url" in (await anna.submit(modal, {"url": "ftp://acme.example/cal.ics"})).errors
    assert "url" in (await anna.submit(modal, {"url": "https://exa mple/" + "x" * 2000})).errors


async def test_a_private_address_is_refused_unless_the_operator_allows_it(
    slack: SlackStandIn, anna: Person, calendar: PublishedCalendar, tmp_path: Path
) -> None:
    async with running_bot(slack, tmp_path, extra={"MEETDOWN_ALLOW_PRIVATE_URLS": "0"}):
        errors = await expect_errors(anna, await connect(anna), {"url": calendar.secret})

    assert errors["url"].startswith("I do not read calendars from that address.")
    assert calendar.answers == []


async def test_200_megabytes_are_not_read_to_their_end(bot: RunningBot, anna: Person) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/calendar"})
        await response.prepare(request)
        await response.write(b"BEGIN:VCALENDAR\r\n")
        for _ in range(200):
            await response.write(b"X-FILL:" + b"x" * 1024 * 1024 + b"\r\n")
            sent += 1
        return response

    async with FeedServer(big=endless) as server:
        errors = await expect_errors(anna, await connect(anna), {"url": server.url("big")})

    assert "larger than" in errors["url"]
    assert sent < 40


async def test_an_endless_series_is_read_inside_the_window_only(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await with_acme(bot)
    weekly = meeting("Weekly", THURSDAY, "sanne@acme.example", more=("RRULE:FREQ=WEEKLY",))
    every_second = event("SUMMARY:Tick", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY", uid="two")
    calendar.body = feed(weekly, every_second)

    assert (await anna.submit(await connect(anna), {"url": calendar.secret})).ok
    await bot.settle()

    assert "I found 9 coming client meetings" in words(await anna.wait_for_message("Your calendar is connected"))


async def test_a_slow_calendar_is_answered_in_time_and_connected_by_the_next_click(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(2.6)
        return web.Response(body=feed(meeting("Planning", THURSDAY, "sanne@acme.example")))

    await with_acme(bot)
    async with FeedServer(slow=slow) as server:
        modal = await connect(anna)
        first = await anna.submit(modal, {"url": server.url("slow")})
        assert first.ok
        assert first.answer is not None
        assert first.answer.seconds < 3
        assert "takes longer than usual" in words(modal)
        await shown_in_modal(slack, anna, "That is a calendar")
        second = await anna.submit(modal)
        assert second.ok
        assert second.answer is not None
        assert second.answer.seconds < 1

    assert anna.modal is None


async def test_a_disconnected_calendar_takes_its_meetings_along(
    bot: RunningBot, anna: Person, calendar: PublishedCalendar
) -> None:
    await with_acme(bot)
    calendar.publish(meeting("Planning", THURSDAY, "sanne@acme.example"))
    await anna.submit(await connect(anna), {"url": calendar.secret})
    await bot.settle()
    modal = await connect(anna)
    assert "1 client meeting coming" in words(modal)

    await anna.click(modal, label="Disconnect")

    assert "Calendar 1" not in words(modal)
    assert "Planning" not in words(await coming(anna))


async def test_a_calendar_that_keeps_failing_is_told_once(
    bot: RunningBot, slack: SlackStandIn, anna: Person, calendar: PublishedCalendar
) -> None:
    await anna.submit(await connect(anna), {"url": calendar.secret})
    await bot.settle()
    calendar.body = b"<html>moved</html>"

    for _ in range(10):
        bot.clock.move(timedelta(hours=7))
        await bot.settle()

    told = [one for one in anna.messages if "I can no longer read your calendar" in words(one)]
    assert len(told) == 1
