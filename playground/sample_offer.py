"""A hand-over that waits for an answer, so that the colleague's side is there to be seen at once."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from domain.brief import Brief, Section
from domain.decision import Decision, Draft, HandoffTerms
from domain.meeting import Attendee, Meeting, Response, Source
from domain.words import Option, Reason
from domain.working_days import WorkWeek
from playground.sample_people import COLLEAGUE, MANAGER
from storage import decisions, meetings, outbox
from storage.outbox import Work

MEETING, DECISION, BRIEF = "sample-letters", "sample-letters-decision", "sample-letters-brief"
CLIENT = "sample-meridianhealth"
_GRACE = Attendee(email="grace@meridianhealth.example", name="Grace Okoro", response=Response.ACCEPTED)
_SECTIONS = {
    Section.WHY_YOU: "You wrote the letters to patients last year, and Grace liked them.",
    Section.CLIENT: "Meridian Health runs twelve clinics. We write for them since 2022. Careful people, good payers.",
    Section.WHO: "Grace Okoro, head of communication: friendly, decides by herself.",
    Section.GOAL: "Agree on the tone of three letters. A good outcome: Grace picks one draft of each.",
    Section.AGENDA: "- The three letters (30 min)\n- Pictures (15 min)\n- Next steps (15 min)",
    Section.OPEN_POINTS: "- The address of the new clinic: Grace, by Friday",
    Section.FIGURES: "4,000 letters a month (October)",
    Section.QUESTIONS: "Can it be ready before the holidays? Yes, if the texts are final two weeks before.",
    Section.AUTHORITY: "You decide about the words. Report back about money.",
    Section.DO_NOT_PROMISE: "No lower price for more letters.",
    Section.NEXT_STEPS: "We send the final texts within three days.",
    Section.REACH_OWNER: "By message until the evening before.",
}


def offer(session: Session, team_id: str, now: datetime, week: WorkWeek) -> bool:
    """The manager asks the colleague to take a meeting over; False where that was done before."""
    if meetings.get(session, team_id, MEETING) is not None:
        return False
    starts_at = week.at(week.working_day(week.local(now).date(), 7), time(10))
    meetings.add(
        session,
        Meeting(
            id=MEETING,
            team_id=team_id,
            owner_id=MANAGER,
            client_id=CLIENT,
            source=Source.BY_HAND,
            title="Workshop on the letters to patients",
            location="Meridian Health, Leeds",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            time_zone=week.zone.key,
            organiser=_GRACE,
            attendees=(_GRACE,),
        ),
    )
    decision = Decision(
        id=DECISION,
        team_id=team_id,
        meeting_id=MEETING,
        client_id=CLIENT,
        owner_id=MANAGER,
        option=Option.HANDOFF,
        reason=Reason.ILLNESS,
        terms=HandoffTerms(delegate_id=COLLEAGUE, brief_id=BRIEF),
        draft=Draft(
            language="en",
            subject="Workshop on the letters to patients",
            body=(
                "Dear Grace,\n\nI cannot be at our workshop, and I am sorry about that. My colleague Ben Visser wrote "
                "the letters with me and will meet you at the same time.\n\nKind regards,\nCarla Moss"
            ),
            to=(_GRACE.email,),
        ),
        made_at=now,
        made_by=MANAGER,
    )
    brief = Brief(id=BRIEF, decision_id=DECISION, team_id=team_id, delegate_id=COLLEAGUE, sections=_SECTIONS)
    decisions.record(session, decision, brief)
    outbox.promise(session, team_id, Work.CARRY_OUT, DECISION, now)
    return True
