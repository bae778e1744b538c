"""Values to store: a small agency with one client, and variations of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.brief import Brief, Section
from domain.client import Client, Contact
from domain.decision import CallTerms, Decision, Draft, HandoffTerms, Override, WhoRings
from domain.meeting import Attendee, Meeting, Response, Source
from domain.planned import Calendar
from domain.words import Formality, MeetingKind, Mode, Option, Reason, Tier, Verdict
from storage import calendars, clients, meetings
from storage.vault import Vault

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEAM = "T1"
OTHER_TEAM = "T2"
OWNER = "U1"
DELEGATE = "U2"
VAULT = Vault(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])

ANN = Contact(id="ann", client_id="acme", name="Ann", email="ann@acme.example", phone="+31201234567", language="nl")
BOB = Contact(id="bob", client_id="acme", name="Bob", email="bob@acme.example")
ACME = Client(
    id="acme",
    team_id=TEAM,
    name="Acme",
    tier=Tier.A,
    revenue_share=0.12,
    domains=("acme.example", "acme-group.example"),
    language="nl",
    formality=Formality.INFORMAL,
    time_zone="Europe/Amsterdam",
    lead_id=OWNER,
    lead_email="owner@agency.example",
    renewal_on=date(2026, 6, 1),
    open_complaint=True,
    glad_to_write=True,
    notes="Likes trains.",
    contacts=(ANN, BOB),
)

CALENDAR = Calendar(
    id="calendar", team_id=TEAM, owner_id=OWNER, url="https://calendar.example/secret.ics", next_sync_at=NOW
)

MEETING = Meeting(
    id="meeting",
    team_id=TEAM,
    owner_id=OWNER,
    client_id=ACME.id,
    source=Source.FEED,
    calendar_id=CALENDAR.id,
    uid="uid@agency.example",
    occurrence="20260304T100000Z",
    sequence=3,
    title="Weekly 🚂 שלום",
    description="- Figures\n- Plans",
    location="Amsterdam",
    online_url="https://video.example/room",
    starts_at=NOW + timedelta(days=2, hours=1),
    ends_at=NOW + timedelta(days=2, hours=2),
    time_zone="Europe/Amsterdam",
    mode=Mode.VIDEO,
    kind=MeetingKind.QUARTERLY_REVIEW,
    organiser=Attendee(email="owner@agency.example", name="Olga", response=Response.ACCEPTED),
    attendees=(Attendee(email="ann@acme.example", name="Ann"),),
)

DECISION = Decision(
    id="decision",
    team_id=TEAM,
    meeting_id=MEETING.id,
    client_id=ACME.id,
    owner_id=OWNER,
    option=Option.CALL,
    reason=Reason.CONFLICT,
    terms=CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER, contact_id=ANN.id),
    draft=Draft(language="nl", subject="Bellen?", body="Dag Ann", to=("ann@acme.example",)),
    override=Override(verdict=Verdict.THINK_TWICE, note="They know."),
    made_at=NOW,
    made_by=OWNER,
)

BRIEF = Brief(
    id="brief",
    decision_id="handoff",
    team_id=TEAM,
    delegate_id=DELEGATE,
    sections={Section.GOAL: "Agree on the plan", Section.FIGURES: "12 % up"},
)
HANDOFF = replace(
    DECISION,
    id="handoff",
    option=Option.HANDOFF,
    terms=HandoffTerms(delegate_id=DELEGATE, brief_id=BRIEF.id),
)


def agency(session: Session) -> None:
    """The client, a connected calendar, and one meeting from it."""
    clients.add(session, ACME)
    calendars.add(session, VAULT, CALENDAR)
    meetings.add(session, MEETING)


def meeting(number: int, **changes: Any) -> Meeting:
    """The n-th meeting, n days from now; no part of a series."""
    starts_at = changes.pop("starts_at", NOW + timedelta(days=number))
    values: dict[str, Any] = {
        "id": f"meeting-{number}",
        "uid": f"uid-{number}",
        "occurrence": "",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
    }
    return replace(MEETING, **{**values, **changes})
