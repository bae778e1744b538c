"""Like-named meetings of many owners, what is decided on them, and what the world saw of each.

Everything of one meeting carries its number, which is in nothing else, so that two of them can be compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.approval import Approval, ApprovalState
from domain.brief import Brief, HandoffState, Section
from domain.decision import (
    CallTerms,
    Decision,
    DecisionState,
    Draft,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    Override,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.meeting import Attendee
from domain.member import Member, Workspace
from domain.planned import Reminder
from domain.words import Lead, Option, Reason, Verdict
from playground import SlackStandIn
from storage import briefs, clients, decisions, follow_ups, meetings, members, outbox, reminders, requests, workspaces
from storage.database import Database
from storage.outbox import Work
from storage.reminders import REMINDER, REMINDERS
from tests.support.mail import MailServer
from tests.support.stored import ACME, MEETING

TEAM = "T0ACME"
NOW = datetime.fromisoformat("2026-03-10T08:30:00+00:00")
"""Tuesday, 09:30 in Amsterdam."""
STARTS_AT = datetime.fromisoformat("2026-03-12T09:00:00+00:00")
LAST_CALL_AT = datetime.fromisoformat("2026-03-12T07:30:00+00:00")
FIRST_NUMBER = 501

Begin = Callable[[int], Callable[[Session], str]]
"""For a number: what is put into the database; returns the subject of the workflow."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the people, the client and the database have of one meeting, without its number."""

    told: tuple[tuple[str, str, str], ...]
    """Who, the key of the message, and what it says in the end."""
    mails: tuple[str, ...]
    stored: str

    def with_one_copy(self) -> "Seen":
        return replace(self, mails=tuple(dict.fromkeys(self.mails)))

    @property
    def who_was_told(self) -> str:
        return ", ".join(f"{who}: {key.partition('-')[0]}" for who, key, _ in self.told)


async def look(slack: SlackStandIn, database: Database, mail: MailServer | None, number: int) -> Seen:
    """Equal for all meetings on which the same was done, where all went well."""
    people = {owner_of(number): "owner", delegate_of(number): "delegate"}
    channels = {channel.id: people.get(channel.user_id, "") for channel in slack.store.channels.values()}
    keys = {str(call.response.get("ts")): _key(call.args) for call in slack.calls_of("chat.postMessage")}
    told = sorted(
        (who, keys[message.ts], message.text) for message in slack.messages if (who := channels.get(message.channel))
    )
    mails = [one.message for one in mail.received] if mail else []
    stored = await database.read(_stored, number)
    return Seen(
        told=tuple((who, _unnumbered(key, number), _unnumbered(text, number)) for who, key, text in told),
        mails=tuple(
            _unnumbered(f"{sent['Message-ID']} {sent['To']} {sent['Subject']}", number)
            for sent in mails
            if _about(number) in sent["Subject"]
        ),
        stored=_unnumbered(repr(stored), number),
    )


async def begin(slack: SlackStandIn, database: Database, number: int, how: Begin) -> str:
    """An owner with a meeting, and a colleague, who hear the bot in a DM of their own; then what `how` says."""
    people = ((owner_of(number), "Anna Berg", "anna"), (delegate_of(number), "Ben Visser", "ben"))
    for user_id, name, short in people:
        if user_id not in slack.store.users:
            slack.add_user(user_id, name=user_id.lower(), real_name=name, email=f"{short}@agency.example")
    await database.run(_settle_in, number)
    return await database.run(how(number))


def owner_of(number: int) -> str:
    return f"U0OWNER{number}"


def delegate_of(number: int) -> str:
    return f"U0DELEG{number}"


def decided(option: Option) -> Begin:
    """The owner has chosen: the decision is stored, and promised to be carried out."""

    def begin(number: int) -> Callable[[Session], str]:
        decision = decision_of(number, option)

        def store(session: Session) -> str:
            decisions.record(session, decision, _brief(number) if option is Option.HANDOFF else None)
            outbox.promise(session, TEAM, Work.CARRY_OUT, decision.id, NOW)
            return decision.id

        return store

    return begin


def decision_of(number: int, option: Option) -> Decision:
    call = CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER, contact_id="ann")
    terms: dict[Option, Terms] = {
        Option.CALL: call,
        Option.SHORTER: ShorterTerms(minutes=30),
        Option.EMAIL: EmailTerms(status="All well.", decisions_needed="The date", next_contact_on=date(2026, 3, 16)),
        Option.HANDOFF: HandoffTerms(delegate_id=delegate_of(number), brief_id=f"brief-{number}"),
        Option.KEEP: KeepTerms(),
    }
    kept = option is Option.KEEP
    draft = Draft(language="en", subject=f"Our meeting {_about(number)}", body="Dear Ann", to=("ann@acme.example",))
    return Decision(
        id=f"{option.value}-{number}",
        team_id=TEAM,
        meeting_id=f"meeting-{number}",
        client_id="acme",
        owner_id=owner_of(number),
        option=option,
        reason=None if kept else Reason.WORKLOAD,
        terms=terms[option],
        draft=None if kept else draft,
        made_at=NOW,
        made_by=owner_of(number),
    )


