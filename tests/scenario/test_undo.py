"""Undo while it is possible, and what is said once it is not; keep."""

from datetime import timedelta

from domain.decision import DecisionState, Effect, EffectState
from domain.words import Option
from playground import Person, words
from playground.records import Message
from storage import decisions
from tests.support.agency import TEAM, THURSDAY, choose, coming, decide, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.mail import MailServer


def live(person: Person) -> Message:
    return next(one for one in person.messages if "Undo" in words(one))


async def shorter(bot: RunningBot, person: Person) -> Message:
    await with_acme(bot)
    await with_meeting(bot)
    await decide(person, await choose(person, "Make it shorter"))
    await bot.settle()
    return live(person)


async def test_undo_before_anything_was_sent_brings_the_buttons_and_the_reminders_back(
    bot: RunningBot, anna: Person
) -> None:
    state = await shorter(bot, anna)
    text = next(one for one in anna.messages if "Ready to send" in words(one))

    await anna.click(state, label="Undo")
    await bot.settle()

    assert "is no longer needed: the decision was undone" in words(text)
    assert "Dear Sanne" not in words(text)
    assert "Undone." in words(state)
    assert "Make it a call" in words(state)
    assert "If you have sent the e-mail" in words(state)
    assert await decision_of(bot) is None
    await bot.go_to(THURSDAY - timedelta(hours=1, minutes=55))
    assert any("Last call" in words(one) for one in anna.messages)


async def test_undo_after_the_mail_gives_a_text_that_puts_it_right(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    state = await shorter(mailing_bot, anna)

    await anna.click(state, label="Undo")
    await mailing_bot.settle()

    assert len(mail.received) == 1
    assert "The e-mail had gone out" in words(state)
    right = next(one for one in anna.messages if "Ready to send" in words(one))
    assert "sanne@acme.example" in words(right)


async def test_a_late_click_on_the_text_of_an_undone_decision_changes_no_record(bot: RunningBot, anna: Person) -> None:
    await shorter(bot, anna)
    text = next(one for one in anna.messages if "Ready to send" in words(one))
    decision = await decision_of(bot)
    assert decision is not None
    await bot.meetdown.database.run(decisions.end, TEAM, decision.id, DecisionState.UNDONE, bot.clock.now())

    await anna.click(text, label="I have sent it")

    records = await bot.meetdown.database.read(decisions.effects, decision.id)
    assert [one.state for one in records if one.effect is Effect.MAIL] == [EffectState.HANDED_OVER]


async def test_undo_twice_and_undo_too_late_explain_themselves(bot: RunningBot, anna: Person) -> None:
    await shorter(bot, anna)
    listed = await coming(anna, "Planning")
    again = await coming(anna, "Planning")
    await anna.click(listed, label="Undo")
    await bot.settle()

    await anna.click(again, label="Undo")
    assert "was undone already" in words(anna.ephemerals[-1])

    await decide(anna, await choose(anna, "Make it a call"))
    await bot.settle()
    late = await coming(anna, "Planning")
    bot.clock.move_to(THURSDAY + timedelta(minutes=1))
    await anna.click(late, label="Undo")
    assert "It is too late to undo this." in words(anna.ephemerals[-1])


async def test_after_an_undo_another_decision_can_be_made(bot: RunningBot, anna: Person) -> None:
    state = await shorter(bot, anna)
    await anna.click(state, label="Undo")
    await bot.settle()

    await anna.click(state, label="Make it a call")
    await decide(anna, await anna.wait_for_modal())
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert (decision.option, decision.state) == (Option.CALL, DecisionState.STANDING)
    assert "A call instead" in words(state)


async def test_keep_it_stops_the_reminders_and_can_be_taken_back(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    listed = await coming(anna)

    await anna.click(listed, label="Keep it")
    await anna.click(await coming(anna, "Planning"), label="Undo")
    await bot.settle()
    await anna.click(await coming(anna), label="Keep it")
    await bot.settle()

    assert "You keep it as planned" in words(listed)
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.KEEP
    await bot.go_to(THURSDAY - timedelta(minutes=30))
    assert [one for one in anna.messages if "Last call" in words(one)] == []


async def test_who_kept_a_meeting_may_step_it_down_after_all(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    first, second = await coming(anna), await coming(anna)
    await anna.click(first, label="Keep it")

    await anna.click(second, label="Make it a call")
    await decide(anna, await anna.wait_for_modal())

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.CALL
