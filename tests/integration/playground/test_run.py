"""The whole playground in one process: everything real but Slack."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from domain.words import Option
from playground import Message, words
from playground.loopback import bind
from playground.person import Person
from playground.sample_people import COLLEAGUE, MANAGER, OWNER, PEOPLE
from playground.world import World
from storage import clients, timelines
from tests.support.playgrounds import MONDAY, running_playground

STATE = Path("playground") / "state.json"


async def settled(world: World) -> Person:
    """The owner, once the first reading of the calendar was told of and the past is known."""
    anna = world.slack.as_user(OWNER)
    await anna.wait_for_message("Your calendar is connected", timeout=20)
    await world.slack.wait_for(lambda: world.seeded, 20)
    # Two meetings are so near that the owner is asked about them at once.
    await anna.wait_for_message("Catching up with Kite Studio", timeout=20)
    await anna.wait_for_message("Weekoverleg", timeout=20)
    await due_after(world, world.clock.now())
    return anna


async def due_after(world: World, moment: datetime) -> datetime:
    """What is due next, once all up to the moment has been seen to."""
    for _ in range(500):
        due = await world.next_due()
        if due is not None and due > moment:
            return due
        await asyncio.sleep(0.01)
    raise AssertionError("something that is due is never seen to")


async def shown(person: Person, text: str) -> str:
    answer = (await person.command("/meetdown", text)).shown
    assert answer is not None
    return words(answer)


async def decided(world: World) -> dict[str, list[Option]]:
    """What was decided about past meetings in the calendars, by client."""
    assert world.meetdown is not None
    database, team = world.meetdown.database, world.slack.workspace.id
    return {
        client.name: [
            made.option
            for entry in await database.read(timelines.load, team, client.id, limit=200)
            if not entry.meeting.id.startswith("sample-then")
            for made in entry.decisions
        ]
        for client in await database.read(clients.all_of, team)
    }


async def test_the_first_start_shows_an_agency_with_a_week_and_a_past(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        listed = await shown(anna, "")
        past = await decided(world)
        due = await world.next_due()
        offered = await world.slack.as_user(COLLEAGUE).wait_for_message("Workshop on the letters", timeout=20)
        asked_by = await world.slack.as_user(MANAGER).wait_for_message("Workshop on the letters", timeout=20)
        violations, people = world.slack.violations, set(world.slack.store.users)

    assert set(PEOPLE) <= people
    for title in (
        "Weekoverleg Tulp",
        "Campaign review",
        "Kennismaking",
        "Kickoff",
        "Quarterly",
        "Renewal",
        "Complaint",
    ):
        assert title in listed
    assert "Stand-up" not in listed
    assert "Dentist" not in listed
    assert "Add juniperevents.example as a client?" in listed
    assert past == {
        "Bakkerij Morgen": [],
        "Fjord Bank": [Option.KEEP, Option.CALL],
        "Harbour Foods": [Option.SHORTER],
        "Kite Studio": [Option.HANDOFF, Option.SHORTER, Option.EMAIL],
        "Meridian Health": [Option.HANDOFF],
        "Tulp & Zonen": [],
        "Zephyr Rail": [Option.EMAIL],
    }
    assert "Ik neem het over" in words(offered)
    assert "waits until Ben Visser says yes" in words(asked_by)
    assert due is not None
    assert due > MONDAY
    assert violations == []


async def test_what_was_there_is_there_after_a_restart_and_a_reset_starts_over(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        await anna.send_dm("hello")
        world.clock.move(timedelta(days=2))
        feed, before = world.calendar.feed_url(OWNER), told(world)
    async with running_playground(tmp_path) as world:
        offset = world.clock.now() - MONDAY
        after, secret = told(world), world.slack.app.signing_secret
        same_feed, entries = world.calendar.feed_url(OWNER), await world.calendar.entries(OWNER)
        answer = await shown(world.slack.as_user(OWNER), "")
        past = await decided(world)
    async with running_playground(tmp_path, reset=True) as world:
        fresh = told(world)
        other_secret = world.slack.app.signing_secret

    assert timedelta(days=2) <= offset < timedelta(days=2, minutes=2)
    assert after[: len(before)] == before
    assert "hello" in after
    assert same_feed == feed
    assert len(entries) > 10
    assert "client meetings" in answer
    assert past["Kite Studio"] == [Option.HANDOFF, Option.SHORTER, Option.EMAIL]
    assert "hello" not in fresh
    assert other_secret != secret


def told(world: World) -> list[str]:
    return [message.text for message in world.slack.messages]


async def test_an_entry_that_moves_in_the_calendar_moves_in_the_bot_at_once(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        entry = next(one for one in await world.calendar.entries(OWNER) if one.title == "Kickoff new website")

        later = timedelta(hours=1)
        await world.calendar.move(OWNER, entry.id, starts_at=entry.starts_at + later, ends_at=entry.ends_at + later)
        moved = await _until(anna, "harbour", "11:00 to 13:00")
        await world.calendar.cancel(OWNER, entry.id)
        cancelled = await _until(anna, "kickoff", "I find no coming client meeting")

    assert "Kickoff new website" in moved
    assert "Kickoff new website" not in cancelled


async def test_the_page_is_told_when_something_else_is_due_next(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        await settled(world)
        entry = next(one for one in await world.calendar.entries(OWNER) if one.title == "Campaign review")
        before = await world.next_due()
        told = asyncio.create_task(_told_of_another(world, before))
        await asyncio.sleep(0)

        later = timedelta(days=1)
        await world.calendar.move(OWNER, entry.id, starts_at=entry.starts_at + later, ends_at=entry.ends_at + later)

        assert await asyncio.wait_for(told, 10)


async def _told_of_another(world: World, before: datetime | None) -> bool:
    async for event in world.changed.subscribe():
        if event["kind"] == "due" and await world.next_due() != before:
            return True
    return False


def at(message: Message) -> str:
    """When it was posted, as a clock in Amsterdam shows it."""
    return f"{datetime.fromtimestamp(float(message.ts), ZoneInfo('Europe/Amsterdam')):%a %H:%M}"


def title(message: Message) -> str:
    """Of the meeting that a reminder is about."""
    return next(line.rpartition(" · ")[2] for line in words(message).splitlines() if " · tier " in line)


async def _until(person: Person, text: str, expected: str) -> str:
    """The bot's answer once it holds this; it reads the calendar within a moment."""
    for _ in range(100):
        answer = await shown(person, text)
        if expected in answer:
            return answer
        await asyncio.sleep(0.05)
    raise AssertionError(f"{expected!r} never came, but {answer!r}")


