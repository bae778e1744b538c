"""No team sees another's, and a team that leaves leaves nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.aftermath import AnswerRecord, ClientAnswer, Debrief, MeetingNote
from domain.approval import Approval
from domain.brief import Question
from domain.decision import Draft, Effect, EffectState
from domain.free_time import BusyTimes
from domain.member import Installation, Member, Workspace
from domain.planned import FollowUp, FollowUpKind, Form, FormKind
from domain.relationship import AlertKind
from domain.rhythm import Rhythm, RhythmProposal
from domain.setting_change import SettingChange
from domain.timeline import EffectRecord
from domain.wording import Template, TemplateKey, Text
from domain.words import Formality, Lead, MeetingKind
from storage import (
    aftermath,
    approvals,
    briefs,
    bundles,
    busy,
    calendars,
    clients,
    coming,
    decisions,
    follow_ups,
    forms,
    kinds,
    meetings,
    members,
    outbox,
    posts,
    proposals,
    reminders,
    rhythms,
    setting_changes,
    snoozes,
    timelines,
    wordings,
    workspaces,
)
from storage.database import Database
from storage.models import Base
from tests.support.stored import (
    ACME,
    ANN,
    BOB,
    BRIEF,
    CALENDAR,
    HANDOFF,
    MEETING,
    NOW,
    OTHER_TEAM,
    OWNER,
    TEAM,
    VAULT,
)

INSTALLATION = Installation(team_id=TEAM, bot_token="xoxb-1", bot_user_id="UBOT", installed_at=NOW)
FOLLOW_UP = FollowUp(
    id="follow-up",
    team_id=TEAM,
    decision_id=HANDOFF.id,
    meeting_id=MEETING.id,
    member_id=OWNER,
    kind=FollowUpKind.CONFIRM,
    due_at=NOW,
)
FORM = Form(id="form", team_id=TEAM, user_id=OWNER, kind=FormKind.CLIENT, opened_at=NOW)
SAID = AnswerRecord(decision_id=HANDOFF.id, team_id=TEAM, answer=ClientAnswer.CONFIRMED, said_by=OWNER, said_at=NOW)
DEBRIEF = Debrief(decision_id=HANDOFF.id, team_id=TEAM, outcome="Agreed.", written_by="UBOB", written_at=NOW)
NOTE = MeetingNote(id="note", team_id=TEAM, meeting_id=MEETING.id, text="Went well.", written_by=OWNER, written_at=NOW)
APPROVAL = Approval(
    decision_id=HANDOFF.id,
    team_id=TEAM,
    meeting_id=MEETING.id,
    owner_id=OWNER,
    approver_id="UBOSS",
    asked_at=NOW,
    due_at=NOW,
)
KEY = TemplateKey(text=Text.CALL, language="en", formality=Formality.FORMAL)
TEMPLATE = Template(
    id="template",
    team_id=TEAM,
    member_id=OWNER,
    key=KEY,
    version=1,
    subject="A call",
    body="Shall we ring?",
    saved_by=OWNER,
    saved_at=NOW,
)
CHANGE = SettingChange(
    id="change", team_id=TEAM, setting="budget_a", before="1", after="2", changed_by=OWNER, changed_at=NOW
)
RHYTHM = RhythmProposal(
    id="rhythm",
    team_id=TEAM,
    owner_id=OWNER,
    client_id=ACME.id,
    meeting_id=MEETING.id,
    uid=MEETING.uid,
    rhythm=Rhythm.BOTH,
    minutes=30,
    draft=Draft(language="nl", subject="Ander ritme?", body="Dag Ann", to=("ann@acme.example",)),
    made_at=NOW,
)
WITHOUT_TEAM = {"oauth_states"}
"""Hold nothing of a team."""


def fill(session: Session, team: str, tag: str) -> None:
    """A row in every table that holds something of a team; `tag` keeps the ids of two teams apart."""
    workspaces.save(session, Workspace(team_id=team))
    workspaces.save_installation(session, VAULT, replace(INSTALLATION, team_id=team))
    members.save(session, Member(team_id=team, user_id=OWNER, email="olga@agency.example", manager_id="UBOSS"))
    acme = ACME.id + tag
    contacts = tuple(replace(one, id=one.id + tag, client_id=acme) for one in (ANN, BOB))
    clients.add(session, replace(ACME, id=acme, team_id=team, contacts=contacts))
    proposals.propose(session, team, "globex.example", "", OWNER, NOW)
    calendars.add(session, VAULT, replace(CALENDAR, id=CALENDAR.id + tag, team_id=team))
    busy.keep(session, team, CALENDAR.id + tag, BusyTimes(until=NOW))
    meeting = replace(MEETING, id=MEETING.id + tag, team_id=team, client_id=acme)
    meetings.add(session, meeting)
    meetings.set_live_message(session, team, meeting.id, "D1", "1.5")
    kinds.correct(session, meeting, MeetingKind.RENEWAL, NOW)
    reminders.replan(session, meeting, [(Lead.DECIDE, NOW)])
    handoff = replace(
        HANDOFF,
        id=HANDOFF.id + tag,
        team_id=team,
        meeting_id=meeting.id,
        client_id=acme,
        bundle_id="bundle" + tag,
    )
    brief = replace(BRIEF, id=BRIEF.id + tag, team_id=team, questions=(Question(id="q" + tag, text="Who?"),))
    decisions.record(session, handoff, brief)
    decisions.set_effect(session, handoff.id, EffectRecord(effect=Effect.MAIL, state=EffectState.DONE), NOW)
    briefs.set_delegate_message(session, team, brief.id, "D2", "1.5")
    planned = replace(FOLLOW_UP, id="follow-up" + tag, team_id=team, decision_id=handoff.id, meeting_id=meeting.id)
    follow_ups.plan(session, [planned])
    forms.open_(session, replace(FORM, id="form" + tag, team_id=team))
    posts.begin(session, team, "key", NOW)
    outbox.promise(session, team, outbox.Work.SYNC, "calendar" + tag, NOW)
    aftermath.say(session, replace(SAID, decision_id=handoff.id, team_id=team))
    aftermath.report(session, replace(DEBRIEF, decision_id=handoff.id, team_id=team))
    aftermath.add_note(session, replace(NOTE, id="note" + tag, team_id=team, meeting_id=meeting.id))
    approvals.ask(session, replace(APPROVAL, decision_id=handoff.id, team_id=team, meeting_id=meeting.id))
    setting_changes.note(session, [replace(CHANGE, id="change" + tag, team_id=team)])
    snoozes.snooze(session, team, OWNER, acme, AlertKind.RARER, NOW + timedelta(days=90))
    rhythms.add(session, replace(RHYTHM, id="rhythm" + tag, team_id=team, client_id=acme, meeting_id=meeting.id))
    wordings.save(session, replace(TEMPLATE, id="template" + tag, team_id=team))


def counts(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name not in WITHOUT_TEAM
    }


READS: list[Callable[[Session, str], Any]] = [
    lambda s, team: workspaces.get(s, team),
    lambda s, team: workspaces.find_installation(s, VAULT, team),
    lambda s, team: members.get(s, team, OWNER),
    lambda s, team: members.many(s, team, [OWNER]),
    lambda s, team: members.by_email(s, team, "olga@agency.example"),
    lambda s, team: clients.get(s, team, ACME.id),
    lambda s, team: clients.all_of(s, team),
    lambda s, team: clients.by_name(s, team, ACME.name),
    lambda s, team: clients.domains(s, team),
    lambda s, team: clients.name_taken(s, team, ACME.name),
    lambda s, team: clients.domain_taken(s, team, ACME.domains[0]),
    lambda s, team: clients.contact_for(s, team, ACME.id, []),
    lambda s, team: proposals.get(s, team, "globex.example"),
    lambda s, team: proposals.open_for(s, team, OWNER),
    lambda s, team: calendars.get(s, VAULT, team, CALENDAR.id),
    lambda s, team: calendars.of_member(s, VAULT, team, OWNER),
    lambda s, team: calendars.url_known(s, team, OWNER, CALENDAR.url),
    lambda s, team: busy.of_member(s, team, OWNER, NOW),
    lambda s, team: busy.heard_before(s, team, ACME.id),
    lambda s, team: meetings.get(s, team, MEETING.id),
    lambda s, team: coming.load(s, team, OWNER, NOW, 10).meetings,
    lambda s, team: coming.with_people(s, team, OWNER, NOW, 10),
    lambda s, team: coming.has_calendar(s, team, OWNER),
    lambda s, team: coming.count_by_client(s, team, OWNER, NOW),
    lambda s, team: meetings.live_message(s, team, MEETING.id),
    lambda s, team: kinds.is_corrected(s, team, MEETING.id),
    lambda s, team: kinds.said_of_series(s, replace(CALENDAR, team_id=team), [MEETING.uid]),
    lambda s, team: reminders.of_meeting(s, team, MEETING.id),
    lambda s, team: decisions.get(s, team, HANDOFF.id),
    lambda s, team: decisions.standing(s, team, MEETING.id),
    lambda s, team: bundles.made_in(s, team, "bundle"),
    lambda s, team: bundles.latest_of(s, team, MEETING.id),
    lambda s, team: bundles.load(s, team, "bundle", NOW),
    lambda s, team: timelines.load(s, team, ACME.id),
    lambda s, team: briefs.get(s, team, BRIEF.id),
    lambda s, team: briefs.of_decision(s, team, HANDOFF.id),
    lambda s, team: briefs.brief_of_question(s, team, "q"),
    lambda s, team: briefs.delegate_message(s, team, BRIEF.id),
    lambda s, team: follow_ups.get(s, team, FOLLOW_UP.id),
    lambda s, team: follow_ups.of_decision(s, team, HANDOFF.id),
    lambda s, team: forms.get(s, team, OWNER, FORM.id),
    lambda s, team: posts.find(s, team, "key"),
    lambda s, team: aftermath.answers(s, team, [HANDOFF.id]),
    lambda s, team: aftermath.debriefs(s, team, [HANDOFF.id]),
    lambda s, team: aftermath.notes(s, team, [MEETING.id]),
    lambda s, team: approvals.get(s, team, HANDOFF.id),
    lambda s, team: snoozes.of_member(s, team, OWNER, NOW),
    lambda s, team: wordings.versions(s, team, OWNER, KEY),
    lambda s, team: wordings.count(s, team, OWNER),
    lambda s, team: rhythms.get(s, team, RHYTHM.id),
    lambda s, team: rhythms.last_proposed_at(s, replace(MEETING, team_id=team)),
    lambda s, team: setting_changes.latest(s, team, 5),
    lambda s, team: members.people_of(s, team, "UBOSS"),
    lambda s, team: meetings.coming_of(s, team, OWNER, NOW),
    lambda s, team: meetings.owners_of_coming(s, team, NOW),
    lambda s, team: members.sight_of(s, team, OWNER).people or members.sight_of(s, team, "UBOSS").people,
]


@pytest.mark.parametrize("number", range(len(READS)))
async def test_what_one_team_reads_another_does_not(sqlite_url: str, number: int) -> None:
    database = Database.open(sqlite_url)
    await database.run(fill, TEAM, "")

    own = await database.read(READS[number], TEAM)
    theirs = await database.read(READS[number], OTHER_TEAM)

    assert own
    assert not theirs
    await database.close()


async def test_a_team_that_leaves_leaves_nothing_and_takes_nothing_of_others(database: Database) -> None:
    await database.run(fill, OTHER_TEAM, "-2")
    before = await database.run(counts)
    await database.run(fill, TEAM, "")

    purged = await database.run(workspaces.purge, TEAM)

    assert purged
    assert min(before.values()) > 0, f"no row in {[name for name, count in before.items() if not count]}"
    assert await database.run(counts) == before
    await database.run(workspaces.purge, OTHER_TEAM)
    assert set((await database.run(counts)).values()) == {0}


async def test_a_team_that_installed_again_is_not_purged_by_a_late_word(database: Database) -> None:
    await database.run(fill, TEAM, "")
    before = await database.run(counts)

    assert not await database.run(workspaces.purge, TEAM, NOW - timedelta(seconds=1))
    assert await database.run(counts) == before
    assert await database.run(workspaces.purge, TEAM, NOW)
    assert set((await database.run(counts)).values()) == {0}
