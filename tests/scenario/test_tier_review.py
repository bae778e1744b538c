"""The quarter's question to the leads."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.client import Client
from domain.words import Tier
from playground import Person, words
from storage import clients, posts
from tests.support.agency import ACME, TEAM, coming, with_acme
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER

APRIL = datetime(2026, 3, 31, 22, tzinfo=UTC)
"""The quarter's first moment in Amsterdam."""


async def acme(bot: RunningBot) -> Client:
    found = await bot.meetdown.database.read(clients.get, TEAM, "acme")
    assert found is not None
    return found


async def test_a_lead_is_asked_once_a_quarter_and_each_answer_shows_in_the_question(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await coming(anna)
    await coming(ben)
    await with_acme(
        bot,
        id="seen",
        name="Seen",
        lead_id=COLLEAGUE,
        domains=(),
        contacts=(),
        tier_reviewed_at=APRIL + timedelta(hours=1),
    )
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
    shown_before = deepcopy(anna.messages[0])
    await anna.click(shown_before, label="All fit")
    await anna.click(shown_before, label="All fit")
    await bot.settle()
    assert "are as they should be" not in words(anna.messages[0])
    await anna.click(anna.messages[0], label="All fit")
    await bot.settle()
    (asked,) = anna.messages
    assert "are as they should be for this quarter" in words(asked)
    assert "label" not in str([block for block in asked.blocks if block["type"] == "actions"])
    assert all(one.tier_reviewed_at for one in await bot.meetdown.database.read(clients.all_of, TEAM))
    assert (await acme(bot)).tier is Tier.A
    assert ben.messages == []

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


async def test_an_answer_that_comes_after_a_month_is_noted_and_nothing_is_posted_anew(
    bot: RunningBot, anna: Person
) -> None:
    await coming(anna)
    await with_acme(bot, lead_id=OWNER)
    await bot.go_to(datetime(2026, 4, 1, 7, 5, tzinfo=UTC))
    (asked,) = anna.messages
    await bot.meetdown.database.run(posts.prune, datetime(2027, 1, 1, tzinfo=UTC))

    await anna.click(asked, label="Keep B")
    await bot.settle()

    assert "✓ Noted." in words(anna.ephemerals[-1])
    assert len(anna.messages) == 1
    assert (await acme(bot)).tier_reviewed_at is not None


async def test_the_pages_of_the_list_open_from_a_message_in_the_chat_too(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, revenue_share=0.2)
    await anna.send_dm("clients")
    listed = await anna.wait_for_message("1 client")

    await anna.click(listed, label="1 tier to look at")
    await anna.click(anna.ephemerals[-1], label="Make it A")

    assert "none. Every tier fits" in words(anna.ephemerals[-1])
    assert (await acme(bot)).tier is Tier.A
