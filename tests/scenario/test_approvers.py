"""Who is asked for an approval, where nobody can be, and what is no longer asked about."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.approval import ApprovalState
from domain.decision import DecisionState, Override
from domain.words import MeetingKind, Verdict
from playground import Person, SlackStandIn, words
from storage import meetings, members, requests
from tests.support.agency import (
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.approvals import BOSS, EMAIL, NOTE, asked, asks, labels, states, wants
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER


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


def _manager(session: Session, user_id: str, manager_id: str) -> None:
    session.execute(
        update(members.MEMBERS)
        .where(members.MEMBERS.c.team_id == TEAM, members.MEMBERS.c.user_id == user_id)
        .values(manager_id=manager_id)
    )


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
