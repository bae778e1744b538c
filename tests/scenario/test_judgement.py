"""The assessment on the way: think twice asks for a tick, blocked for a note, and both are kept with the decision."""

from datetime import timedelta

from domain.decision import Override
from domain.words import MeetingKind, Reason, Tier, Verdict
from playground import Person, words
from tests.support.agency import (
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    expect_errors,
    with_acme,
    with_meeting,
)
from tests.support.bot import TUESDAY_MORNING, RunningBot

EMAIL = {"status": "Built.", "decisions_needed": "Which photo?"}


async def test_think_twice_asks_for_a_tick_and_is_kept_with_the_decision(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "E-mail for now")
    assert "! Think twice" in words(modal)

    refused = await anna.submit(modal, EMAIL)
    await decide(anna, modal, {"confirm": ["yes"]})

    assert "confirm" in refused.errors
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.override == Override(verdict=Verdict.THINK_TWICE, note="")


async def test_blocked_asks_for_a_note_that_nobody_outside_sees(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot, kind=MeetingKind.COMPLAINT)
    modal = await choose(anna, "E-mail for now")
    assert "✕ Better not" in words(modal)

    refused = await anna.submit(modal, EMAIL)
    blank = await expect_errors(anna, modal, {"note": "   "})
    await decide(anna, modal, {"note": "Sanne asked for it in writing."})
    await bot.settle()

    assert "note" in refused.errors
    assert list(blank) == ["note"]
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.override == Override(verdict=Verdict.BLOCKED, note="Sanne asked for it in writing.")
    assert [one for one in anna.messages if "asked for it in writing" in words(one)] == []


async def test_another_reason_changes_the_verdict_while_the_modal_is_open(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, tier=Tier.A)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    assert "✓ Fine" in words(modal)

    await anna.select(modal, "form.reason", "rather_not")
    assert "! Think twice" in words(modal)
    assert "My advice: keep it" in words(modal)
    await anna.select(modal, "form.reason", "illness")
    assert "✓ Fine" in words(modal)
    await decide(anna, modal)
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert (decision.reason, decision.override) == (Reason.ILLNESS, None)
    assert [one for one in anna.messages if " ill" in words(one)] == []


async def test_a_warning_that_was_not_shown_yet_is_shown_first(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it a call")
    bot.clock.move_to(THURSDAY - timedelta(hours=1))

    reply = await anna.submit(modal)

    assert reply.ok
    assert anna.modal is modal
    assert "✕ Better not" in words(modal)
    assert await decision_of(bot) is None
    await decide(anna, modal, {"note": "The line is open."})
    assert await decision_of(bot) is not None


async def test_little_notice_says_ring_first_with_the_script(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot, starts_at=TUESDAY_MORNING + timedelta(hours=6))

    modal = words(await choose(anna, "Make it shorter"))

    assert "*Ring first*" in modal
    assert "+31 20 794 0800" in modal
    assert "You could say:" in modal


async def test_the_budget_and_the_last_meeting_make_the_next_one_harder(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, tier=Tier.A)
    await with_meeting(bot)
    await with_meeting(bot, id="next", title="Budget", starts_at=THURSDAY + timedelta(days=1))
    assert "My advice: make it shorter" in words(await coming(anna, "Budget"))

    await decide(anna, await choose(anna, "Make it shorter"))

    assert "My advice: keep it" in words(await coming(anna, "Budget"))
    assert "! Think twice" in words(await choose(anna, "Make it shorter", "Budget"))
