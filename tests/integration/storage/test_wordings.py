"""Templates that a workspace and its members wrote: which one counts, and what stays of the others."""

from dataclasses import replace
from datetime import timedelta

from domain.member import Workspace
from domain.wording import Template, TemplateKey, Text
from domain.words import Formality
from storage import wordings, workspaces
from storage.database import Database
from tests.support.stored import NOW, OTHER_TEAM, OWNER, TEAM

KEY = TemplateKey(text=Text.CALL, language="en", formality=Formality.FORMAL)
FIRST = replace(KEY, first_contact=True)
OURS = Template(
    id="ours-1", team_id=TEAM, key=KEY, version=1, subject="Ours", body="By phone?", saved_by="UADMIN", saved_at=NOW
)
MINE = replace(OURS, id="mine-1", member_id=OWNER, subject="Mine", saved_by=OWNER)


async def stored(database: Database, *templates: Template, locked: bool = False) -> None:
    await database.run(workspaces.save, Workspace(team_id=TEAM, templates_locked=locked))
    for template in templates:
        await database.run(wordings.save, template)


async def in_use(database: Database, key: TemplateKey = KEY, member_id: str = OWNER) -> Template | None:
    return await database.read(wordings.in_use, TEAM, member_id, key)


async def test_a_members_own_comes_before_the_workspaces_and_only_for_that_member(database: Database) -> None:
    await stored(database, OURS, MINE)

    assert await in_use(database) == MINE
    assert await in_use(database, member_id="UOTHER") == OURS
    assert await in_use(database, FIRST) is None


async def test_where_the_workspace_locked_its_texts_a_members_own_is_left_aside(database: Database) -> None:
    await stored(database, OURS, MINE, locked=True)

    assert await in_use(database) == OURS


async def test_the_newest_version_counts_and_a_reset_gives_way_to_what_lies_below(database: Database) -> None:
    newer = replace(MINE, id="mine-2", version=2, subject="Mine, newer", saved_at=NOW + timedelta(days=1))
    reset = replace(MINE, id="mine-3", version=3, subject="", body="", saved_at=NOW + timedelta(days=2))
    await stored(database, OURS, MINE, newer)
    assert await in_use(database) == newer

    await database.run(wordings.save, reset)

    assert await in_use(database) == OURS
    assert await database.read(wordings.versions, TEAM, OWNER, KEY) == [reset, newer, MINE]
    assert await database.read(wordings.versions, TEAM, OWNER, KEY, limit=1) == [reset]
    assert await database.read(wordings.newest, TEAM, OWNER) == {("", KEY): OURS, (OWNER, KEY): reset}


async def test_another_workspace_has_none_of_them(database: Database) -> None:
    await stored(database, OURS, MINE)

    assert await database.read(wordings.in_use, OTHER_TEAM, OWNER, KEY) is None
    assert await database.read(wordings.newest, OTHER_TEAM, OWNER) == {}
    assert await database.read(wordings.get, OTHER_TEAM, MINE.id) is None
    assert await database.read(wordings.get, TEAM, MINE.id) == MINE
