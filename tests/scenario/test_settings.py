"""`/meetdown settings`: a member's own, with the reminders that follow."""

import copy
from dataclasses import replace
from datetime import timedelta

from bot.calendars.work_week import leads_of, week_of
from domain.member import Member, Workspace
from domain.planned import ReminderState
from domain.words import Formality, Lead
from playground import Person, SlackStandIn, View, words
from playground.limits import violations
from storage import members, reminders
from storage.planning import plan_reminders
from tests.support.agency import TEAM, THURSDAY, expect_errors, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER

NEXT_THURSDAY = THURSDAY + timedelta(days=7)
"""10:00 in Amsterdam, seven working days after the Tuesday on which the bot starts."""
FORGED = (
    ("decide_days", {"type": "number_input", "value": "0"}, "That is too little: 1 is the least."),
    ("decide_days", {"type": "number_input", "value": "31"}, "That is too much: 30 is the most."),
    ("decide_days", {"type": "number_input", "value": "2.5"}, "Please write a whole number, such as 2."),
    ("quiet_from", {"type": "timepicker", "selected_time": "25:00"}, "I cannot read that as a time."),
    ("country", {"type": "static_select", "selected_option": {"value": "XX"}}, "I do not know the holidays"),
    ("language", {"type": "static_select", "selected_option": {"value": "fr"}}, "I do not write that language"),
    ("manager", {"type": "users_select", "selected_user": "U0GUEST"}, "That is an app or a guest."),
    ("manager", {"type": "users_select", "selected_user": "U0NOBODY"}, "I cannot reach that person"),
)
"""Field, what is sent as its value, the beginning of the answer."""


async def settings_of(person: Person) -> View:
    reply = await person.command("/meetdown", "settings")
    assert reply.ok, reply
    return await person.wait_for_modal()


async def save(person: Person, modal: View, values: dict[str, object]) -> None:
    reply = await person.submit(modal, values)
    assert reply.ok, (reply.error, reply.errors)


async def member_of(bot: RunningBot, user_id: str = OWNER) -> Member:
    found = await bot.meetdown.database.read(members.get, TEAM, user_id)
    assert found is not None
    return found


async def with_coming(bot: RunningBot, number: int = 1) -> None:
    """Meetings a week ahead, with their reminders."""
    await with_acme(bot)
    workspace, owner = Workspace(team_id=TEAM), Member(team_id=TEAM, user_id=OWNER, time_zone="Europe/Amsterdam")
    for count in range(number):
        starts_at = NEXT_THURSDAY + timedelta(days=7 * count)
        meeting = await with_meeting(bot, id=f"meeting-{count}", starts_at=starts_at)
        await bot.meetdown.database.run(
            plan_reminders, meeting, leads_of(owner, workspace), week_of(owner, workspace), bot.clock.now()
        )


async def due_of(bot: RunningBot, meeting_id: str = "meeting-0") -> dict[Lead, timedelta]:
    """How long before its start each planned reminder of a meeting comes."""
    found = await bot.meetdown.database.read(reminders.of_meeting, TEAM, meeting_id)
    return {one.lead: one.starts_at - one.due_at for one in found if one.state is ReminderState.PLANNED}


async def test_each_shows_its_default_and_what_is_changed_is_kept_and_shown_again(
    bot: RunningBot, anna: Person
) -> None:
    modal = await settings_of(anna)
    assert violations(modal.payload, "modal") == []
    shown = words(modal)
    for told in (
        "Empty: 2, as in your workspace.",
        "Empty: 2 hours, as in your workspace.",
        "Empty: 18:00, as in your workspace.",
        "Empty: 08:00, as in your workspace.",
        "Default: formal.",
        "Default: nobody.",
    ):
        assert told in shown

    await save(
        anna,
        modal,
        {
            "decide_days": "3",
            "last_call": "90 min",
            "quiet_from": "19:30",
            "quiet_until": "07:15",
            "country": "BE",
            "language": "nl",
            "formality": "informal",
            "manager": COLLEAGUE,
        },
    )

    saved = await member_of(bot)
    assert anna.modal is not None
    assert "Je instellingen zijn opgeslagen" in words(anna.modal)
    assert (saved.decide_days, saved.last_call) == (3, timedelta(minutes=90))
    assert (f"{saved.quiet_from:%H:%M}", f"{saved.quiet_until:%H:%M}", saved.country) == ("19:30", "07:15", "BE")
    assert (saved.chosen_language, saved.formality, saved.manager_id) == ("nl", Formality.INFORMAL, COLLEAGUE)
    assert saved.name == "Anna Berg"
    await anna.close_view(anna.modal)
    again = await settings_of(anna)
    assert "Jouw instellingen" in str(again.payload["title"])
    await save(anna, again, {})
    assert await member_of(bot) == saved


