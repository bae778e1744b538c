"""The approval of a manager for a blocked option, from the form to the decision that stands."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.approval import ApprovalState
from domain.decision import DecisionState, Override
from domain.member import Workspace
from domain.words import MeetingKind, Option, Reason, Verdict
from playground import Person, SlackStandIn, View, words
from playground.records import Message
from storage import approvals, decisions, meetings, members, requests, workspaces
from storage.workspaces import WORKSPACES
from tests.support.agency import (
    BRIEF,
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.bot import TUESDAY_MORNING, RunningBot
from tests.support.mail import MailServer
from tests.support.slack import COLLEAGUE, OWNER, lost_in_the_sdk

BOSS = "U0CARA"
NOTE = "Sanne asked for it in writing."
EMAIL = {"status": "Built.", "decisions_needed": "Which photo?", "note": NOTE}


@pytest.fixture
def cara(slack: SlackStandIn) -> Person:
    """Who approves in this workspace."""
    slack.add_user(BOSS, name="cara", real_name="Cara Smit", email="cara@meetdown.example")
    return slack.as_user(BOSS)


async def asks(bot: RunningBot, **changes: Any) -> None:
    """The workspace asks for approvals."""

    def store(session: Session) -> None:
        known = workspaces.get(session, TEAM) or Workspace(team_id=TEAM)
        workspaces.save(session, known)
        values = {"asks_approval": True, "approver_id": BOSS, **changes}
        session.execute(update(WORKSPACES).where(WORKSPACES.c.team_id == TEAM).values(**values))

    await bot.meetdown.database.run(store)


async def wants(bot: RunningBot, anna: Person) -> View:
    """A blocked option's modal."""
    await asks(bot)
    await with_acme(bot)
    await with_meeting(bot, kind=MeetingKind.COMPLAINT)
    return await choose(anna, "E-mail for now")


async def asked(bot: RunningBot, anna: Person, cara: Person) -> Message:
    """Anna has asked; the message that Cara gets."""
    await decide(anna, await wants(bot, anna), EMAIL)
    await bot.settle()
    return cara.messages[-1]


def labels(message: Any) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("type") == "button"
    ]


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

    assert (await anna.click(waiting, label="Withdraw")).ok
    assert (await anna.click(waiting, action_id="approval.withdraw")).ok
    for action in ("approval.approve", "approval.decline"):
        await cara.click(question, action_id=action)
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


async def test_a_meeting_that_is_cancelled_or_moved_is_no_longer_asked_about(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    question = await asked(bot, anna, cara)

    def move(session: Session) -> None:
        requests.end_of_meeting(session, TEAM, "meeting", ApprovalState.MOVED, bot.clock.now())
        session.execute(update(meetings.MEETINGS).values(starts_at=THURSDAY + timedelta(days=1)))

    await bot.meetdown.database.run(move)
    await bot.settle()

    assert "has another time now" in words(question)
    assert labels(question) == []
    assert "no longer fits" in words(anna.messages[-1])
    assert "Make it a call" in labels(anna.messages[-1])


async def test_a_meeting_that_has_started_is_approved_by_nobody(bot: RunningBot, anna: Person, cara: Person) -> None:
    question = await asked(bot, anna, cara)
    bot.clock.move_to(THURSDAY + timedelta(minutes=1))

    await cara.click(question, label="Approve")
    assert "has started already" in words(cara.ephemerals[-1])
    await bot.settle()

    assert await states(bot) == {(DecisionState.REFUSED, ApprovalState.WITHDRAWN)}
    assert labels(question) == []


async def test_a_workspace_that_no_longer_asks_leaves_it_to_the_owner(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    question = await asked(bot, anna, cara)

    await asks(bot, asks_approval=False)
    await bot.settle()

    assert "no longer needed in this workspace" in words(question)
    assert labels(anna.messages[-1])[0] == "Go ahead"


async def test_somebodys_own_manager_is_asked_before_the_workspaces(
    bot: RunningBot, anna: Person, ben: Person, cara: Person
) -> None:
    await coming(anna)
    await bot.meetdown.database.run(_manager, OWNER, COLLEAGUE)
    await asked(bot, anna, ben)

    assert "vraagt je akkoord" in words(ben.messages[-1])
    assert cara.messages == []


async def test_who_cannot_answer_is_not_asked(bot: RunningBot, slack: SlackStandIn, anna: Person, cara: Person) -> None:
    del cara
    slack.add_user("UGONE", deleted=True)
    slack.add_user("UBOT", is_bot=True)
    slack.add_user("UHIDDEN", visible=False)
    await wants(bot, anna)

    for manager in ("UGONE", "UBOT", "UHIDDEN", "UNOBODY", OWNER):
        await bot.meetdown.database.run(_manager, OWNER, manager)
        assert "Cara Smit has to approve this." in words(await choose(anna, "E-mail for now")), manager


async def test_where_nobody_else_is_there_the_note_is_enough(bot: RunningBot, anna: Person) -> None:
    await asks(bot, approver_id=OWNER)
    await with_acme(bot)
    await with_meeting(bot, kind=MeetingKind.COMPLAINT)
    modal = await choose(anna, "E-mail for now")
    assert "has to approve" not in words(modal)

    await decide(anna, modal, EMAIL)

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.override == Override(verdict=Verdict.BLOCKED, note=NOTE)


async def test_an_approver_who_left_meanwhile_is_not_asked_unseen(
    bot: RunningBot, slack: SlackStandIn, anna: Person, cara: Person
) -> None:
    del cara
    modal = await wants(bot, anna)
    slack.store.users[BOSS].deleted = True

    assert (await anna.submit(modal, EMAIL)).ok
    assert anna.modal is modal
    assert "has to approve" not in words(modal)
    await decide(anna, modal)

    assert await decision_of(bot) is not None


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


async def states(bot: RunningBot) -> set[tuple[DecisionState, ApprovalState | None]]:
    def read(session: Session) -> set[tuple[DecisionState, ApprovalState | None]]:
        rows = session.execute(decisions.DECISIONS.select()).all()
        found = [(row.state, approvals.get(session, TEAM, row.id)) for row in rows]
        return {(state, approval.state if approval else None) for state, approval in found}

    return await bot.meetdown.database.read(read)


def _manager(session: Session, user_id: str, manager_id: str) -> None:
    session.execute(
        update(members.MEMBERS)
        .where(members.MEMBERS.c.team_id == TEAM, members.MEMBERS.c.user_id == user_id)
        .values(manager_id=manager_id)
    )
