"""docs/judgement.md against the code: a rule, a number or a test that is renamed must be renamed there."""

import re
from dataclasses import fields
from pathlib import Path

from domain.assessment import Rule
from domain.policy import Policy

ROOT = Path(__file__).parent.parent.parent.parent
PAGE = (ROOT / "docs" / "judgement.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.partition("## Every rule")[2].splitlines()
    if line.startswith("| `") and line.count("|") == 7
]
"""Rule, what it says, where from, default, setting, test."""

ELSEWHERE = (
    "follow_up_days_",
    "decide_lead_",
    "last_call_",
    "quiet_",
    "delegate_",
    "confirm_",
    "tier_",
    "travel_",
    "approval_",
)
"""Numbers of reminders and follow-ups: no rule of the judgement asks for them."""


def named(cells: list[str]) -> list[str]:
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_the_page_lists_every_rule_once_with_all_of_its_cells() -> None:
    assert sorted(named([row[0] for row in ROWS])) == sorted(Rule)
    assert all(len(row) == 6 and all(row) for row in ROWS)


def test_the_page_names_the_setting_of_every_number_of_the_judgement() -> None:
    numbers = {field.name for field in fields(Policy) if not field.name.startswith(ELSEWHERE)}

    assert set(named([row[4] for row in ROWS])) == numbers


def test_every_test_that_the_page_names_is_there() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    written = set(re.findall(r"def (test_\w+)\(", tests))

    assert all(named([row[5]]) for row in ROWS)
    assert set(re.findall(r"`(test_\w+)`", PAGE)) <= written


def test_the_page_gives_the_default_of_every_number() -> None:
    policy = Policy()
    given = {name: row[3] for row in ROWS for name in named([row[4]]) if row[3] != "–"}

    for name, default in given.items():
        number = getattr(policy, name)
        shown = f"{number:.0%}".replace("%", " %") if isinstance(number, float) else str(number)
        assert re.search(rf"(?<!\d){re.escape(shown)}(?!\d)", default), name