async def test_the_reminders_of_all_coming_meetings_move_after_the_answer(bot: RunningBot, anna: Person) -> None:
    await with_coming(bot, 3)
    usual = {Lead.DECIDE: timedelta(days=2), Lead.LAST_CALL: timedelta(hours=2)}
    assert [await due_of(bot, f"meeting-{number}") for number in range(3)] == [usual] * 3

    await save(anna, await settings_of(anna), {"decide_days": "1", "last_call": "1 h"})
    assert anna.modal is not None
    assert "The reminders of your coming meetings move along." in words(anna.modal)
    await bot.settle()

    own = {Lead.DECIDE: timedelta(days=1), Lead.LAST_CALL: timedelta(hours=1)}
    assert [await due_of(bot, f"meeting-{number}") for number in range(3)] == [own] * 3
    await anna.close_view(anna.modal)

    await save(anna, await settings_of(anna), {"quiet_from": "17:00", "quiet_until": "09:30"})
    await bot.settle()

    # 09:00 is night now; the last waking minute before it was on the evening before.
    assert (await due_of(bot))[Lead.LAST_CALL] > timedelta(hours=16)


async def test_a_reset_empties_its_group_and_leaves_the_rest_and_counts_once_saved(
    bot: RunningBot, anna: Person
) -> None:
    await save(anna, await settings_of(anna), {"decide_days": "3", "country": "BE", "language": "nl"})
    assert anna.modal is not None
    await anna.close_view(anna.modal)
    modal = await settings_of(anna)
    anna.fill(modal, {"Je leidinggevende": COLLEAGUE})

    assert (await anna.click(modal, action_id="settings.reset", value="reminders")).ok
    assert (await member_of(bot)).decide_days == 3
    await save(anna, modal, {})

    saved = await member_of(bot)
    assert (saved.decide_days, saved.country, saved.chosen_language, saved.manager_id) == (None, "", "nl", COLLEAGUE)


async def test_every_mistake_is_told_beside_its_field_and_loses_nothing(bot: RunningBot, anna: Person) -> None:
    modal = await settings_of(anna)

    mistakes = {"last_call": "soon", "manager": OWNER, "quiet_from": "08:00", "quiet_until": "18:00"}
    told = await expect_errors(anna, modal, {**mistakes, "decide_days": "3"})

    assert told == {
        "last_call": "I cannot read that as a length. Write the minutes as a number, such as 45.",
        "manager": "That is you. Please choose a colleague.",
        "quiet_until": "Then the whole working day is quiet. Did you mean it the other way round?",
    }
    assert anna.modal is modal
    await save(anna, modal, {"last_call": "45", "manager": COLLEAGUE, "quiet_from": "20:00", "quiet_until": "07:00"})
    saved = await member_of(bot)
    assert (saved.decide_days, saved.last_call, saved.manager_id) == (3, timedelta(minutes=45), COLLEAGUE)


async def test_what_slack_would_not_let_through_is_refused_here_too(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    slack.add_user("U0GUEST", is_restricted=True)
    modal = await settings_of(anna)

    for field, element, told in FORGED:
        payload = copy.deepcopy(anna._payloads.view_submission(modal))
        payload["view"]["state"]["values"][field] = {"value": element}
        answer = await anna._interact(payload)
        assert isinstance(answer.body, dict)
        assert answer.body["errors"][field].startswith(told), answer.body

    assert await member_of(bot) == replace(await member_of(bot), decide_days=None, country="", manager_id="")


async def test_a_form_of_somebody_else_is_not_saved(bot: RunningBot, anna: Person, ben: Person) -> None:
    of_anna, of_ben = await settings_of(anna), await settings_of(ben)
    of_ben.payload["private_metadata"] = of_anna.payload["private_metadata"]

    await ben.submit(of_ben, {"decide_days": "5"})

    assert ben.modal is not None
    assert "Dit venster" in words(ben.modal)
    assert [(await member_of(bot, who)).decide_days for who in (OWNER, COLLEAGUE)] == [None, None]


async def test_in_the_conversation_a_button_opens_them_and_the_language_counts_from_the_next_message(
    bot: RunningBot, ben: Person
) -> None:
    await ben.send_dm("settings")
    message = await ben.wait_for_message("instellingen")
    assert (await ben.click(message, label="Instellingen openen")).ok
    modal = await ben.wait_for_modal()
    assert violations(modal.payload, "modal") == []

    await save(ben, modal, {"language": "en"})
    reply = await ben.command("/meetdown", "help")

    assert reply.shown is not None
    assert "`/meetdown settings` changes your reminders" in words(reply.shown)


async def test_a_zone_that_changes_in_slack_moves_the_reminders(bot: RunningBot, anna: Person) -> None:
    await with_coming(bot)
    await settings_of(anna)
    before = await due_of(bot)

    await anna.change(tz="America/New_York")
    await bot.settle()

    # 10:00 in Amsterdam is in the night there; the reminder comes on the evening before.
    assert before[Lead.LAST_CALL] == timedelta(hours=2)
    assert (await due_of(bot))[Lead.LAST_CALL] > timedelta(hours=10)
