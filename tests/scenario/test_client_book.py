"""The client book: tiers beside revenue, contacts, merging, archiving, and the file to take along."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.services.client_changes import ClientChanges
from bot.services.import_clients import import_clients
from domain.client import Client, Contact
from domain.errors import DomainError
from domain.member import Member, Workspace
from domain.words import Formality, Tier
from playground import Person, SlackStandIn, View, words
from storage import clients, members, workspaces
from tests.support.agency import (
    ACME,
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
from tests.support.slack import COLLEAGUE, OWNER


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


async def test_the_form_of_address_can_be_left_to_whoever_writes(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, formality=Formality.FORMAL)
    assert (await anna.submit(await change(anna), {"formality": "as_owner"})).ok
    assert (await acme(bot)).formality is None


async def test_changing_a_client_leaves_alone_what_the_window_does_not_show(bot: RunningBot, anna: Person) -> None:
    before = await with_acme(bot, crm="hubspot", crm_id="7", tier_reviewed_at=THURSDAY - timedelta(days=40))
    assert (await anna.submit(await change(anna), {"notes": "Mornings"})).ok
    assert await acme(bot) == replace(before, notes="Mornings", language="en")


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


async def test_a_merge_that_was_sent_twice_is_done_once(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_acme(bot, id="ltd", name="Acme Ltd", domains=(), contacts=())
    await anna.click(await change(anna), label="Merge with another…")
    await anna.submit(shown(anna), {"client": "ltd"})
    sure, member = shown(anna), Member(team_id=TEAM, user_id=OWNER)
    changes = ClientChanges(database=bot.meetdown.database, clock=bot.clock, jobs=bot.meetdown.planner)

    once = [await changes.merge(member, sure.private_metadata, True) for _ in range(2)]

    assert [client.name for client in once] == ["Acme Ltd", "Acme Ltd"]
    assert set(await book(bot)) == {"Acme Ltd"}
    with pytest.raises(DomainError):
        await changes.merge(replace(member, user_id=COLLEAGUE), sure.private_metadata, True)


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


async def as_admin(slack: SlackStandIn, bot: RunningBot) -> None:
    slack.store.users[OWNER].is_admin = True
    await bot.meetdown.database.run(
        members.save_profile,
        team_id=TEAM,
        user_id=OWNER,
        name="Anna Berg",
        email="anna@meetdown.example",
        locale="en-US",
        time_zone="Europe/Amsterdam",
        now=bot.clock.now(),
        is_admin=True,
    )


FULL: dict[str, Any] = {
    "notes": "=SUM(1)\nand, “more”",
    "tier": Tier.A,
    "revenue": 1_250_000.5,
    "revenue_share": 1.0,
    "language": "nl",
    "formality": Formality.INFORMAL,
    "time_zone": "Europe/London",
    "lead_email": "lead@house.example",
    "open_complaint": True,
    "contacts": (
        replace(SANNE, language="en", time_zone="America/New_York"),
        Contact(id="two", client_id="acme", name="@Joe", phone="+31207941234"),
    ),
}


async def test_the_book_goes_out_as_a_file_and_comes_in_again_as_it_was(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await as_admin(slack, bot)
    await with_acme(bot, **FULL)
    await with_acme(bot, id="z", name="'=Zeta", contacts=(), domains=())

    assert "I am writing 2 clients into a file." in words(await coming(anna, "clients export"))
    await bot.settle()

    message = anna.messages[-1]
    (file_id,) = message.files
    content = slack.content_of(file_id)
    assert "*The client book:* 2 clients." in words(message)
    assert slack.store.files[file_id].name == "clients-20260310.csv"
    cells = content.decode("utf-8-sig")
    assert "'+31207940800" in cells
    assert not re.search(r'(^|,)"?[=+@-]', cells, re.MULTILINE)
    await bot.meetdown.database.run(workspaces.purge, TEAM)
    await bot.meetdown.database.run(workspaces.save, Workspace(team_id=TEAM, name="Acme"))
    imported = await import_clients(bot.meetdown.database, team_id=TEAM, content=content)

    def without_ids(client: Client) -> Client:
        people = tuple(replace(one, id="", client_id="") for one in client.contacts)
        return replace(client, id="", tier_reviewed_at=None, contacts=people)

    assert imported.problems == ()
    assert {name: without_ids(one) for name, one in (await book(bot)).items()} == {
        "Acme": without_ids(replace(ACME, **FULL)),
        "'=Zeta": without_ids(replace(ACME, name="'=Zeta", contacts=(), domains=())),
    }


async def test_a_lead_takes_along_their_own_clients_and_others_none(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    await with_acme(bot, lead_id=COLLEAGUE)
    await with_acme(bot, id="z", name="Zeta", contacts=(), domains=())

    refused = words(await coming(anna, "clients export"))
    await coming(ben, "clients export")
    await bot.settle()

    assert "for administrators" in refused
    assert not [one for one in anna.messages if one.files]
    content = slack.content_of(ben.messages[-1].files[0]).decode("utf-8-sig")
    assert "Acme" in content
    assert "Zeta" not in content
    assert "*De klant van wie je accountmanager bent.*" in words(ben.messages[-1])


async def test_a_lead_is_asked_once_a_quarter_and_each_answer_shows_in_the_question(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await coming(anna)
    await with_acme(bot, lead_id=OWNER, revenue_share=0.2)
    for number in range(17):
        await with_acme(bot, id=f"c{number}", name=f"Client {number:02}", lead_id=OWNER, domains=(), contacts=())
    await bot.go_to(datetime(2026, 3, 31, 12, tzinfo=UTC))
    assert anna.messages == []

    await bot.go_to(datetime(2026, 4, 1, 7, 5, tzinfo=UTC))
    (asked,) = anna.messages
    text = words(asked)
    assert "A new quarter: do these tiers still fit?" in text
    assert "*Acme* · tier B · 20 % of the revenue suggests *A*" in text
    assert "And 3 more: `/meetdown clients`" in text
    assert "name another lead" in text
    assert "Client 14" not in text

    menu = next(block for block in asked.blocks if block["type"] == "actions")
    await anna.select(asked, menu["block_id"], "2026q2.acme.A")
    await bot.settle()
    (asked,) = anna.messages
    assert "✓ Looked at this quarter: Acme (A)" in words(asked)
    assert "And 2 more" in words(asked)
    await anna.click(asked, label="Keep B", value="2026q2.c0.B")
    await bot.settle()
    await anna.click(anna.messages[0], label="All fit")
    await bot.settle()
    await anna.click(anna.messages[0], label="All fit")
    await bot.settle()
    (asked,) = anna.messages
    assert "are as they should be for this quarter" in words(asked)
    assert "label" not in str([block for block in asked.blocks if block["type"] == "actions"])
    assert all(one.tier_reviewed_at for one in (await book(bot)).values())
    assert (await acme(bot)).tier is Tier.A

    await bot.go_to(datetime(2026, 4, 9, 9, tzinfo=UTC))
    await bot.go_to(datetime(2026, 7, 1, 7, 5, tzinfo=UTC))
    assert len([one for one in anna.messages if "A new quarter" in words(one)]) == 1
    assert len(anna.messages) == 2


async def test_only_whoever_leads_a_client_answers_for_its_tier(bot: RunningBot, anna: Person, ben: Person) -> None:
    await coming(anna)
    await with_acme(bot, lead_id=OWNER)
    await bot.go_to(datetime(2026, 4, 1, 7, 5, tzinfo=UTC))
    (asked,) = anna.messages
    await bot.meetdown.database.run(clients.update, replace(ACME, lead_id=COLLEAGUE))

    await anna.click(asked, label="Keep B")

    assert "belongs to a colleague" in words(anna.ephemerals[-1])
    assert (await acme(bot)).tier_reviewed_at is None
    assert ben.messages == []


async def test_a_lead_with_nothing_to_look_at_hears_nothing(bot: RunningBot, anna: Person) -> None:
    await coming(anna)
    await with_acme(bot, lead_id=OWNER, tier_reviewed_at=datetime(2026, 4, 1, 6, tzinfo=UTC))
    await bot.go_to(datetime(2026, 4, 1, 7, 5, tzinfo=UTC))

    assert anna.messages == []
