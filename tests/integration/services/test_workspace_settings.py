"""Administrators who change the workspace's numbers, also at the same moment."""

import asyncio
from dataclasses import replace

import pytest

from bot.services.members import Members
from bot.services.workspace_settings import WorkspaceSettings
from bot.slack.people import People
from domain.errors import DomainError, Problem
from domain.member import Member
from domain.policy import Policy
from domain.setting_groups import Group
from storage import members, setting_changes, workspaces
from storage.database import Database
from tests.support.stored import NOW, TEAM
from tests.support.use_cases import CountedJobs, StoppedClock

ANN = Member(team_id=TEAM, user_id="U1", name="Ann", is_admin=True, refreshed_at=NOW)
BOB = replace(ANN, user_id="U2", name="Bob")
CAT = replace(ANN, user_id="U3", name="Cat", is_admin=False)
BUDGET = {"budget_a": "1", "budget_b": "2", "budget_c": "9", "budget_window_days": "90"}
NOTICE = {"too_late_hours": "2", "ring_first_hours": "24", "ring_too_hours": "48", "praised_days": "14"}


class NobodyToAsk(People):
    """What is stored is fresh: Slack is not asked."""

    def __init__(self) -> None:
        pass


@pytest.fixture
async def settings(database: Database) -> WorkspaceSettings:
    for member in (ANN, BOB, CAT):
        await database.run(members.save, member)
    people, clock = NobodyToAsk(), StoppedClock()
    known = Members(database=database, people=people, clock=clock)
    return WorkspaceSettings(database=database, clock=clock, jobs=CountedJobs(), members=known, people=people)


async def test_each_group_is_laid_over_what_the_other_has_saved(
    database: Database, settings: WorkspaceSettings
) -> None:
    of_ann = await settings.open(ANN, Group.BUDGET, "V1")
    of_bob = await settings.open(BOB, Group.NOTICE, "V2")

    saved = await asyncio.gather(settings.save(ANN, of_ann.form_id, BUDGET), settings.save(BOB, of_bob.form_id, NOTICE))

    found = await database.read(workspaces.get, TEAM)
    assert found is not None
    assert found.policy == Policy(budget_c=9, praised_days=14)
    assert [one.below for one in saved] == ["V1", "V2"]
    changes = await database.read(setting_changes.latest, TEAM, 5)
    assert {(one.setting, one.before, one.after, one.changed_by) for one in changes} == {
        ("budget_c", "3", "9", "U1"),
        ("praised_days", "7", "14", "U2"),
    }


async def test_the_same_group_saved_twice_is_noted_once(database: Database, settings: WorkspaceSettings) -> None:
    page = await settings.open(ANN, Group.BUDGET, "")

    await settings.save(ANN, page.form_id, BUDGET)
    await settings.save(ANN, page.form_id, BUDGET)

    assert len(await database.read(setting_changes.latest, TEAM, 5)) == 1


async def test_what_is_left_empty_is_the_default_again(database: Database, settings: WorkspaceSettings) -> None:
    page = await settings.open(ANN, Group.BUDGET, "")
    await settings.save(ANN, page.form_id, BUDGET)

    await settings.save(ANN, page.form_id, {})

    found = await database.read(workspaces.get, TEAM)
    assert found is not None
    assert found.policy == Policy()


async def test_only_administrators_open_reset_and_save(settings: WorkspaceSettings) -> None:
    page = await settings.open(ANN, Group.BUDGET, "")

    for forbidden in (
        settings.open(CAT, Group.BUDGET, ""),
        settings.reset(CAT, page.form_id),
        settings.save(CAT, page.form_id, BUDGET),
    ):
        with pytest.raises(DomainError) as refused:
            await forbidden
        assert refused.value.problem is Problem.SETTINGS_OF_ADMINS
    assert (await settings.look(CAT)).admins == ("U1", "U2")
    assert not (await settings.look(CAT)).may_change


async def test_a_form_of_another_administrator_or_of_no_group_is_no_form(settings: WorkspaceSettings) -> None:
    page = await settings.open(ANN, Group.BUDGET, "")

    for lost in (
        settings.save(BOB, page.form_id, BUDGET),
        settings.reset(BOB, page.form_id),
        settings.open(ANN, "everything", ""),
    ):
        with pytest.raises(DomainError) as refused:
            await lost
        assert refused.value.problem is Problem.FORM_EXPIRED
