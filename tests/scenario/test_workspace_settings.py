"""The settings of the workspace: seen by all, changed by administrators, and judged by at once."""

from datetime import timedelta
from typing import Any

import pytest

from domain.member import Workspace
from domain.planned import ReminderState
from domain.words import Lead, Tier
from playground import Person, SlackStandIn, View, words
from playground.limits import violations
from storage import reminders, setting_changes, workspaces
from tests.scenario.test_settings import NEXT_THURSDAY, settings_of, with_coming
from tests.support.agency import TEAM, choose, expect_errors, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER

GROUPS = (
    "value",
    "budget",
    "notice",
    "habit",
    "lengths",
    "follow_ups",
    "reminders",
    "handovers",
    "approvals",
    "workspace",
)
MISTAKES: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    (
        "budget",
        {"budget_a": "3"},
        {"budget_a": "That is more than “step-downs with a client of tier B” allows (2). Choose less here, or "},
    ),
    (
        "notice",
        {"ring_too_hours": "100", "praised_days": "3"},
        {"ring_too_hours": "That is more than “days of notice that are praised” allows (72). "},
    ),
    (
        "value",
        {"tier_b_share": "11 %", "revenue_share_lift": "lots", "tier_a_share": "101"},
        {
            "revenue_share_lift": "Write the share as a percentage",
            "tier_a_share": "Write the share as a percentage",
            "tier_b_share": "That is more than “share of the revenue from which I suggest tier A” allows (10 %). ",
        },
    ),
    (
        "value",
        {"tier_a_share": "0"},
        {"tier_a_share": "That is too little: 0.1 % is the least.", "tier_b_share": "That is more than "},
    ),
    ("workspace", {"own_domains": "northlight"}, {"own_domains": "“northlight” is not a domain."}),
    ("workspace", {"own_domains": "a.example gmail.com"}, {"own_domains": "Everybody can have an address at "}),
    ("workspace", {"own_domains": "acme.example"}, {"own_domains": "acme.example belongs to Acme already."}),
    ("approvals", {"approver_id": "U0GUEST"}, {"approver_id": "That is an app or a guest."}),
)
"""Group, what is typed, how the answers begin."""


@pytest.fixture
def admin(slack: SlackStandIn, anna: Person) -> Person:
    slack.store.users[OWNER].is_admin = True
    return anna


async def workspace_page(person: Person) -> View:
    modal = await settings_of(person)
    reply = await person.click(modal, action_id="settings.workspace")
    assert reply.ok, reply
    page = await person.wait_for_modal()
    assert page is not modal
    return page


async def open_group(person: Person, page: View, group: str) -> View:
    reply = await person.click(page, action_id="settings.group", value=group)
    assert reply.ok, reply
    opened = await person.wait_for_modal()
    assert opened is not page
    return opened


async def change(person: Person, group: str, values: dict[str, Any]) -> View:
    """The page of the workspace, after a group was changed."""
    page = await workspace_page(person)
    reply = await person.submit(await open_group(person, page, group), values)
    assert reply.ok, (reply.error, reply.errors, reply.answer)
    assert person.modal is page
    return page


async def close_all(person: Person) -> None:
    assert person.modal is not None
    await person.close_view(person.modal, all_of_them=True)


async def stored(bot: RunningBot) -> Workspace:
    found = await bot.meetdown.database.read(workspaces.get, TEAM)
    assert found is not None
    return found


async def test_every_group_can_be_opened_and_saved_as_it_is_in_both_languages(
    bot: RunningBot, slack: SlackStandIn, admin: Person, ben: Person
) -> None:
    slack.store.users[COLLEAGUE].is_admin = True
    before = await stored(bot)
    for person in (admin, ben):
        page = await workspace_page(person)
        assert violations(page.payload, "modal") == []
        for group in GROUPS:
            modal = await open_group(person, page, group)
            assert violations(modal.payload, "modal") == []
            assert (await person.submit(modal)).ok

    assert await stored(bot) == before
    assert await bot.meetdown.database.read(setting_changes.latest, TEAM, 5) == []


async def test_a_change_is_shown_with_who_made_it_and_turns_the_verdict(bot: RunningBot, admin: Person) -> None:
    await with_acme(bot, tier=Tier.C)
    await with_meeting(bot)
    before = words(await choose(admin, "Why?"))
    await close_all(admin)

    page = words(await change(admin, "notice", {"ring_first_hours": "60", "ring_too_hours": "72"}))
    await close_all(admin)

    assert "Hours before the start from which to ring first: *60* (default 24)" in page
    assert f"<@{OWNER}>: hours before the start from which to ring first 24 → 60" in page
    assert "hours before the start from which to ring as well 48 → 72" in page
    after = words(await choose(admin, "Why?"))
    assert "*E-mail for now: ✓ Fine*" in before
    assert "*E-mail for now: ✓ Fine*" not in after
    assert "hours before the start from which to ring first: 60 (default 24)" in after
    assert "ring the client first" in after


