"""What is remembered of a client: answers, notes and debriefs, as members put them down and find them again."""

from copy import deepcopy
from datetime import timedelta

import pytest

from domain.aftermath import ClientAnswer, Mood
from domain.words import MeetingKind
from playground import Person, words
from playground.records import Message, View
from storage import aftermath
from tests.support.agency import (
    BRIEF,
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE


async def timeline(person: Person) -> View:
    await person.click(await coming(person, "clients"), label="Open")
    return await person.wait_for_modal()


async def called_instead(bot: RunningBot, anna: Person) -> str:
    """Anna made Thursday's meeting with Acme a call; the decision's id."""
    await with_acme(bot)
    await with_meeting(bot)
    await decide(anna, await choose(anna, "Make it a call"))
    await bot.settle()
    decision = await decision_of(bot)
    assert decision is not None
    return decision.id


async def question(bot: RunningBot, person: Person, containing: str) -> Message:
    await bot.settle()
    return await person.wait_for_message(containing)


@pytest.mark.parametrize(
    ("label", "answer", "said"),
    [
        ("Yes, confirmed", ClientAnswer.CONFIRMED, "Acme confirmed the change"),
        ("They want another date", ClientAnswer.REBOOKED, "Acme wants another date"),
        ("They complained", ClientAnswer.COMPLAINED, "Ring them today"),
    ],
)
async def test_what_the_client_answered_is_asked_and_kept(
    bot: RunningBot, anna: Person, label: str, answer: ClientAnswer, said: str
) -> None:
    decision_id = await called_instead(bot, anna)
    await bot.go_to(bot.clock.now() + timedelta(days=1, hours=1))
    asked = await question(bot, anna, "Has Acme confirmed?")

    assert (await anna.click(asked, label=label)).ok

    known = await bot.meetdown.database.read(aftermath.answers, TEAM, [decision_id])
    assert known[decision_id].answer is answer
    assert said in words(asked)


async def test_a_complaint_leads_to_the_clients_record(bot: RunningBot, anna: Person) -> None:
    await called_instead(bot, anna)
    await bot.go_to(bot.clock.now() + timedelta(days=1, hours=1))
    asked = await question(bot, anna, "Has Acme confirmed?")
    await anna.click(asked, label="They complained")

    await anna.click(asked, label="Mark a complaint")

    assert (await anna.wait_for_modal()).title == "Change a client"


async def test_an_answer_is_put_down_in_the_timeline_and_shown_at_once(bot: RunningBot, anna: Person) -> None:
    decision_id = await called_instead(bot, anna)
    shown = await timeline(anna)

    assert (await anna.select(shown, "timeline.entry", "They complained")).ok

    known = await bot.meetdown.database.read(aftermath.answers, TEAM, [decision_id])
    assert known[decision_id].answer is ClientAnswer.COMPLAINED
    assert anna.modal is not None
    assert "→ They complained" in words(anna.modal)
    assert (await anna.select(anna.modal, "timeline.only", "Only where they minded")).ok
    assert "Planning" in words(anna.modal)
    assert (await anna.select(anna.modal, "timeline.only", "Only hand-overs")).ok
    assert "There is nothing here." in words(anna.modal)


async def test_nobody_else_puts_words_into_the_clients_mouth(bot: RunningBot, anna: Person, ben: Person) -> None:
    decision_id = await called_instead(bot, anna)
    shown = await timeline(ben)
    assert "They complained" not in words(shown)
    assert "Reden" not in words(shown)
    menu = next(block["accessory"] for block in shown.blocks if block.get("accessory", {}).get("type") == "overflow")
    menu["options"][0]["value"] = f"{decision_id}.complained"

    await ben.select(shown, "timeline.entry", menu["options"][0]["text"]["text"])

    assert await bot.meetdown.database.read(aftermath.answers, TEAM, [decision_id]) == {}


async def test_a_note_is_kept_once_and_read_by_everybody(bot: RunningBot, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    shown = await timeline(anna)
    await anna.select(shown, "timeline.entry", "Add a note")
    form = await anna.wait_for_modal()
    blank = await anna.submit(form, {"note": "   "})

    saved = await anna.submit(form, {"note": "They move to <!channel> the new office"})

    assert blank.errors == {"note": "Please fill this in."}
    assert saved.ok
    assert anna.modal is not None
    assert "They move to" in words(anna.modal)
    assert "the new office" in words(await timeline(ben))
    (note,) = await bot.meetdown.database.read(aftermath.notes, TEAM, ["meeting"])
    assert note.text == "They move to <!channel> the new office"


async def test_the_budget_and_the_next_protected_meeting_stand_in_the_timeline(bot: RunningBot, anna: Person) -> None:
    await called_instead(bot, anna)
    later = THURSDAY + timedelta(days=20)
    await with_meeting(bot, id="renewal", title="Renewal talk", starts_at=later, kind=MeetingKind.RENEWAL)

    shown = words(await timeline(anna))

    assert "Budget: 1 of 2 step-downs left in 90 days" in shown
    assert "Next protected meeting: Renewal talk" in shown


async def test_old_meetings_are_a_page_further(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    for number in range(17):
        starts_at = THURSDAY - timedelta(days=number * 7)
        await with_meeting(bot, id=f"m{number}", title=f"Weekly {number:02}", starts_at=starts_at)
    shown = await timeline(anna)
    assert "Weekly 16" not in words(shown)

    assert (await anna.click(shown, label="Older")).ok

    assert anna.modal is not None
    assert "Weekly 16" in words(anna.modal)
    assert "Weekly 00" not in words(anna.modal)
    assert (await anna.click(anna.modal, label="Newer")).ok
    assert "Weekly 00" in words(anna.modal)


async def handed_over(bot: RunningBot, anna: Person, ben: Person) -> str:
    """Ben took Thursday's meeting over; the decision's id."""
    await with_acme(bot)
    await with_meeting(bot)
    await coming(ben)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, BRIEF)
    await bot.settle()
    await ben.click(ben.messages[-1], label="Ik neem het over")
    await bot.settle()
    decision = await decision_of(bot)
    assert decision is not None
    return decision.id


async def test_the_delegate_is_asked_afterwards_and_the_owner_gets_the_debrief(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    decision_id = await handed_over(bot, anna, ben)
    await bot.go_to(THURSDAY + timedelta(hours=2))
    asked = await question(bot, ben, "Hoe ging het?")
    await ben.click(asked, label="Debrief schrijven")
    form = await ben.wait_for_modal()
    missing = await ben.submit(form, {"outcome": " "})

    sent = await ben.submit(
        form, {"outcome": "They agree", "promises": "A plan by Friday", "open_points": "Budget", "mood": "tense"}
    )
    await bot.settle()

    assert set(missing.errors) == {"outcome"}
    assert sent.ok
    known = await bot.meetdown.database.read(aftermath.debriefs, TEAM, [decision_id])
    assert (known[decision_id].outcome, known[decision_id].mood) == ("They agree", Mood.TENSE)
    told = await anna.wait_for_message("Ben Visser reports on")
    assert "A plan by Friday" in words(told)
    assert "The client was tense" in words(told)
    assert "Anna Berg heeft je debrief" in words(asked)
    await anna.click(told, label="The client's history")
    shown = words(await anna.wait_for_modal())
    assert "Debrief by Ben Visser: They agree" in shown
    assert "Open: Budget" in shown


async def test_what_a_delegate_corrects_in_a_debrief_reaches_the_owner_in_the_same_message(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await handed_over(bot, anna, ben)
    await bot.go_to(THURSDAY + timedelta(hours=2))
    asked = deepcopy(await question(bot, ben, "Hoe ging het?"))

    for outcome in ("They agree", "They agree from May on"):
        await ben.click(asked, label="Debrief schrijven")
        await ben.submit(await ben.wait_for_modal(), {"outcome": outcome, "mood": "good"})
        await bot.settle()

    told = [words(one) for one in anna.messages if "Ben Visser reports on" in words(one)]
    assert len(told) == 1
    assert "They agree from May on" in told[0]


async def test_a_delegates_forged_answer_is_no_word_of_the_client(bot: RunningBot, anna: Person, ben: Person) -> None:
    decision_id = await handed_over(bot, anna, ben)
    await bot.go_to(THURSDAY + timedelta(hours=2))
    asked = await question(bot, ben, "Hoe ging het?")
    button = next(one for block in asked.blocks for one in block.get("elements", []) if one.get("value"))
    button["action_id"] = "follow_up.complained"

    await ben.click(asked, label="Debrief schrijven")
    await bot.settle()

    assert await bot.meetdown.database.read(aftermath.answers, TEAM, [decision_id]) == {}


async def test_a_colleague_who_was_only_asked_cannot_say_what_the_client_answered(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await coming(ben)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, BRIEF)
    await bot.settle()
    decision = await decision_of(bot)
    assert decision is not None
    shown = await timeline(ben)
    menu = next(block["accessory"] for block in shown.blocks if block.get("accessory", {}).get("type") == "overflow")
    assert len(menu["options"]) == 1
    menu["options"][0]["value"] = f"{decision.id}.complained"

    await ben.select(shown, "timeline.entry", menu["options"][0]["text"]["text"])

    assert await bot.meetdown.database.read(aftermath.answers, TEAM, [decision.id]) == {}


async def test_nobody_is_asked_how_it_was_before_it_was(bot: RunningBot, anna: Person, ben: Person) -> None:
    await handed_over(bot, anna, ben)

    await bot.go_to(THURSDAY)

    assert not any("Hoe ging het?" in words(message) for message in ben.messages)


async def test_what_a_debrief_left_open_stands_in_the_next_brief(bot: RunningBot, anna: Person, ben: Person) -> None:
    await handed_over(bot, anna, ben)
    await bot.go_to(THURSDAY + timedelta(hours=2))
    await ben.click(await question(bot, ben, "Hoe ging het?"), label="Debrief schrijven")
    await ben.submit(await ben.wait_for_modal(), {"outcome": "Fine", "promises": "A plan by Friday", "mood": "good"})
    await bot.settle()
    await with_meeting(bot, id="next", title="Next planning", starts_at=THURSDAY + timedelta(days=14))

    modal = await choose(anna, "Hand over", "Next planning")

    held = {name: next(iter(field.values())).get("value") for name, field in modal.state.items()}
    assert "Promised: A plan by Friday" in str(held["brief_history"])
