"""Who may change which text, and that nothing is saved twice or over somebody else's work, on both engines."""

from dataclasses import replace

import pytest

from bot.services.templates import Templates
from domain.errors import DomainError, FieldErrors, InvalidCode, Problem
from domain.member import Member, Workspace
from domain.wording import Scope, TemplateKey, Text
from domain.words import Formality
from messages.template_editor import EditorPage
from messages.templates_page import TemplatesPage
from storage import setting_changes, wordings, workspaces
from storage.database import Database
from tests.support.stored import DELEGATE, OWNER, TEAM
from tests.support.use_cases import StoppedClock

KEY = TemplateKey(text=Text.CALL, language="en", formality=Formality.FORMAL)
ANNA = Member(team_id=TEAM, user_id=OWNER, name="Anna Berg", locale="en-GB")
ADMIN = Member(team_id=TEAM, user_id=DELEGATE, name="Ben Visser", is_admin=True)
SUBJECT, BODY = "{{ title }}", "{{ greeting }}\n\nI will ring you at {{ start }}.\n\n{{ closing }}"


class _Admins:
    """Who administers the workspace now, whatever a member's record of yesterday says."""

    async def is_admin(self, team_id: str, user_id: str) -> bool:
        return (team_id, user_id) == (TEAM, ADMIN.user_id)


def service(database: Database) -> Templates:
    return Templates(database=database, clock=StoppedClock(), admins=_Admins())


async def opened(database: Database, member: Member, scope: Scope = Scope.MINE) -> str:
    return (await service(database).edit(member, KEY, scope, "V1")).form_id


async def count(database: Database, owner: str) -> int:
    return len(await database.read(wordings.versions, TEAM, owner, KEY))


async def test_the_same_form_saved_twice_is_one_version(database: Database) -> None:
    form_id = await opened(database, ANNA)

    first = await service(database).save(ANNA, form_id, SUBJECT, BODY)
    second = await service(database).save(ANNA, form_id, SUBJECT, BODY)

    assert isinstance(first, TemplatesPage)
    assert first == second
    assert [line.used is not None for line in first.lines].count(True) == 1
    assert await count(database, OWNER) == 1


async def test_only_an_administrator_saves_resets_or_takes_up_a_text_of_the_workspace(database: Database) -> None:
    form_id = await opened(database, ADMIN, Scope.WORKSPACE)
    await service(database).save(ADMIN, form_id, SUBJECT, BODY)
    forged = await opened(database, ANNA, Scope.WORKSPACE)
    templates = service(database)
    stored = (await database.read(wordings.versions, TEAM, "", KEY))[0]

    for act in (
        templates.save(ANNA, forged, SUBJECT, BODY),
        templates.reset(ANNA, forged),
        templates.use_again(ANNA, forged, stored.id),
        templates.lock(ANNA, locked=True),
    ):
        with pytest.raises(DomainError) as refused:
            await act
        assert refused.value.problem is Problem.TEMPLATES_ARE_ADMINS
    assert await count(database, "") == 1


async def test_a_form_is_only_for_the_one_who_opened_it(database: Database) -> None:
    form_id = await opened(database, ANNA)

    with pytest.raises(DomainError) as refused:
        await service(database).save(replace(ADMIN, user_id="UOTHER"), form_id, SUBJECT, BODY)

    assert refused.value.problem is Problem.FORM_EXPIRED


async def test_another_ones_version_cannot_be_taken_up_by_its_id(database: Database) -> None:
    await service(database).save(ADMIN, await opened(database, ADMIN), SUBJECT, BODY)
    theirs = (await database.read(wordings.versions, TEAM, DELEGATE, KEY))[0]

    with pytest.raises(DomainError) as refused:
        await service(database).use_again(ANNA, await opened(database, ANNA), theirs.id)

    assert refused.value.problem is Problem.TEMPLATE_NOT_FOUND


async def test_a_members_own_text_is_not_saved_while_the_texts_are_locked(database: Database) -> None:
    await database.run(workspaces.save, Workspace(team_id=TEAM, name="Acme"))
    form_id = await opened(database, ANNA)
    await service(database).lock(ADMIN, locked=True)

    with pytest.raises(DomainError) as refused:
        await service(database).save(ANNA, form_id, SUBJECT, BODY)

    assert refused.value.problem is Problem.TEMPLATES_LOCKED
    (change,) = await database.read(setting_changes.latest, TEAM, 5)
    assert (change.setting, change.before, change.after, change.changed_by) == ("templates_locked", "", "yes", DELEGATE)
    kept = await database.read(workspaces.get, TEAM)
    assert kept == Workspace(team_id=TEAM, name="Acme", templates_locked=True)


async def test_who_saves_over_a_newer_version_is_told_first(database: Database) -> None:
    mine, theirs = await opened(database, ADMIN, Scope.WORKSPACE), await opened(database, ADMIN, Scope.WORKSPACE)
    await service(database).save(ADMIN, theirs, SUBJECT, BODY)

    told = await service(database).save(ADMIN, mine, "Mine: {{ title }}", BODY)

    assert isinstance(told, EditorPage)
    assert told.subject == "Mine: {{ title }}"
    assert "Somebody saved another version" in told.notice
    assert isinstance(await service(database).save(ADMIN, mine, "Mine: {{ title }}", BODY), TemplatesPage)
    assert [one.subject for one in await database.read(wordings.versions, TEAM, "", KEY)] == [
        "Mine: {{ title }}",
        SUBJECT,
    ]


async def test_a_member_begins_with_the_workspaces_text(database: Database) -> None:
    await service(database).save(ADMIN, await opened(database, ADMIN, Scope.WORKSPACE), SUBJECT, BODY)

    page = await service(database).edit(ANNA, KEY, Scope.MINE, "V1")

    assert (page.subject, page.body, page.has_versions) == (SUBJECT, BODY, False)


async def test_what_cannot_be_a_text_is_refused_at_its_field_and_shown_in_the_preview(database: Database) -> None:
    form_id = await opened(database, ANNA)

    with pytest.raises(FieldErrors) as refused:
        await service(database).save(ANNA, form_id, "", "{{ nobody }}")
    page = await service(database).preview(ANNA, form_id, SUBJECT, "{{ nobody }}")

    assert {name: error.code for name, error in refused.value.errors.items()} == {
        "subject": InvalidCode.REQUIRED,
        "body": InvalidCode.UNKNOWN_PLACEHOLDER,
    }
    assert "“nobody”" in page.notice
    assert page.preview is None
