"""The groups in which settings are changed."""

from collections import Counter
from dataclasses import fields

from domain.member import Workspace
from domain.policy import AT_MOST, Policy
from domain.setting_groups import GROUP_OF, GROUPS, UNITS, Group

NOT_SET_BY_PEOPLE = {"team_id", "name", "bot_user_id", "policy"}


def test_every_number_and_every_choice_of_a_workspace_is_in_one_group() -> None:
    settings = {field.name for field in fields(Policy)} | {field.name for field in fields(Workspace)}

    assert Counter(name for group in GROUPS.values() for name in group) == Counter(settings - NOT_SET_BY_PEOPLE)
    assert set(GROUPS) == set(Group)
    assert set(UNITS) == set(GROUP_OF) == settings - NOT_SET_BY_PEOPLE


def test_a_rule_between_two_numbers_stays_within_a_group() -> None:
    assert all(GROUP_OF[name] is GROUP_OF[other] for name, (other, _) in AT_MOST.items())
