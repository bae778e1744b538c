"""The client book: tiers beside revenue, contacts, merging, archiving, and the file to take along."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from domain.client import Client, Contact
from domain.words import Formality, Tier
from playground import Person, View, words
from storage import clients
from tests.support.agency import (
    SANNE,
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    expect_errors,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.published import PublishedCalendar, meeting


async def book(bot: RunningBot) -> dict[str, Client]:
    return {client.name: client for client in await bot.meetdown.database.read(clients.all_of, TEAM)}


async def acme(bot: RunningBot) -> Client:
    return (await book(bot))["Acme"]


async def change(person: Person, name: str = "Acme") -> View:
    """The window in which a client is changed."""
    listed = await coming(person, "clients")
    section = next(block for block in listed.blocks if f"*{name}*" in str(block.get("text")))
    await person.click(listed, label="Open", value=section["accessory"]["value"])
    await person.click(await person.wait_for_modal(), label="Change")
    return await person.wait_for_modal()


async def close(person: Person) -> None:
    if person.modal is not None:
        await person.close_view(person.modal, all_of_them=True)


def shown(person: Person) -> View:
    assert person.modal is not None
    return person.modal


async def test_shares_are_reckoned_from_revenues_and_the_tier_that_they_suggest_is_one_click_away(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot, tier=Tier.C)
    await with_acme(bot, id="globex", name="Globex", tier=Tier.A, domains=(), contacts=(), revenue_share=0.5)

    errors = await expect_errors(anna, await change(anna), {"revenue": "lots"})
    assert "such as 250,000" in errors["revenue"]
    await anna.submit(shown(anna), {"revenue": "€ 0.4m"})
    await close(anna)
    await anna.submit(await change(anna, "Globex"), {"revenue": "9,600,000"})
    await close(anna)

    found = await book(bot)
    assert {name: (one.revenue, one.revenue_share) for name, one in found.items()} == {
        "Acme": (400_000, 0.04),
        "Globex": (9_600_000, 0.96),
    }
    window = await change(anna)
    assert "Suggested: B* (4 % of the revenue; A from 10 %, B from 3 %)" in words(window)
    await anna.click(window, label="Make it B")
    assert "✓ This tier fits" in words(shown(anna))
    assert (await anna.submit(shown(anna))).ok
    changed = await acme(bot)
    assert (changed.tier, changed.tier_reviewed_at is not None) == (Tier.B, True)


async def test_a_page_lists_the_tiers_that_the_revenue_does_not_suggest(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, revenue_share=0.2)
    await with_acme(bot, id="b", name="Fitting", tier=Tier.A, revenue_share=0.5, domains=(), contacts=())
    await with_acme(bot, id="c", name="Unknown", domains=(), contacts=())

    await anna.click(await coming(anna, "clients"), label="1 tier to look at")
    page = anna.ephemerals[-1]
    text = words(page)
    assert "*Acme* · tier B · 20 % of the revenue suggests *A*" in text
    assert "Of 1 client I do not know the revenue." in text
    assert "Fitting" not in text
    await anna.click(page, label="Make it A")

    assert "none. Every tier fits" in words(anna.ephemerals[-1])
    assert (await acme(bot)).tier is Tier.A
    assert "none. Every tier fits" in words(await coming(anna, "clients tiers"))


async def test_contacts_are_added_checked_put_first_and_removed(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, language="nl")
    await anna.click(await change(anna), label="Contacts")
    assert "Sanne Jansen · sanne@acme.example · +31 20 794 0800" in words(shown(anna))
    await anna.click(shown(anna), label="Add a contact")
    errors = await expect_errors(
        anna,
        shown(anna),
        {"contact_name": " ", "contact_email": "sanne@acme.example", "phone": "12", "zone": "Atlantis"},
    )
    assert set(errors) == {"contact_name", "contact_email", "phone", "zone"}
    assert "has that address already" in errors["contact_email"]
    filled = {
        "contact_name": "Joe  Doe",
        "contact_email": "Joe@acme.example",
        "phone": "020 794 1234",
        "language": "en",
        "zone": "new york",
    }
    assert (await anna.submit(shown(anna), filled)).ok

    sanne, joe = (await acme(bot)).contacts
    assert sanne == SANNE
    assert replace(joe, id="") == Contact(
        id="",
        client_id="acme",
        name="Joe Doe",
        email="joe@acme.example",
        phone="+31207941234",
        language="en",
        time_zone="America/New_York",
    )
    await anna.click(shown(anna), label="Change", value=joe.id)
    await anna.click(shown(anna), label="Make first")
    assert [one.name for one in (await acme(bot)).contacts] == ["Joe Doe", "Sanne Jansen"]
    await anna.click(shown(anna), label="Change", value=joe.id)
    assert (await anna.submit(shown(anna), {"phone": "", "zone": ""})).ok
    assert [(one.phone, one.time_zone) for one in (await acme(bot)).contacts] == [("", ""), ("+31207940800", "")]
    await anna.click(shown(anna), label="Change", value="sanne")
    await anna.click(shown(anna), label="Remove")
    assert [one.name for one in (await acme(bot)).contacts] == ["Joe Doe"]


async def test_changing_a_client_leaves_alone_what_the_window_does_not_show(bot: RunningBot, anna: Person) -> None:
    seen = THURSDAY - timedelta(days=40)
    before = await with_acme(bot, crm="hubspot", crm_id="7", tier_reviewed_at=seen, formality=Formality.FORMAL)
    assert (await anna.submit(await change(anna), {"notes": "Mornings", "formality": "as_owner"})).ok
    assert await acme(bot) == replace(before, notes="Mornings", formality=None)


async def test_two_clients_become_one_with_everything_that_both_had(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, tier=Tier.C, notes="One")
    people = (
        replace(SANNE, id="s2", client_id="ltd", phone=""),
        replace(SANNE, id="j", client_id="ltd", email="j@x.y"),
    )
    await with_acme(
        bot, id="ltd", name="Acme Ltd", tier=Tier.A, domains=("acme.test",), contacts=people, notes="Two", crm="hubspot"
    )
    await with_acme(bot, id="other", name="Zeta", domains=(), contacts=())
    await with_meeting(bot, client_id="ltd")
    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()

    await anna.click(await change(anna), label="Merge with another…")
    start = shown(anna)
    names = [option["text"]["text"] for option in start.blocks[1]["element"]["options"]]
    assert names == ["Acme Ltd", "Zeta"]
    assert (await anna.submit(start, {"client": "ltd"})).ok
    sure = words(shown(anna))
    assert "*Acme Ltd* goes into *Acme*: 2 contacts, 1 domain, 1 meeting, 1 decision." in sure
    assert "cannot be undone" in sure
    assert set(await book(bot)) == {"Acme", "Acme Ltd", "Zeta"}
    assert (await anna.submit(shown(anna), {"name": "other"})).ok
    await bot.settle()

    assert "They are one client now: *Acme Ltd*" in words(shown(anna))
    found = await book(bot)
    assert set(found) == {"Acme Ltd", "Zeta"}
    one = found["Acme Ltd"]
    assert (one.id, one.tier, one.notes, one.crm) == ("acme", Tier.A, "One\n\nTwo", "hubspot")
    assert one.domains == ("acme.example", "acme.test")
    assert [(contact.email, contact.phone) for contact in one.contacts] == [
        ("sanne@acme.example", "+31207940800"),
        ("j@x.y", "+31207940800"),
    ]
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.client_id == "acme"


async def test_an_archived_client_is_out_of_everything_but_its_history_and_comes_back(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot)
    async with PublishedCalendar() as calendar:
        calendar.publish(meeting("Planning", THURSDAY, "sanne@acme.example"))
        await anna.command("/meetdown", "connect")
        await anna.submit(await anna.wait_for_modal(), {"url": calendar.secret})
        await bot.settle()
        assert "Planning" in words(await coming(anna))

        await anna.click(await change(anna), label="Archive")
        assert "*Acme* is archived" in words(shown(anna))
        await close(anna)
        bot.clock.move(timedelta(days=1, minutes=10))
        await bot.settle()

        assert "Planning" not in words(await coming(anna))
        assert "Acme" not in words(await coming(anna, "clients"))
        assert not [one for one in anna.messages if "Add acme.example as a client" in words(one)]
        assert not [one for one in anna.messages if "Planning" in words(one) and "Keep it" in words(one)]

        await anna.click(await coming(anna, "clients archived"), label="Bring back")
        assert "*Acme* is back" in words(anna.ephemerals[-1])
        async with asyncio.timeout(5):
            while "Planning" not in words(await coming(anna)):
                await bot.settle()
    assert (await acme(bot)).archived_at is None


async def test_a_meeting_by_hand_comes_back_with_its_client_and_its_reminders(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await anna.command("/meetdown", "new Acme thursday 10:00 60m")
    await anna.submit(await anna.wait_for_modal())
    await bot.settle()
    await anna.click(await change(anna), label="Archive")
    await close(anna)
    assert "Acme" not in words(await coming(anna))

    await anna.click(await coming(anna, "clients archived"), label="Bring back")
    await bot.settle()

    assert "Acme" in words(await coming(anna))
