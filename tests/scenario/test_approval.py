"""The approval of a manager for a blocked option, from the form to the decision that stands."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.approval import ApprovalState
from domain.decision import DecisionState, Override
from domain.member import Workspace
from domain.words import MeetingKind, Option, Verdict
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


async def test_the_form_says_who_has_to_approve_before_it_is_submitted(
    bot: RunningBot, anna: Person, cara: Person
) -> None:
    del cara
    modal = await wants(bot, anna)

    shown = words(modal)
    assert "Cara Smit has to approve this." in shown
    assert "Goes to Cara Smit" in shown
    assert "Nothing happens before Cara Smit has approved it." in shown
    assert modal.payload["submit"]["text"] == "Ask for approval"


async def test_the_approver_reads_all_but_the_private_reason(bot: RunningBot, anna: Person, cara: Person) -> None:
    question = await asked(bot, anna, cara)

    shown = words(question)
    for told in (f"<@{OWNER}> asks for your approval", "Planning", "By e-mail for now", NOTE, "✕ Better not", "Built."):
        assert told in shown, told
    assert "that needs a conversation" in shown
    assert "Too much work" not in shown
    assert labels(question) == ["Approve", "Decline"]
    assert lost_in_the_sdk(question.blocks) == []
