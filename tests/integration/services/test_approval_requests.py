"""Asking for an approval, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.services.option_input import OptionInput
from bot.services.option_record import ask
from domain.approval import Approval
from domain.decision import DecisionState
from domain.errors import DomainError, Problem
from storage import decisions, overviews, requests
from storage.database import Database
from tests.support.stored import DECISION, MEETING, NOW, TEAM, agency

WANTED = replace(DECISION, id="wanted", state=DecisionState.REQUESTED)
APPROVAL = Approval(
    decision_id="wanted",
    team_id=TEAM,
    meeting_id=MEETING.id,
    owner_id=DECISION.owner_id,
    approver_id="UBOSS",
    asked_at=NOW,
    due_at=NOW + timedelta(hours=4),
)


async def test_nobody_is_asked_about_a_meeting_that_was_decided_on_in_the_same_moment(database: Database) -> None:
    """The form was looked at before the other one was stored, and is stored after it."""

    def ask_after_another(session: Session) -> None:
        agency(session)
        overview = overviews.load(session, TEAM, MEETING.id, NOW)
        assert overview.decision is None
        decisions.record(session, DECISION, None)

        with pytest.raises(DomainError) as refused, session.begin_nested():
            ask(WANTED, OptionInput(), overview, APPROVAL, session)

        assert refused.value.problem is Problem.MEETING_ALREADY_DECIDED
        assert requests.get(session, TEAM, "wanted") is None
        standing = decisions.standing(session, TEAM, MEETING.id)
        assert standing is not None
        assert standing.id == DECISION.id

    await database.run(ask_after_another)
