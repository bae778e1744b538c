"""What is typed into the settings of a workspace."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.setting_input import MOST_DOMAINS, read_group
from domain.errors import Invalid, InvalidCode
from domain.member import Workspace
from domain.policy import Policy
from domain.setting_change import default_of, value_of, with_values
from domain.setting_groups import GROUPS, Group
from messages.i18n import LANGUAGES, translator
from messages.setting_names import setting_value

WORKSPACE = Workspace(team_id="T1", policy=Policy(budget_b=3, budget_c=4))


def read(group: Group, given: dict[str, str]) -> tuple[dict[str, Any], dict[str, Invalid]]:
    errors: dict[str, Invalid] = {}
    return read_group(group, given, WORKSPACE, {"acme.example": "Acme"}, errors), errors


@pytest.mark.parametrize("group", Group)
def test_what_is_left_empty_is_the_default(group: Group) -> None:
    assert read(group, {}) == ({name: default_of(name) for name in GROUPS[group]}, {})


@pytest.mark.parametrize(
    ("text", "share"),
    [("10", 0.1), ("10 %", 0.1), ("10,5 %", 0.105), ("10.5%", 0.105), ("100", 1.0), ("12.3456 %", 0.1235)],
)
def test_a_percentage_is_read_with_and_without_its_sign(text: str, share: float) -> None:
    values, errors = read(Group.VALUE, {"tier_a_share": text})

    assert (values["tier_a_share"], errors) == (share, {})


@given(st.floats(min_value=0.001, max_value=1))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_saved_as_it_stands_changes_no_share(language: str, share: float) -> None:
    first, _ = read(Group.VALUE, {"tier_a_share": f"{share * 100:.6f}"})
    shown = setting_value(translator(language), "tier_a_share", first["tier_a_share"])

    again, _ = read(Group.VALUE, {"tier_a_share": shown})

    assert again["tier_a_share"] == first["tier_a_share"]


@pytest.mark.parametrize(
    ("group", "name", "text", "code"),
    [
        (Group.BUDGET, "budget_a", "two", InvalidCode.NOT_A_NUMBER),
        (Group.BUDGET, "budget_a", "1.5", InvalidCode.NOT_A_NUMBER),
        (Group.BUDGET, "budget_a", "-1", InvalidCode.TOO_LOW),
        (Group.BUDGET, "budget_c", "100", InvalidCode.TOO_HIGH),
        (Group.BUDGET, "budget_a", "3", InvalidCode.ABOVE_ANOTHER),
        (Group.BUDGET, "budget_a", "9" * 40, InvalidCode.NOT_A_NUMBER),
        (Group.VALUE, "tier_a_share", "-5", InvalidCode.NOT_A_SHARE),
        (Group.VALUE, "revenue_share_lift", "0", InvalidCode.TOO_LOW),
        (Group.REMINDERS, "quiet_from", "24:00", InvalidCode.NOT_A_TIME),
        (Group.REMINDERS, "quiet_until", "17:30", InvalidCode.QUIET_ALL_DAY),
        (Group.REMINDERS, "last_call_hours", "0", InvalidCode.TOO_LOW),
        (Group.REMINDERS, "decide_lead_working_days", "0", InvalidCode.TOO_LOW),
        (Group.WORKSPACE, "country", "XX", InvalidCode.NOT_A_COUNTRY),
        (Group.WORKSPACE, "own_domains", "a.example, b", InvalidCode.NOT_A_DOMAIN),
        (Group.WORKSPACE, "own_domains", "gmail.com", InvalidCode.PUBLIC_DOMAIN),
        (Group.WORKSPACE, "own_domains", "www.acme.example", InvalidCode.DOMAIN_TAKEN),
    ],
)
def test_a_mistake_is_named_at_its_field(group: Group, name: str, text: str, code: InvalidCode) -> None:
    _, errors = read(group, {name: text})

    assert {field: error.code for field, error in errors.items()} == {name: code}


def test_too_many_domains_are_refused() -> None:
    typed = " ".join(f"d{number}.example" for number in range(MOST_DOMAINS + 1))

    assert read(Group.WORKSPACE, {"own_domains": typed})[1] == {
        "own_domains": Invalid(InvalidCode.TOO_MANY, limit=MOST_DOMAINS)
    }


def test_what_is_read_is_laid_over_the_workspace_and_leaves_the_other_groups() -> None:
    values, errors = read(Group.REMINDERS, {"quiet_from": "20:00", "last_call_hours": "3"})
    after = with_values(WORKSPACE, values)

    assert errors == {}
    assert after == replace(WORKSPACE, policy=replace(WORKSPACE.policy, quiet_from=time(20), last_call_hours=3))


@given(st.sampled_from(Group), st.data())
def test_whatever_is_typed_it_is_either_wrong_at_a_field_of_the_group_or_makes_a_workspace(
    group: Group, data: st.DataObject
) -> None:
    typed = st.text(max_size=20) | st.integers(-5, 900).map(str) | st.sampled_from(["yes", "no", "NL", "07:30", "5 %"])
    given_ = data.draw(st.dictionaries(st.sampled_from(sorted(GROUPS[group])), typed))

    values, errors = read(group, given_)

    assert set(errors) <= set(GROUPS[group])
    if not errors:
        after = with_values(WORKSPACE, values)
        assert {name: value_of(after, name) for name in GROUPS[group]} == values
