"""What the database counts for the report, on both engines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from domain.aftermath import AnswerRecord, ClientAnswer
from domain.decision import (
    CallTerms,
    Decision,
    DecisionState,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.meeting import Attendee, Response
from domain.member import Member
from domain.relationship import Touch
from domain.report import Counted, Group
from domain.words import Mode, Option, Reason
from storage import aftermath, clients, decisions, meetings, members, relationships, reports
from storage.database import Database
from storage.relationships import Relationship
from storage.reports import Stretch
from tests.support.stored import ACME, DECISION, DELEGATE, NOW, OTHER_TEAM, OWNER, TEAM, meeting

DAY = timedelta(days=1)
CALL = CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER)
SHORTER = ShorterTerms(minutes=30)
EMAIL = EmailTerms(status="Done.", decisions_needed="", next_contact_on=NOW.date())
HANDOFF = HandoffTerms(delegate_id=DELEGATE, brief_id="none")
STRETCH = Stretch(team_id=TEAM, owners=frozenset({OWNER}), starts_at=NOW - 30 * DAY, ends_at=NOW, now=NOW)


def decide(
    session: Session,
    /,
    number: int,
    option: Option,
    terms: Terms,
    *,
    answer: ClientAnswer | None = None,
    state: DecisionState = DecisionState.STANDING,
    of_meeting: dict[str, Any] | None = None,
    **changes: Any,
) -> Decision:
    """About the meeting of that many days ago (an hour, by video), decided two days before it."""
    owner = changes.get("owner_id", OWNER)
    team = changes.get("team_id", TEAM)
    held = replace(meeting(-number, owner_id=owner, team_id=team), id=f"m{number}-{owner}-{team}", **(of_meeting or {}))
    meetings.add(session, held)
    values: dict[str, Any] = {
        "id": f"d-{held.id}",
        "meeting_id": held.id,
        "option": option,
        "terms": terms,
        "made_at": held.starts_at - 2 * DAY,
        "minutes_before": 60,
        "mode_before": Mode.VIDEO,
        "reason": Reason.CONFLICT,
        "override": None,
    }
    decision = replace(DECISION, **{**values, **changes})
    decisions.record(session, decision, None)
    if state is not DecisionState.STANDING:
        decisions.end(session, team, decision.id, state, NOW)
    if answer is not None:
        said = AnswerRecord(decision_id=decision.id, team_id=team, answer=answer, said_by=owner, said_at=NOW)
        aftermath.say(session, said)
    return decision


@pytest.fixture
async def agency(database: Database) -> Database:
    def fill(session: Session) -> None:
        clients.add(session, replace(ACME, lead_id=None))

    await database.run(fill)
    return database


async def counted(database: Database, stretch: Stretch = STRETCH, *, by_owner: bool = False) -> Counted:
    found = await database.read(reports.count, stretch, by_owner=by_owner)
    return replace(found, groups=tuple(sorted(found.groups, key=repr)))


async def test_decisions_that_are_alike_come_as_one_group_with_all_that_matters(agency: Database) -> None:
    def fill(session: Session) -> None:
        decide(session, 3, Option.SHORTER, SHORTER, answer=ClientAnswer.CONFIRMED)
        decide(session, 4, Option.SHORTER, SHORTER, answer=ClientAnswer.CONFIRMED)
        decide(session, 5, Option.SHORTER, replace(SHORTER, call=CALL), mode_before=Mode.ON_SITE)
        decide(session, 6, Option.CALL, CALL, mode_before=Mode.ON_SITE, reason=Reason.ILLNESS)
        decide(session, 7, Option.HANDOFF, HANDOFF, mode_before=Mode.ON_SITE, answer=ClientAnswer.COMPLAINED)
        decide(session, 8, Option.KEEP, KeepTerms(), reason=None)

    await agency.run(fill)

    assert set((await counted(agency)).groups) == {
        Group(option=Option.SHORTER, minutes_before=60, minutes_after=30, answer=ClientAnswer.CONFIRMED, times=2),
        Group(option=Option.SHORTER, minutes_before=60, minutes_after=30, saves_travel=True),
        Group(option=Option.CALL, minutes_before=60, saves_travel=True, excused=True),
        Group(option=Option.HANDOFF, minutes_before=60, answer=ClientAnswer.COMPLAINED),
    }


async def test_what_was_not_noted_before_is_read_from_the_meeting(agency: Database) -> None:
    def fill(session: Session) -> None:
        long = {"ends_at": NOW - 3 * DAY + timedelta(minutes=90), "mode": Mode.ON_SITE}
        decide(session, 3, Option.CALL, CALL, minutes_before=None, mode_before=None, of_meeting=long)

    await agency.run(fill)

    assert (await counted(agency)).groups == (Group(option=Option.CALL, minutes_before=90, saves_travel=True),)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": DecisionState.UNDONE},
        {"state": DecisionState.SUPERSEDED},
        {"state": DecisionState.DECLINED},
        {"of_meeting": {"cancelled": True}},
        {"of_meeting": {"starts_at": NOW - timedelta(minutes=30), "ends_at": NOW + timedelta(minutes=30)}},
        {"made_at": NOW - 31 * DAY},
        {"made_at": NOW},
        {"owner_id": DELEGATE},
    ],
    ids=["undone", "superseded", "declined", "cancelled", "not over", "before", "after", "somebody else's"],
)
async def test_what_won_nothing_or_is_not_asked_for_does_not_count(agency: Database, changes: dict[str, Any]) -> None:
    await agency.run(decide, 3, Option.CALL, CALL, **changes)

    assert await counted(agency) == Counted()


async def test_another_teams_decisions_are_not_seen(agency: Database) -> None:
    def fill(session: Session) -> None:
        clients.add(session, replace(ACME, id="acme-2", team_id=OTHER_TEAM, contacts=()))
        decide(
            session, 3, Option.CALL, CALL, team_id=OTHER_TEAM, of_meeting={"client_id": "acme-2"}, client_id="acme-2"
        )

    await agency.run(fill)

    assert await counted(agency, replace(STRETCH, owners=None)) == Counted()
    assert await agency.read(reports.lines, replace(STRETCH, owners=None), None) == []


async def test_a_meeting_settled_by_mail_counts_though_its_entry_is_gone(agency: Database) -> None:
    await agency.run(decide, 3, Option.EMAIL, EMAIL, of_meeting={"cancelled": True})

    assert (await counted(agency)).groups == (Group(option=Option.EMAIL, minutes_before=60),)


async def test_people_are_kept_apart_where_that_is_asked_and_copies_are_told(agency: Database) -> None:
    def fill(session: Session) -> None:
        decide(session, 3, Option.CALL, CALL)
        decide(session, 3, Option.CALL, CALL, owner_id=DELEGATE)
        decide(session, 4, Option.CALL, CALL, owner_id=DELEGATE)

    await agency.run(fill)

    everybody = replace(STRETCH, owners=None)
    call = Group(option=Option.CALL, minutes_before=60)
    owners = frozenset({OWNER, DELEGATE})
    assert await counted(agency, everybody) == Counted(groups=(replace(call, times=3),), owners=owners)
    assert await agency.read(reports.copies, everybody) == 1
    assert await agency.read(reports.copies, STRETCH) == 0
    assert set((await counted(agency, everybody, by_owner=True)).groups) == {
        replace(call, owner_id=OWNER),
        replace(call, owner_id=DELEGATE, times=2),
    }


async def test_lines_come_page_by_page_oldest_first(agency: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "LINES_AT_ONCE", 2)

    def fill(session: Session) -> None:
        for number in (3, 4, 5, 6, 7):
            decide(session, number, Option.SHORTER, SHORTER, made_at=NOW - 9 * DAY)

    await agency.run(fill)
    found: list[reports.Line] = []
    while page := await agency.read(reports.lines, STRETCH, (found[-1].made_at, found[-1].id) if found else None):
        assert len(page) <= 2
        found += page

    assert [line.id for line in found] == sorted(f"d-m{number}-{OWNER}-{TEAM}" for number in (3, 4, 5, 6, 7))
    assert (found[0].client, found[0].reason, found[0].group.minutes_after) == ("Acme", Reason.CONFLICT, 30)


def touch(days_ago: float, minutes: int = 60, option: Option | None = None, *, senior: bool = True) -> Touch:
    return Touch(starts_at=NOW - days_ago * DAY, minutes=minutes, option=option, senior=senior)


async def relations(
    database: Database, fill: Callable[[Session], None], owners: frozenset[str] | None = None
) -> list[Relationship]:
    await database.run(fill)
    about = await database.read(relationships.subjects, TEAM, owners, NOW)
    found = await database.read(relationships.gather, TEAM, about, NOW)
    return [replace(one, past=tuple(sorted(one.past, key=lambda seen: seen.starts_at))) for one in found]


async def test_a_relationship_is_what_the_client_saw_copies_as_one(agency: Database) -> None:
    def fill(session: Session) -> None:
        decide(session, 3, Option.SHORTER, SHORTER)
        meetings.add(session, replace(meeting(-3, owner_id=DELEGATE), id="copy"))
        decide(session, 5, Option.HANDOFF, HANDOFF)
        decide(session, 6, Option.EMAIL, EMAIL, of_meeting={"cancelled": True})
        meetings.add(session, meeting(-7))
        meetings.add(session, meeting(-8, cancelled=True))
        meetings.add(session, meeting(4))
        meetings.add(session, meeting(9))

    expected = Relationship(
        client_id=ACME.id,
        past=(
            touch(7),
            touch(6, option=Option.EMAIL),
            touch(5, option=Option.HANDOFF, senior=False),
            touch(3, 30, Option.SHORTER),
        ),
        next_at=NOW + 4 * DAY,
    )
    assert await relations(agency, fill) == [expected]
    assert await agency.read(relationships.subjects, TEAM, frozenset({"USTRANGER"}), NOW) == []
    assert await agency.read(relationships.subjects, OTHER_TEAM, None, NOW) == []


async def test_the_lead_was_there_by_their_own_calendar_or_as_a_guest_who_did_not_decline(database: Database) -> None:
    def invited(response: Response) -> tuple[Attendee, ...]:
        return (Attendee(email="lead@agency.example", response=response),)

    def fill(session: Session) -> None:
        members.save(session, Member(team_id=TEAM, user_id="ULEAD", email="lead@agency.example"))
        clients.add(session, replace(ACME, lead_id="ULEAD"))
        meetings.add(session, meeting(-2, owner_id="ULEAD"))
        meetings.add(session, meeting(-3, attendees=invited(Response.ACCEPTED)))
        meetings.add(session, meeting(-4, attendees=invited(Response.DECLINED)))
        meetings.add(session, meeting(-5))
        decide(session, 6, Option.HANDOFF, HANDOFF, owner_id="ULEAD")

    found = await relations(database, fill, frozenset({"ULEAD"}))

    assert [(one.starts_at, one.senior) for one in found[0].past] == [
        (NOW - 6 * DAY, False),
        (NOW - 5 * DAY, False),
        (NOW - 4 * DAY, False),
        (NOW - 3 * DAY, True),
        (NOW - 2 * DAY, True),
    ]
