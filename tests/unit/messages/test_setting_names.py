"""Settings as people read them."""

from dataclasses import fields
from datetime import time
from pathlib import Path

import pytest

from domain.policy import BOUNDS, Policy
from domain.setting_change import default_of, read, written
from domain.setting_groups import GROUP_OF, UNITS, Group
from messages.i18n import LANGUAGES, translator
from messages.setting_names import GROUP_NAMES, NAMES, setting_label, setting_name, setting_value

EN, NL = translator("en"), translator("nl")


def test_every_setting_and_every_group_has_a_name_that_fits_a_title() -> None:
    assert set(NAMES) == set(UNITS)
    assert set(GROUP_NAMES) == set(Group)
    assert all(len(translator(language).text(name)) <= 24 for language in LANGUAGES for name in GROUP_NAMES.values())


@pytest.mark.parametrize("name", UNITS)
def test_names_differ_by_language_and_from_each_other(name: str) -> None:
    others = {setting_name(NL, other) for other in NAMES if other != name}

    assert setting_name(EN, name) != setting_name(NL, name)
    assert setting_name(NL, name) not in others


@pytest.mark.parametrize(
    ("name", "value", "english", "dutch"),
    [
        ("budget_a", 2, "2", "2"),
        ("tier_a_share", 0.125, "12.5 %", "12,5%"),
        ("quiet_from", time(19, 30), "19:30", "19:30"),
        ("templates_locked", True, "yes", "ja"),
        ("asks_approval", False, "no", "nee"),
        ("country", "NL", "Netherlands", "Nederland"),
        ("country", "", "by time zone", "volgens tijdzone"),
        ("own_domains", (), "none", "geen"),
        ("own_domains", ("a.example", "b.example"), "a.example, b.example", "a.example, b.example"),
        ("of_another_release", "7", "7", "7"),
    ],
)
def test_a_value_is_shown_in_the_readers_way(name: str, value: object, english: str, dutch: str) -> None:
    assert (setting_value(EN, name, value), setting_value(NL, name, value)) == (english, dutch)


def test_a_label_begins_with_a_capital() -> None:
    assert setting_label(EN, "budget_a") == "Step-downs with a client of tier A"


@pytest.mark.parametrize("name", UNITS)
def test_what_is_written_down_of_a_value_is_read_again(name: str) -> None:
    assert read(name, written(default_of(name))) == default_of(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("own_domains", ("a.example", "b.example")),
        ("templates_locked", True),
        ("country", "BE"),
        ("tier_b_share", 0.05),
    ],
)
def test_so_is_another_value(name: str, value: object) -> None:
    assert read(name, written(value)) == value


@pytest.mark.parametrize(("name", "text"), [("budget_a", "many"), ("quiet_from", "late"), ("unknown", "7")])
def test_what_another_release_wrote_is_shown_as_it_is(name: str, text: str) -> None:
    assert setting_value(EN, name, read(name, text)) == text


def test_the_page_on_the_judgement_says_where_each_number_is_set_and_within_which_bounds() -> None:
    page = (Path(__file__).parent.parent.parent.parent / "docs" / "judgement.md").read_text(encoding="utf-8")
    table = page.partition("\n## Numbers")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "| `" in line[:3]]
    numbers = {field.name for field in fields(Policy)}

    told = {row[0].strip("`"): (row[2], row[3]) for row in rows}

    assert told == {name: (_bounds(name), GROUP_NAMES[group]) for name, group in GROUP_OF.items() if name in numbers}


def _bounds(name: str) -> str:
    if name not in BOUNDS:
        return "any"
    lowest, highest = BOUNDS[name]
    return f"{lowest:g}, {highest:g}"