def reminded(lead: Lead, due_at: datetime) -> Begin:
    def begin(number: int) -> Callable[[Session], str]:
        reminder = Reminder(
            id=f"{lead.value}-{number}",
            team_id=TEAM,
            meeting_id=f"meeting-{number}",
            owner_id=owner_of(number),
            lead=lead,
            due_at=due_at,
            starts_at=STARTS_AT,
        )

        def store(session: Session) -> str:
            session.execute(insert(REMINDERS).values(**REMINDER.values(reminder)))
            return reminder.id

        return store

    return begin


def accepted(number: int) -> Callable[[Session], str]:
    """The delegate has said yes to the hand-over."""

    def store(session: Session) -> str:
        brief_id = f"brief-{number}"
        briefs.answer(session, TEAM, brief_id, HandoffState.ACCEPTED, NOW, "")
        outbox.promise(session, TEAM, Work.DELEGATE_ANSWERED, brief_id, NOW)
        return brief_id

    return store


def approval_wanted(number: int) -> Callable[[Session], str]:
    """A blocked option: the owner asks the colleague, who approves for them."""
    decision = replace(
        decision_of(number, Option.EMAIL),
        state=DecisionState.REQUESTED,
        override=Override(verdict=Verdict.BLOCKED, note="They know."),
    )
    approval = Approval(
        decision_id=decision.id,
        team_id=TEAM,
        meeting_id=decision.meeting_id,
        owner_id=decision.owner_id,
        approver_id=delegate_of(number),
        asked_at=NOW,
        due_at=NOW + timedelta(hours=4),
    )

    def store(session: Session) -> str:
        workspaces.save(session, Workspace(team_id=TEAM, asks_approval=True))
        requests.ask(session, decision, None, approval)
        return decision.id

    return store


def approval_declined(number: int) -> Callable[[Session], str]:
    def store(session: Session) -> str:
        request = requests.get(session, TEAM, f"email-{number}")
        assert request is not None
        requests.settle(session, request, ApprovalState.DECLINED, NOW, note="No.")
        requests.let_go(session, request, NOW)
        return request.decision.id

    return store


def undone(option: Option) -> Begin:
    def begin(number: int) -> Callable[[Session], str]:
        def store(session: Session) -> str:
            decision_id = f"{option.value}-{number}"
            decisions.end(session, TEAM, decision_id, DecisionState.UNDONE, NOW)
            briefs.withdraw(session, TEAM, decision_id, NOW)
            follow_ups.withdraw(session, TEAM, decision_id)
            outbox.promise(session, TEAM, Work.TAKE_BACK, decision_id, NOW)
            return decision_id

        return store

    return begin


def _settle_in(session: Session, number: int) -> None:
    if meetings.get(session, TEAM, f"meeting-{number}") is not None:
        return
    if clients.get(session, TEAM, "acme") is None:
        clients.add(session, replace(ACME, team_id=TEAM))
    for user_id, name in ((owner_of(number), "Anna Berg"), (delegate_of(number), "Ben Visser")):
        email = f"{name.split()[0].lower()}@agency.example"
        zone = "Europe/Amsterdam"
        members.save(session, Member(team_id=TEAM, user_id=user_id, name=name, email=email, time_zone=zone))
    organiser = Attendee(email="anna@agency.example", name="Anna Berg")
    meeting = replace(
        MEETING,
        id=f"meeting-{number}",
        team_id=TEAM,
        owner_id=owner_of(number),
        uid=f"uid-{number}",
        occurrence="",
        calendar_id="",
        organiser=organiser,
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=1),
    )
    meetings.add(session, meeting)


def _brief(number: int) -> Brief:
    return Brief(
        id=f"brief-{number}",
        decision_id=f"handoff-{number}",
        team_id=TEAM,
        delegate_id=delegate_of(number),
        sections={Section.GOAL: "Agree on the plan"},
    )


def _stored(session: Session, number: int) -> list[object]:
    """How far the effects are, what is due later, and whether anything is still promised."""
    found: list[object] = []
    for option in Option:
        decision = decisions.get(session, TEAM, f"{option.value}-{number}")
        if decision is not None:
            effects = [(record.effect, record.state) for record in decisions.effects(session, decision.id)]
            later = [(one.id, one.due_at, one.state) for one in follow_ups.of_decision(session, TEAM, decision.id)]
            found += [decision.state, effects, later]
    states = [(one.lead, one.state) for one in reminders.of_meeting(session, TEAM, f"meeting-{number}")]
    live = meetings.live_message(session, TEAM, f"meeting-{number}")
    promised = [one.key for one in outbox.promised(session) if one.key.endswith(f"{number}")]
    return [*found, states, live is not None, promised]


def _about(number: int) -> str:
    return f"no. {number}"


def _key(post: Mapping[str, Any]) -> str:
    """What the bot called the message when it posted it."""
    return str(post["metadata"]["event_payload"]["key"])


def _unnumbered(text: str, number: int) -> str:
    return text.replace(f"{number}", "NNN")
