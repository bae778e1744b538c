"""What members and administrators chose, on both engines."""

from dataclasses import replace
from datetime import timedelta

from domain.member import Member, Workspace
from domain.policy import Policy
from domain.setting_change import SettingChange
from storage import meetings, members, setting_changes, workspaces
from storage.database import Database
from tests.support.stored import MEETING, NOW, OTHER_TEAM, OWNER, TEAM, agency, meeting

OLGA = Member(team_id=TEAM, user_id=OWNER, name="Olga", email="olga@agency.example", is_admin=True, refreshed_at=NOW)
CHANGE = SettingChange(
    id="1", team_id=TEAM, setting="budget_a", before="1", after="2", changed_by=OWNER, changed_at=NOW
)


async def test_what_a_member_chose_is_saved_without_what_slack_tells(database: Database) -> None:
    await database.run(members.save, OLGA)
    stale = replace(OLGA, name="Old", is_admin=False, refreshed_at=None, country="BE", decide_days=3)

    await database.run(members.save_choices, stale)

    assert await database.run(members.get, TEAM, OWNER) == replace(OLGA, country="BE", decide_days=3)


async def test_administrators_are_named_by_name(database: Database) -> None:
    for user_id, name in (("U1", "Zoe"), ("U2", "Ann"), ("U3", "Max")):
        await database.run(members.save, Member(team_id=TEAM, user_id=user_id, name=name, is_admin=True))
    await database.run(members.save, Member(team_id=TEAM, user_id="U4", name="Abe"))
    await database.run(members.save, Member(team_id=OTHER_TEAM, user_id="U5", name="Aya", is_admin=True))

    assert await database.run(members.admins, TEAM, 2) == ["U2", "U3"]


async def test_a_workspace_is_held_as_stored_or_with_the_defaults(database: Database) -> None:
    kept = Workspace(team_id=TEAM, policy=Policy(budget_c=9), country="NL")
    await database.run(workspaces.save, kept)

    assert await database.run(workspaces.held, TEAM) == kept
    assert await database.run(workspaces.held, OTHER_TEAM) == Workspace(team_id=OTHER_TEAM)


async def test_changes_are_told_latest_first_and_each_team_its_own(database: Database) -> None:
    later = replace(CHANGE, id="2", before="2", after="1", changed_at=NOW + timedelta(days=1))
    await database.run(setting_changes.note, [CHANGE, replace(CHANGE, id="3", team_id=OTHER_TEAM)])
    await database.run(setting_changes.note, [later])
    await database.run(setting_changes.note, [])

    assert await database.run(setting_changes.latest, TEAM, 5) == [later, CHANGE]
    assert await database.run(setting_changes.latest, TEAM, 1) == [later]


async def test_coming_meetings_are_those_that_are_yet_to_start_and_stand(database: Database) -> None:
    await database.run(agency)
    for made in (
        meeting(2),
        meeting(1),
        meeting(3, cancelled=True),
        meeting(4, owner_id="UELSE"),
        meeting(5, starts_at=NOW - timedelta(days=1)),
    ):
        await database.run(meetings.add, made)

    coming = await database.run(meetings.coming_of, TEAM, OWNER, NOW)

    assert [name for name in coming if name != MEETING.id] == ["meeting-1", "meeting-2"]
    assert await database.run(meetings.owners_of_coming, TEAM, NOW) == sorted({OWNER, "UELSE"})
    assert await database.run(meetings.owners_of_coming, OTHER_TEAM, NOW) == []
