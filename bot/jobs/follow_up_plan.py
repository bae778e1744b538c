"""Which follow-ups a decision brings, and when: the rules are in `domain.schedule`, the days in the policy."""

from datetime import UTC, datetime, time, timedelta

from bot.calendars.work_week import week_of
from domain import schedule
from domain.decision import Decision, EmailTerms, HandoffTerms
from domain.member import Workspace
from domain.overview import Overview
from domain.planned import FollowUp, FollowUpKind
from domain.words import Option

DEBRIEF_AFTER = timedelta(minutes=15)
"""After the end of a meeting that was handed over."""
CALL_AT = time(9, 0)
"""When the owner is reminded of a call that was promised for a day, in the owner's zone."""


def plan(decision: Decision, overview: Overview, workspace: Workspace | None) -> list[FollowUp]:
    """The ids are made from the decision's, so that planning twice plans once."""
    week, policy = week_of(overview.owner, workspace), overview.policy
    due: dict[FollowUpKind, datetime | None] = {}
    if decision.option in {Option.CALL, Option.SHORTER}:
        due[FollowUpKind.CONFIRM] = schedule.confirm_due(
            decision.made_at,
            starts_at=overview.meeting.starts_at,
            working_days=policy.confirm_after_working_days,
            week=week,
        )
    if isinstance(decision.terms, EmailTerms):
        days = policy.follow_up_days(overview.assessment.effective_tier)
        due[FollowUpKind.CALL] = schedule.call_due(decision.made_at, working_days=days, week=week)
        if decision.terms.call_on is not None:
            promised = datetime.combine(decision.terms.call_on, CALL_AT, week.zone).astimezone(UTC)
            due[FollowUpKind.CALL] = max(promised, decision.made_at)
    if isinstance(decision.terms, HandoffTerms):
        due[FollowUpKind.ANSWER] = schedule.answer_due(
            decision.made_at,
            starts_at=overview.meeting.starts_at,
            wait=timedelta(hours=policy.delegate_silence_working_hours),
            leave=timedelta(hours=policy.delegate_latest_hours),
            week=week,
        )
        ends_at = overview.meeting.ends_at
        due[FollowUpKind.DEBRIEF] = schedule.debrief_due(ends_at, delay=DEBRIEF_AFTER, week=week)
    return [
        FollowUp(
            id=f"{decision.id}-{kind.value}",
            team_id=decision.team_id,
            decision_id=decision.id,
            meeting_id=decision.meeting_id,
            member_id=_asked(decision, kind),
            kind=kind,
            due_at=at,
        )
        for kind, at in due.items()
        if at is not None
    ]


def _asked(decision: Decision, kind: FollowUpKind) -> str:
    """How it was, only the delegate can tell; everything else is asked of the owner."""
    if kind is FollowUpKind.DEBRIEF and isinstance(decision.terms, HandoffTerms):
        return decision.terms.delegate_id
    return decision.owner_id