async def test_the_clock_goes_to_the_next_reminder_and_it_comes(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        due = await world.next_due()
        assert due is not None

        world.clock.to(due)
        reminder = await anna.wait_for_message("Campaign review", timeout=20)
        await due_after(world, due)

    assert "Can you make this one?" in words(reminder)


async def test_a_journey_of_the_clock_stops_at_every_reminder_on_the_way(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        before = len(anna.messages)

        await world.travel(MONDAY + timedelta(days=1, hours=2))
        came = [(at(message), title(message)) for message in anna.messages[before:]]
        now = world.clock.now()

    # Two working days before each, at its own time of day; once more two hours before Tuesday's at ten.
    assert sorted(came) == [
        ("Mon 11:00", "Campaign review"),
        ("Mon 14:00", "Kennismaking Bakkerij Morgen"),
        ("Tue 08:00", "Weekoverleg Tulp &amp; Zonen"),
        ("Tue 10:00", "Kickoff new website"),
    ]
    assert timedelta() <= now - (MONDAY + timedelta(days=1, hours=2)) < timedelta(minutes=1)


async def test_a_journey_back_is_one_step(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        await settled(world)

        await world.travel(MONDAY - timedelta(days=1))
        now = world.clock.now()
        with pytest.raises(ValueError, match="3650"):
            await world.travel(MONDAY - timedelta(days=4000))

    assert timedelta() <= now - (MONDAY - timedelta(days=1)) < timedelta(minutes=1)


async def test_a_decision_reaches_the_clients_mailbox(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        found = (await anna.command("/meetdown", "campaign review")).shown
        assert found is not None
        await anna.click(found, label="Make it shorter")
        sent = await anna.submit(await anna.wait_for_modal())
        assert sent.ok, sent.errors
        await anna.wait_for_message("E-mail sent", timeout=20)
        mails, violations = world.mailbox.mails, world.slack.violations

    assert [(mail.to, mail.reply_to) for mail in mails] == [
        (("ingrid@fjordbank.example", "lars@fjordbank.example"), "Anna Berg <anna@northlight.example>")
    ]
    assert "Ingrid" in mails[0].text
    assert violations == []


async def test_of_many_moves_in_one_moment_the_last_one_counts(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        anna = await settled(world)
        entry = next(one for one in await world.calendar.entries(OWNER) if one.title == "Kickoff new website")

        for hours in (1, 2, 3, 4):
            begin = entry.starts_at + timedelta(hours=hours)
            await world.calendar.move(OWNER, entry.id, starts_at=begin, ends_at=begin + timedelta(minutes=45))
            await asyncio.sleep(0.1)
        moved = await _until(anna, "harbour", "14:00 to 14:45")

    assert "Kickoff new website" in moved


async def test_calendars_that_are_served_elsewhere_are_read_there(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        await settled(world)
        port = urlsplit(world.calendar.feed_url(OWNER)).port
    assert port is not None
    with bind("127.0.0.1", port):
        async with running_playground(tmp_path) as world:
            anna = world.slack.as_user(OWNER)
            other_port = urlsplit(world.calendar.feed_url(OWNER)).port
            entry = next(one for one in await world.calendar.entries(OWNER) if one.title == "Kickoff new website")
            begin = entry.starts_at + timedelta(hours=1)
            await world.calendar.move(OWNER, entry.id, starts_at=begin, ends_at=begin + timedelta(minutes=45))
            moved = await _until(anna, "harbour", "11:00 to 11:45")
            past = await decided(world)

    assert other_port != port
    assert "Kickoff new website" in moved
    assert past["Harbour Foods"] == [Option.SHORTER]


async def test_a_first_start_that_was_cut_short_is_made_up_for(tmp_path: Path) -> None:
    async with running_playground(tmp_path) as world:
        cut_short = not world.seeded
    async with running_playground(tmp_path) as world:
        await settled(world)
        past = await decided(world)

    assert cut_short
    assert past["Kite Studio"] == [Option.HANDOFF, Option.SHORTER, Option.EMAIL]
    assert len(past) == 7
