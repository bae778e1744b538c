"""Who may take a meeting over, by the rules that need nothing but the person."""

from collections.abc import Mapping

import pytest

from bot.slack.people import delegate_problem
from bot.slack.person import Person, person_of
from domain.errors import InvalidCode

HERE = {"id": "U2", "team_id": "T1"}


def problem_of(
    user: Mapping[str, object], *, guests_allowed: bool = False, organisation: bool = False
) -> InvalidCode | None:
    return delegate_problem(
        person_of(user),
        team_id=None if organisation else "T1",
        enterprise_id="E1",
        guests_allowed=guests_allowed,
    )


@pytest.mark.parametrize(
    ("user", "problem"),
    [
        (HERE, None),
        (HERE | {"is_bot": True}, InvalidCode.DELEGATE_IS_BOT),
        (HERE | {"is_workflow_bot": True}, InvalidCode.DELEGATE_IS_BOT),
        ({"id": "USLACKBOT", "team_id": "T1", "is_bot": False}, InvalidCode.DELEGATE_IS_BOT),
        (HERE | {"deleted": True}, InvalidCode.DELEGATE_DELETED),
        (HERE | {"is_invited_user": True}, InvalidCode.DELEGATE_INVITED),
        (HERE | {"is_restricted": True}, InvalidCode.DELEGATE_GUEST),
        (HERE | {"is_ultra_restricted": True, "is_restricted": True}, InvalidCode.DELEGATE_GUEST),
        ({"id": "U2", "team_id": "T2"}, InvalidCode.DELEGATE_OUTSIDE),
        ({"id": "U2", "team_id": "T2", "is_stranger": False}, InvalidCode.DELEGATE_OUTSIDE),
        ({"id": "U2", "team_id": "T2", "enterprise_user": {"enterprise_id": "E2"}}, InvalidCode.DELEGATE_OUTSIDE),
        (
            {"id": "U2", "team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]}},
            InvalidCode.DELEGATE_OUTSIDE,
        ),
        ({"id": "U2", "team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T1", "T2"]}}, None),
        ({"id": "U2"}, InvalidCode.DELEGATE_OUTSIDE),
        ({}, InvalidCode.DELEGATE_OUTSIDE),
    ],
)
def test_a_delegate_is_a_full_active_member_of_the_same_workspace(
    user: Mapping[str, object], problem: InvalidCode | None
) -> None:
    assert problem_of(user) is problem


def test_guests_may_where_the_workspace_allows_it_and_invited_ones_still_may_not() -> None:
    guest = HERE | {"is_restricted": True}

    assert problem_of(guest, guests_allowed=True) is None
    assert problem_of(guest | {"is_invited_user": True}, guests_allowed=True) is InvalidCode.DELEGATE_INVITED


def test_where_the_bot_is_installed_for_an_organisation_its_people_may() -> None:
    colleague = {"id": "U2", "team_id": "T7", "enterprise_user": {"enterprise_id": "E1", "teams": ["T7"]}}
    stranger = {"id": "U2", "team_id": "T7", "enterprise_user": {"enterprise_id": "E2", "teams": ["T7"]}}

    assert problem_of(colleague, organisation=True) is None
    assert problem_of(stranger, organisation=True) is InvalidCode.DELEGATE_OUTSIDE


def test_a_person_is_read_even_where_slack_leaves_things_out() -> None:
    assert person_of({"id": "U1", "profile": None, "enterprise_user": None}) == Person(id="U1", team_id="")


@pytest.mark.parametrize(
    ("said", "is_admin"),
    [
        ({"is_admin": True}, True),
        ({"is_owner": True}, True),
        ({"is_primary_owner": True}, True),
        ({"enterprise_user": {"is_owner": True}}, True),
        ({"is_admin": False, "is_owner": False}, False),
        ({}, False),
        ({"is_admin": True, "deleted": True}, False),
    ],
)
def test_administrators_and_owners_are_administrators_while_they_are_here(
    said: Mapping[str, object], is_admin: bool
) -> None:
    assert person_of({"id": "U1", **said}).is_admin is is_admin
