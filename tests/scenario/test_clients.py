"""The client book: proposals, adding and changing in a modal, the timeline."""

from datetime import timedelta

from domain.words import Tier
from playground import Person, SlackStandIn, words
from storage import clients
from tests.support.agency import (
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    expect_errors,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.published import PublishedCalendar, meeting


async def test_an_unknown_domain_becomes_a_client_with_one_click_and_its_meetings_appear(
    bot: RunningBot, anna: Person
) -> None:
    async with PublishedCalendar() as calendar:
        calendar.publish(meeting("Pitch", THURSDAY, "joe@globex.example"))
        await anna.command("/meetdown", "connect")
        await anna.submit(await anna.wait_for_modal(), {"url": calendar.secret})
        await bot.settle()
        welcome = await anna.wait_for_message("Add globex.example as a client?")
        assert "joe@globex.example is in your meetings" in words(welcome)

        await anna.click(welcome, label="Add as a client")
        modal = await anna.wait_for_modal()
        assert "tier" in (await anna.submit(modal)).errors
        assert (await anna.submit(modal, {"tier": "A"})).ok
        await bot.settle()

        listed = words(await coming(anna))
        assert "Globex" in listed
        assert "Pitch" in listed
    (client,) = await bot.meetdown.database.read(clients.all_of, TEAM)
    assert (client.name, client.tier, client.domains) == ("Globex", Tier.A, ("globex.example",))
    assert [contact.email for contact in client.contacts] == ["joe@globex.example"]


async def test_a_domain_that_turns_up_later_is_asked_about_once_and_can_be_dismissed(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    async with PublishedCalendar() as calendar:
        await anna.command("/meetdown", "connect")
        await anna.submit(await anna.wait_for_modal(), {"url": calendar.secret})
        await bot.settle()
        calendar.publish(meeting("Pitch", THURSDAY, "joe@globex.example"))
        for _ in range(3):
            bot.clock.move(timedelta(minutes=10))
            await bot.settle()
        (asked,) = [one for one in anna.messages if "globex.example" in words(one)]

        await anna.click(asked, label="Not a client")
        await bot.settle()
        calendar.publish(meeting("Pitch 2", THURSDAY, "jill@globex.example"))
        bot.clock.move(timedelta(minutes=10))
        await bot.settle()

    assert "not a client. I will not ask again." in words(anna.messages[-1])
    assert len([one for one in anna.messages if "globex.example" in words(one)]) == 1


async def test_open_proposals_are_in_the_list_of_clients_too(bot: RunningBot, anna: Person) -> None:
    async with PublishedCalendar() as calendar:
        guests = [f"joe@client{number}.example" for number in range(8)]
        calendar.publish(*(meeting("Pitch", THURSDAY, guest, uid=guest) for guest in guests))
        await anna.command("/meetdown", "connect")
        await anna.submit(await anna.wait_for_modal(), {"url": calendar.secret})
        await bot.settle()

    assert "client0.example" in words(await coming(anna))
    listed = await coming(anna, "clients")
    assert "client0.example" in words(listed)
    await anna.click(listed, label="Add as a client", value="client0.example")
    assert (await anna.wait_for_modal()).title == "Add a client"


async def test_a_client_is_added_changed_and_found_in_the_list(bot: RunningBot, anna: Person) -> None:
    await anna.click(await coming(anna, "clients"), label="Add a client")
    filled = {"name": "Initech", "tier": "B", "domains": "initech.example, www.initech-labs.example", "share": "12,5"}
    assert (await anna.submit(await anna.wait_for_modal(), filled)).ok
    if anna.modal:
        assert "Initech" in words(anna.modal)
        await anna.close_view(anna.modal)
    listed = await coming(anna, "clients")
    assert "Initech" in words(listed)

    await anna.click(listed, label="Open")
    timeline = await anna.wait_for_modal()
    await anna.click(timeline, label="Change")
    modal = await anna.wait_for_modal()
    assert modal.title == "Change a client"
    assert (await anna.submit(modal, {"tier": "A", "flags": ["open_complaint"]})).ok

    (client,) = await bot.meetdown.database.read(clients.all_of, TEAM)
    assert (client.tier, client.open_complaint, client.revenue_share) == (Tier.A, True, 0.125)
    assert client.domains == ("initech.example", "initech-labs.example")


async def test_bad_values_of_a_client_are_answered_at_their_fields(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await anna.click(await coming(anna, "clients"), label="Add a client")
    modal = await anna.wait_for_modal()

    errors = await expect_errors(
        anna,
        modal,
        {
            "name": "  ACME ",
            "tier": "C",
            "domains": "gmail.com",
            "share": "lots",
            "zone": "Mars/Olympus",
            "phone": "12",
            "contact_email": "joe@x.y.",
        },
    )

    assert set(errors) == {"name", "domains", "share", "zone", "phone", "contact_email"}
    taken = await expect_errors(anna, modal, {"name": "Other", "domains": "acme.example"})
    assert "belongs to Acme already" in taken["domains"]


async def test_the_timeline_tells_the_meetings_and_what_was_decided(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await with_meeting(bot, id="past", title="Kick-off", starts_at=THURSDAY - timedelta(days=10))
    await decide(anna, await choose(anna, "Make it a call"))
    await bot.settle()

    await anna.click(await coming(anna, "clients"), label="Open")

    timeline = words(await anna.wait_for_modal())
    assert "Kick-off" in timeline
    assert "Planning" in timeline
    assert "A call instead" in timeline


async def test_a_long_list_of_clients_has_pages(bot: RunningBot, anna: Person) -> None:
    for number in range(45):
        await with_acme(bot, id=f"c{number}", name=f"Client {number:02}", domains=(), contacts=())
    listed = await coming(anna, "clients")
    assert "Client 19" in words(listed)

    await anna.click(listed, label="Page 2 of 3")

    assert "Client 20" in words(anna.ephemerals[-1])
    assert "Client 19" not in words(anna.ephemerals[-1])
