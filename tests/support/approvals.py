"""The steps up to the approval of a manager, for the scenarios."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.approval import ApprovalState
from domain.decision import DecisionState
from domain.member import Workspace
from domain.words import MeetingKind
from playground import Person, View
from playground.records import Message
from storage import approvals, decisions, workspaces
from storage.workspaces import WORKSPACES
from tests.support.agency import (
    TEAM,
    choose,
    decide,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot

BOSS = "U0CARA"


NOTE = "Sanne asked for it in writing."


EMAIL = {"status": "Built.", "decisions_needed": "Which photo?", "note": NOTE}


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


async def states(bot: RunningBot) -> set[tuple[DecisionState, ApprovalState | None]]:
    def read(session: Session) -> set[tuple[DecisionState, ApprovalState | None]]:
        rows = session.execute(decisions.DECISIONS.select()).all()
        found = [(row.state, approvals.get(session, TEAM, row.id)) for row in rows]
        return {(state, approval.state if approval else None) for state, approval in found}

    return await bot.meetdown.database.read(read)
