"""The approval of a manager for a blocked option, from the form to the decision that stands."""

from copy import deepcopy
from datetime import timedelta

from domain.approval import ApprovalState
from domain.decision import DecisionState, Override
from domain.words import Option, Reason, Verdict
from playground import Person, words
from tests.support.agency import (
    BRIEF,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.approvals import BOSS, EMAIL, NOTE, asked, asks, labels, states, wants
from tests.support.bot import TUESDAY_MORNING, RunningBot
from tests.support.mail import MailServer
from tests.support.slack import COLLEAGUE, OWNER, lost_in_the_sdk


async def test_the_form_names_the_approver_who_then_reads_all_but_the_reason(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    modal = await wants(bot, anna)
    form = words(modal)
    assert modal.payload["submit"]["text"] == "Ask for approval"

    await decide(anna, modal, EMAIL)
    await bot.settle()

    for told in (
        "Cara Smit has to approve this.",
        "Goes to Cara Smit",
        "Nothing happens before Cara Smit has approved",
    ):
        assert told in form
    question = cara.messages[-1]
    shown = words(question)
    for told in (f"<@{OWNER}> asks for your approval", "Planning", "By e-mail for now", NOTE, "✕ Better not", "Built."):
        assert told in shown, told
    assert "that needs a conversation" in shown
    assert "Too much work" not in shown
    assert labels(question) == ["Approve", "Decline"]
    assert lost_in_the_sdk(question.blocks) == []


async def test_a_yes_carries_it_out_and_is_kept_with_the_override(
    mailing_bot: RunningBot, anna: Person, cara: Person, mail: MailServer
) -> None:
    question = await asked(mailing_bot, anna, cara)
    waiting = anna.messages[-1]
    assert await decision_of(mailing_bot) is None
    assert mail.received == []
    assert f"Waits for the approval of <@{BOSS}>" in words(waiting)
    assert labels(waiting) == ["Withdraw", "Why?"]

    assert (await cara.click(question, label="Approve")).ok
    assert (await cara.click(question, action_id="approval.approve")).ok
    await mailing_bot.settle()

    assert len(mail.received) == 1
    decision = await decision_of(mailing_bot)
    assert decision is not None
    assert decision.override == Override(
        verdict=Verdict.BLOCKED, note=NOTE, asked_of=BOSS, approved_at=decision.made_at
    )
    told = words(anna.messages[-1])
    assert "E-mail sent to sanne@acme.example." in told
    assert f"Approved by <@{BOSS}>, today, 09:" in told
    assert "There is a newer message about this meeting below." in words(waiting)
    assert "You approved this" in words(question)
    assert labels(question) == []


async def test_a_no_gives_the_owner_the_sentence_and_the_buttons_again(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    question = await asked(bot, anna, cara)

    await cara.click(question, label="Decline")
    assert (await cara.submit(await cara.wait_for_modal(), {"because": "Go <!here>, please."})).ok
    await bot.settle()

    told = anna.messages[-1]
    assert f"<@{BOSS}> does not approve it." in words(told)
    assert "Go &lt;!here&gt;, please." in words(told)
    assert "Make it shorter" in labels(told)
    assert "Go &lt;!here&gt;, please." in words(question)
    assert labels(question) == []
    assert await decision_of(bot) is None
    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()
    assert "Shorter: 20 min instead of 90" in words(told)
    assert "does not approve" not in words(told)
    await bot.go_to(THURSDAY - timedelta(hours=1, minutes=55))
    assert [one for one in anna.messages if "Last call" in words(one)] == []


async def test_silence_leaves_the_choice_to_the_owner(bot: RunningBot, anna: Person, cara: Person) -> None:
    question = await asked(bot, anna, cara)
    await bot.go_to(TUESDAY_MORNING + timedelta(hours=4, minutes=1))

    told = anna.messages[-1]
    assert f"<@{BOSS}> has not answered" in words(told)
    assert labels(told) == ["Go ahead on my own word", "Choose another way", "Keep it", "Why?"]
    assert labels(question) == []
    assert (await anna.click(told, label="Go ahead on my own word")).ok
    assert (await anna.click(told, action_id="approval.go_ahead")).ok
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.override == Override(verdict=Verdict.BLOCKED, note=NOTE, asked_of=BOSS, approved_at=None)
    assert f"Without an approval: <@{BOSS}> had not answered" in words(told)


async def test_a_text_that_names_a_day_gone_by_goes_out_on_nobodys_word(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    await decide(anna, await wants(bot, anna), EMAIL | {"next_contact": "2026-03-11"})
    await bot.go_to(TUESDAY_MORNING + timedelta(hours=4, minutes=1))
    unanswered = anna.messages[-1]
    bot.clock.move_to(THURSDAY - timedelta(hours=1))

    await anna.click(unanswered, label="Go ahead on my own word")

    assert "names has gone by" in words(anna.ephemerals[-1])
    assert await states(bot) == {(DecisionState.REQUESTED, ApprovalState.TIMED_OUT)}


async def test_after_silence_the_owner_may_choose_another_way(bot: RunningBot, anna: Person, cara: Person) -> None:
    await asked(bot, anna, cara)
    await bot.go_to(TUESDAY_MORNING + timedelta(hours=4, minutes=1))
    unanswered = anna.messages[-1]
    await bot.go_to(THURSDAY - timedelta(hours=1, minutes=55))
    assert "Last call" in words(anna.messages[-1])
    assert "There is a newer message" in words(unanswered)

    card = await coming(anna, "Planning")
    await anna.click(card, label="Choose another way")
    await anna.click(card, label="Make it shorter")
    await decide(anna, await anna.wait_for_modal())
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.SHORTER
    assert await states(bot) == {(DecisionState.REFUSED, ApprovalState.TIMED_OUT), (DecisionState.STANDING, None)}


async def test_what_waits_is_withdrawn_by_its_owner_only(
    bot: RunningBot, anna: Person, ben: Person, cara: Person
) -> None:
    question = await asked(bot, anna, cara)
    waiting = anna.messages[-1]
    for person, message, action in (
        (ben, waiting, "approval.withdraw"),
        (cara, waiting, "approval.withdraw"),
        (ben, question, "approval.approve"),
        (anna, question, "approval.approve"),
        (anna, question, "approval.decline"),
    ):
        await person.click(message, action_id=action)
        assert words(person.ephemerals[-1]).startswith(("This is not yours", "Dit is niet aan jou"))
    await anna.click(waiting, label="Why?")
    assert f"Waits for the approval of <@{BOSS}>" in words(await anna.wait_for_modal())

    # As they stand on screens that have not been drawn anew: the jobs take the buttons away in the meantime.
    still_waiting, still_asked = deepcopy(waiting), deepcopy(question)
    assert (await anna.click(waiting, label="Withdraw")).ok
    assert (await anna.click(still_waiting, action_id="approval.withdraw")).ok
    for action in ("approval.approve", "approval.decline"):
        await cara.click(still_asked, action_id=action)
        assert "This request is over" in words(cara.ephemerals[-1])
    await bot.settle()

    assert "Make it a call" in labels(waiting)
    assert "no longer asks for your approval" in words(question)
    assert labels(question) == []
    assert await states(bot) == {(DecisionState.REFUSED, ApprovalState.WITHDRAWN)}


async def test_while_it_waits_nothing_else_is_chosen_but_keeping_it(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    question = await asked(bot, anna, cara)
    card = await coming(anna, "Planning")
    assert labels(card) == ["Withdraw", "Why?"]
    listed = await coming(anna)

    await anna.click(listed, label="Make it shorter")
    assert anna.modal is None
    assert "waits for an approval" in words(anna.ephemerals[-1])
    await anna.click(listed, label="Keep it")
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.KEEP
    assert "no longer asks" in words(question)


async def test_an_illness_needs_nobodys_approval_so_a_sick_day_takes_the_place_of_what_waits(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    question = await asked(bot, anna, cara)
    assert (await anna.command("/meetdown", "sick until Friday")).ok
    form = await anna.wait_for_modal()
    assert f"Waits for the approval of <@{BOSS}>. What you choose here counts instead." in words(form)

    assert (await anna.submit(form)).ok
    texts = await anna.wait_for_modal()
    assert (await anna.submit(texts)).ok
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert (decision.option, decision.reason) == (Option.SHORTER, Reason.ILLNESS)
    assert "no longer asks" in words(question)
    assert labels(question) == []
    assert "illness" not in words(question)


async def test_the_brief_goes_to_the_colleague_only_after_the_approval(
    bot: RunningBot, anna: Person, ben: Person, cara: Person
) -> None:
    await asks(bot)
    await with_acme(bot)
    await with_meeting(bot)
    await coming(ben)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.reason", "rather_not")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, {**BRIEF, "note": NOTE})
    await bot.settle()
    assert ben.messages == []
    question = cara.messages[-1]
    assert "Hand-over to Ben Visser" in words(question)
    assert "rather not" not in words(question)
    assert "Hand-over to Ben Visser" in words(anna.messages[-1])

    await cara.click(question, label="Approve")
    await bot.settle()

    assert "brief.accept" in str(ben.messages[-1].blocks)
    assert "Asked Ben Visser to take over" in words(anna.messages[-1])


async def test_a_request_is_no_step_down(bot: RunningBot, anna: Person, cara: Person) -> None:
    await asked(bot, anna, cara)
    await with_meeting(bot, id="next", title="Budget", starts_at=THURSDAY + timedelta(days=1))

    why = await anna.click(await coming(anna, "Budget"), label="Why?")

    assert why.ok
    assert "2 step-downs in 90 days, of which 2 left" in words(await anna.wait_for_modal())
