"""Decisions that wait for a manager's word, on both engines."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.approval import Approval, ApprovalState
from domain.decision import Decision, DecisionState, Override
from domain.errors import DomainError
from domain.member import Workspace
from domain.planned import ReminderState
from domain.schedule import Leads
from domain.words import Verdict
from domain.working_days import WorkWeek
from storage import approvals, briefs, decisions, facts, outbox, reminders, requests, workspaces
from storage.database import Database
from storage.planning import plan_reminders
from tests.support.stored import ACME, BRIEF, DECISION, HANDOFF, MEETING, NOW, TEAM, agency, meeting

LATER = NOW + timedelta(hours=1)
OVERRIDE = Override(verdict=Verdict.BLOCKED, note="They know.", asked_of="UBOSS", approved_at=LATER)


def wanted(decision: Decision = DECISION) -> Decision:
    return replace(decision, state=DecisionState.REQUESTED)


def asked_of(decision: Decision) -> Approval:
    return Approval(
        decision_id=decision.id,
        team_id=TEAM,
        meeting_id=decision.meeting_id,
        owner_id=decision.owner_id,
        approver_id="UBOSS",
        asked_at=decision.made_at,
        due_at=decision.made_at + timedelta(hours=4),
    )


def ask(session: Session, decision: Decision = DECISION) -> bool:
    return requests.ask(session, wanted(decision), None, asked_of(decision))[1]


async def test_a_request_stands_only_once_it_is_approved_and_counts_from_then(database: Database) -> None:
    def check(session: Session) -> None:
        agency(session)
        assert ask(session)
        assert not ask(session)
        request = requests.of_meeting(session, TEAM, MEETING.id)
        assert request is not None
        assert request.waits
        assert decisions.standing(session, TEAM, MEETING.id) is None

        made = requests.stand(session, request, OVERRIDE, LATER)

        assert made == replace(DECISION, made_at=LATER, override=OVERRIDE)
        assert decisions.standing(session, TEAM, MEETING.id) == made
        assert requests.stand(session, request, OVERRIDE, LATER) is None
        assert requests.of_meeting(session, TEAM, MEETING.id) is None
        assert [one.work for one in outbox.promised(session)] == ["approval_asked", "carry_out"]

    await database.run(check)


async def test_one_waits_per_meeting_and_a_decision_otherwise_ends_it(database: Database) -> None:
    other = replace(DECISION, id="other", made_at=LATER)

    def check(session: Session) -> None:
        agency(session)
        ask(session)
        with pytest.raises(DomainError):
            ask(session, other)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(requests.DECISIONS.insert().values(**requests.DECISION.values(wanted(other))))

        decisions.record(session, other, None)

        ended = requests.get(session, TEAM, DECISION.id)
        assert ended is not None
        assert (ended.decision.state, ended.approval.state) == (DecisionState.REFUSED, ApprovalState.WITHDRAWN)
        assert decisions.standing(session, TEAM, MEETING.id) == other
        assert requests.of_meeting(session, TEAM, MEETING.id) is None

    await database.run(check)


async def test_the_first_word_counts_and_a_brief_goes_with_its_request(database: Database) -> None:
    def check(session: Session) -> None:
        agency(session)
        requests.ask(session, wanted(HANDOFF), BRIEF, asked_of(HANDOFF))
        request = requests.get(session, TEAM, HANDOFF.id)
        assert request is not None

        assert requests.settle(session, request, ApprovalState.DECLINED, LATER, note="No.")
        assert not requests.settle(session, request, ApprovalState.APPROVED, LATER)
        assert requests.let_go(session, request, LATER)
        assert not requests.let_go(session, request, LATER)

        brief, approval = briefs.get(session, TEAM, BRIEF.id), approvals.get(session, TEAM, HANDOFF.id)
        assert brief is not None
        assert brief.state == "withdrawn"
        assert approval is not None
        assert (approval.state, approval.note) == (ApprovalState.DECLINED, "No.")

    await database.run(check)


async def test_what_is_due_is_late_or_of_a_workspace_that_no_longer_asks(database: Database) -> None:
    def check(session: Session) -> None:
        agency(session)
        ask(session)
        workspaces.save(session, Workspace(team_id=TEAM, asks_approval=True))
        assert approvals.due(session, LATER, 10) == []
        assert [one.decision_id for one in approvals.due(session, NOW + timedelta(hours=4), 10)] == [DECISION.id]

        workspaces.save(session, Workspace(team_id=TEAM))
        assert [one.decision_id for one in approvals.due(session, LATER, 10)] == [DECISION.id]

    await database.run(check)


async def test_no_reminder_comes_while_it_waits_and_nothing_is_counted(database: Database) -> None:
    week = WorkWeek(zone=ZoneInfo("UTC"), quiet_from=time(18), quiet_until=time(8))
    leads = Leads(decide_working_days=1, last_call=timedelta(hours=2))

    def planned(session: Session) -> int:
        plan_reminders(session, MEETING, leads, week, NOW)
        found = reminders.of_meeting(session, TEAM, MEETING.id)
        return sum(one.state is ReminderState.PLANNED for one in found)

    def check(session: Session) -> None:
        agency(session)
        assert planned(session) > 0
        ask(session)
        assert planned(session) == 0
        after = meeting(9)
        workspace = workspaces.get(session, TEAM) or Workspace(team_id=TEAM)
        history = facts.gather(session, after, ACME, workspace.policy, NOW + timedelta(days=8))
        assert (history.step_downs_90d, history.last_stepped_down) == (0, False)

        request = requests.get(session, TEAM, DECISION.id)
        assert request is not None
        requests.settle(session, request, ApprovalState.TIMED_OUT, LATER)
        assert planned(session) > 0

    await database.run(check)