async def test_a_percentage_is_read_as_people_write_it_and_what_is_no_number_is_set_too(
    bot: RunningBot, admin: Person
) -> None:
    await change(admin, "value", {"tier_a_share": "12,5 %", "tier_b_share": "4", "revenue_share_lift": "20%"})
    await close_all(admin)
    await change(
        admin, "workspace", {"own_domains": "Agency.example, https://www.group.example", "templates_locked": "yes"}
    )
    await close_all(admin)
    await change(admin, "approvals", {"asks_approval": "yes", "approver_id": COLLEAGUE})
    await close_all(admin)
    page = words(await change(admin, "handovers", {"guests_may_take_over": "yes"}))

    found = await stored(bot)
    policy = found.policy
    assert (policy.tier_a_share, policy.tier_b_share, policy.revenue_share_lift) == (0.125, 0.04, 0.2)
    assert (found.own_domains, found.templates_locked) == (("agency.example", "group.example"), True)
    assert (found.asks_approval, found.approver_id, found.guests_may_take_over) == (True, COLLEAGUE, True)
    assert f"Manager of those who have named none themselves: *<@{COLLEAGUE}>* (default none)" in page
    assert "Your own e-mail domains: *agency.example, group.example* (default none)" in page


async def test_a_mistake_is_told_beside_its_field_and_changes_nothing(
    bot: RunningBot, slack: SlackStandIn, admin: Person
) -> None:
    slack.add_user("U0GUEST", is_restricted=True)
    await with_acme(bot)
    before, page = await stored(bot), await workspace_page(admin)

    for group, values, told in MISTAKES:
        modal = await open_group(admin, page, group)
        errors = await expect_errors(admin, modal, values)
        assert set(errors) == set(told)
        assert all(errors[name].startswith(text) for name, text in told.items()), errors
        assert admin.modal is modal
        await admin.close_view(modal)

    assert await stored(bot) == before


async def test_a_group_goes_back_to_its_defaults(bot: RunningBot, admin: Person) -> None:
    await change(admin, "budget", {"budget_c": "9", "budget_b": "8"})
    await close_all(admin)
    await change(admin, "notice", {"praised_days": "9"})
    await close_all(admin)
    page = await workspace_page(admin)
    modal = await open_group(admin, page, "budget")

    assert (await admin.click(modal, action_id="settings.group_reset")).ok
    assert (await stored(bot)).policy.budget_c == 9
    assert (await admin.submit(modal)).ok

    policy = (await stored(bot)).policy
    assert (policy.budget_b, policy.budget_c, policy.praised_days) == (2, 3, 9)
    assert "step-downs with a client of tier C 9 → 3" in words(page)


async def test_two_administrators_at_once_keep_each_others_groups(
    bot: RunningBot, slack: SlackStandIn, admin: Person, ben: Person
) -> None:
    slack.store.users[COLLEAGUE].is_owner = True
    of_anna = await open_group(admin, await workspace_page(admin), "budget")
    of_ben = await open_group(ben, await workspace_page(ben), "notice")

    assert (await admin.submit(of_anna, {"budget_c": "9"})).ok
    assert (await ben.submit(of_ben, {"praised_days": "14"})).ok

    policy = (await stored(bot)).policy
    assert (policy.budget_c, policy.praised_days) == (9, 14)


async def test_reminders_of_everybody_follow_the_workspace(bot: RunningBot, admin: Person) -> None:
    await with_coming(bot)

    await change(admin, "reminders", {"decide_lead_working_days": "1", "last_call_hours": "1"})
    await bot.settle()

    found = await bot.meetdown.database.read(reminders.of_meeting, TEAM, "meeting-0")
    assert {one.lead: NEXT_THURSDAY - one.due_at for one in found if one.state is ReminderState.PLANNED} == {
        Lead.DECIDE: timedelta(days=1),
        Lead.LAST_CALL: timedelta(hours=1),
    }


async def test_who_is_no_administrator_reads_and_cannot_change_by_a_forged_click_or_form(
    bot: RunningBot, admin: Person, ben: Person
) -> None:
    await change(admin, "budget", {"budget_c": "9"})
    await close_all(admin)
    of_ben = await workspace_page(ben)
    shown = words(of_ben)
    assert "*9* (standaard 3)" in shown
    assert f"vraag het dan een beheerder: <@{OWNER}>." in shown
    assert "Wijzigen" not in shown
    assert violations(of_ben.payload, "modal") == []
    page = await workspace_page(admin)
    of_anna = await open_group(admin, page, "budget")
    admin.fill(of_anna, {"budget_c": "99"})
    before = await stored(bot)

    pressed = ben._payloads.block_actions(
        page, {"action_id": "settings.group", "block_id": "b", "type": "button", "value": "budget"}
    )
    clicked = await ben._interact(pressed)
    submitted = await ben._interact(ben._payloads.view_submission(of_anna))

    assert clicked.acknowledged
    assert ben.modal is of_ben
    assert isinstance(submitted.body, dict)
    assert "Alleen beheerders" in str(submitted.body["view"])
    assert await stored(bot) == before


async def test_who_stops_being_an_administrator_loses_the_open_form_within_the_hour(
    bot: RunningBot, slack: SlackStandIn, admin: Person
) -> None:
    modal = await open_group(admin, await workspace_page(admin), "budget")
    before = await stored(bot)
    slack.store.users[OWNER].is_admin = False
    bot.clock.move(timedelta(minutes=61))

    assert (await admin.submit(modal, {"budget_c": "9"})).ok

    assert admin.modal is not None
    assert "Only administrators of your Slack workspace can change this." in words(admin.modal)
    assert await stored(bot) == before
