"""The modals of the settings, in both languages and with the longest of everything."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.member import Workspace
from domain.policy import Policy
from domain.setting_change import SettingChange, default_of
from domain.setting_groups import GROUPS, Group
from messages.i18n import LANGUAGES, translator
from messages.settings_page import Defaults, SettingsPage, lead, settings_modal, settings_offer, settings_saved
from messages.workspace_settings_page import GroupPage, WorkspacePage, group_modal, workspace_modal
from tests.support.wording import EXTREMES, assert_slack_takes, texts

EN = translator("en")
COUNTRIES = ("AX", "BE", "NL", "ZW")
DEFAULTS = Defaults(
    decide_days=2,
    last_call=timedelta(hours=2),
    quiet_from=time(18),
    quiet_until=time(8),
    country="NL",
    language="en",
)
OWN = SettingsPage(form_id="form-1", values={}, defaults=DEFAULTS, countries=COUNTRIES, is_admin=True)
CHANGE = SettingChange(
    id="1",
    team_id="T1",
    setting="budget_a",
    before="1",
    after="2",
    changed_by="U0ANNA",
    changed_at=datetime(2026, 3, 10, 8, 30, tzinfo=UTC),
)


def shown(view: object) -> str:
    return texts(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_members_own_settings_are_taken_by_slack_filled_in_or_not(language: str) -> None:
    t = translator(language)
    filled = {"decide_days": "3", "last_call": "90 min", "quiet_from": "19:00", "country": "ZW", "manager": "U0BEN"}

    for page in (OWN, replace(OWN, values=filled, edition=7), replace(OWN, is_admin=False)):
        assert_slack_takes(settings_modal(t, page), "modal")
    assert_slack_takes(settings_saved(t, reminders_move=True), "modal")
    assert settings_offer(t).blocks


def test_a_default_without_a_country_says_so() -> None:
    assert "As usual: Netherlands" in shown(settings_modal(EN, OWN))
    assert "As usual: no holidays" in shown(settings_modal(EN, replace(OWN, defaults=replace(DEFAULTS, country=""))))


def test_countries_stand_under_their_letters_without_accents() -> None:
    modal = settings_modal(EN, OWN)
    select = next(block for block in modal["blocks"] if block.get("block_id") == "country")["element"]

    assert [group["label"]["text"] for group in select["option_groups"]] == ["Default", "A", "B", "N", "Z"]
    assert select["option_groups"][1]["options"][0]["text"]["text"] == "Åland Islands"
    assert select["initial_option"]["value"] == "default"


@pytest.mark.parametrize(
    ("before", "english"),
    [(timedelta(minutes=90), "90 min"), (timedelta(hours=1), "1 hour"), (timedelta(hours=3), "3 hours")],
)
def test_a_lead_time_is_shown_as_it_may_be_typed(before: timedelta, english: str) -> None:
    assert lead(EN, before) == english


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workspaces_page_is_taken_whatever_stands_in_it(language: str, text: str) -> None:
    t = translator(language)
    workspace = Workspace(
        team_id="T1", own_domains=(text,) * 50, country="BE", approver_id="U0BOSS", policy=Policy(budget_c=99)
    )
    changes = [replace(CHANGE, setting=text[:80], before=text, after=text)] * 5

    for may_change in (True, False):
        page = WorkspacePage(workspace=workspace, may_change=may_change, admins=("U0ANNA",), changes=changes)
        assert_slack_takes(workspace_modal(t, page), "modal")


def test_the_workspaces_page_tells_what_differs_and_who_changed_it() -> None:
    workspace = Workspace(team_id="T1", policy=Policy(budget_c=4), approver_id="U0BOSS")
    told = shown(workspace_modal(EN, WorkspacePage(workspace=workspace, may_change=False, changes=[CHANGE])))

    assert "Step-downs with a client of tier B: 2\n" in told
    assert "Step-downs with a client of tier C: *4* (default 3)" in told
    assert "Manager of those who have named none themselves: *<@U0BOSS>* (default none)" in told
    assert "<@U0ANNA>: step-downs with a client of tier A 1 → 2" in told
    assert "ask an administrator of your Slack workspace" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", Group)
def test_every_setting_of_a_group_is_a_field_with_its_default(group: Group, language: str) -> None:
    values = {name: default_of(name) for name in GROUPS[group]}
    page = GroupPage(form_id="form-1", group=group, values=values, countries=COUNTRIES)
    modal = group_modal(translator(language), page)

    assert_slack_takes(modal, "modal")
    assert [block["block_id"] for block in modal["blocks"] if block["type"] == "input"] == list(GROUPS[group])
    assert all(block.get("hint") for block in modal["blocks"] if block["type"] == "input")
