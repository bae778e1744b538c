"""Hand over: who may take a meeting, the brief, and what goes to and fro until the client is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.decision import HandoffTerms
from domain.words import Option
from playground import Person, SlackStandIn, words
from playground.records import Message
from storage import meetings, outbox
from tests.support.agency import (
    BRIEF,
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    expect_errors,
    with_acme,
    with_meeting,
)
from tests.support.bot import TUESDAY_MORNING, RunningBot
from tests.support.mail import MailServer
from tests.support.slack import COLLEAGUE, OWNER, lost_in_the_sdk


async def offer(bot: RunningBot, anna: Person, ben: Person) -> Message:
    """Anna asks Ben; the message that Ben gets."""
    await with_acme(bot)
    await with_meeting(bot)
    await coming(ben)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, BRIEF)
    await bot.settle()
    return ben.messages[-1]


def labels(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("type") == "button"
    ]


async def test_the_brief_is_prefilled_and_what_is_missing_is_said_at_its_field(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Hand over")
    held = {name: next(iter(field.values())).get("value") for name, field in modal.state.items()}
    assert "Acme" in str(held["brief_client"])
    assert "Sanne Jansen" in str(held["brief_who"])
    assert "Launch date" in str(held["brief_agenda"])
    assert "anna@meetdown.example" in str(held["brief_reach_owner"])

    refused = await anna.submit(modal)
    blank = await expect_errors(anna, modal, {**BRIEF, "brief_goal": "   ", "form.delegate": COLLEAGUE})

    assert {"delegate", "brief_goal", "brief_why_you"} <= set(refused.errors)
    assert blank == {"brief_goal": "Please fill this in."}


PEOPLE: list[tuple[str, dict[str, Any], str]] = [
    (OWNER, {}, "That is you."),
    ("UBOT", {"is_bot": True}, "That is an app"),
    ("USLACKBOT", {}, "That is an app"),
    ("UGONE", {"deleted": True}, "switched off"),
    ("UINVITED", {"is_invited_user": True}, "has not joined yet"),
    ("UGUEST", {"is_restricted": True}, "Guests cannot take meetings over"),
    ("USTRANGER", {"team_id": "T0OTHER", "is_stranger": True, "seen_in": {TEAM}}, "another organisation"),
    ("UHIDDEN", {"visible": False}, "I cannot reach that person"),
]


async def test_only_a_colleague_who_can_be_there_may_take_it(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    slack.add_workspace("T0OTHER", name="Other", domain="other", installed=False)
    for user_id, fields, _ in PEOPLE:
        if user_id not in {OWNER, "USLACKBOT"}:
            slack.add_user(user_id, **fields)
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Hand over")

    for user_id, _, sentence in PEOPLE:
        errors = await expect_errors(anna, modal, {**BRIEF, "form.delegate": user_id})
        assert list(errors) == ["delegate"], user_id
        assert sentence in errors["delegate"]
    assert await decision_of(bot) is None


async def test_accepting_sends_the_mail_only_then_and_tells_the_owner(
    mailing_bot: RunningBot, anna: Person, ben: Person, mail: MailServer
) -> None:
    asked = await offer(mailing_bot, anna, ben)
    assert mail.received == []
    assert "The e-mail waits until Ben Visser says yes." in words(anna.messages[-1])
    shown = words(asked)
    for told in ("Planning", "Agree on the launch date.", "No discount.", f"<@{OWNER}>"):
        assert told in shown
    assert "Too much work" not in shown
    assert lost_in_the_sdk(asked.blocks) == []
    assert len(labels(asked)) == 3

    assert (await ben.click(asked, action_id="brief.accept")).ok
    assert (await ben.click(asked, action_id="brief.accept")).ok
    await mailing_bot.settle()

    (sent,) = mail.received
    text = sent.message.get_body(("plain",))
    assert text is not None
    assert "Ben Visser" in text.get_content()
    assert [words(one) for one in anna.messages if "Ben Visser takes over your meeting" in words(one)] != []
    assert len([one for one in anna.messages if "takes over your meeting" in words(one)]) == 1
    assert "E-mail sent to sanne@acme.example." in words(_state(anna))
    assert len(labels(asked)) == 1


async def test_the_ticks_of_the_checklist_keep_their_state(bot: RunningBot, anna: Person, ben: Person) -> None:
    asked = await offer(bot, anna, ben)

    await ben.select(asked, "brief.checklist", ["read_brief", "numbers"])
    await ben.click(asked, action_id="brief.accept")
    await bot.settle()

    (boxes,) = [e for b in asked.blocks for e in b.get("elements", []) if e.get("type") == "checkboxes"]
    assert [option["value"] for option in boxes["initial_options"]] == ["read_brief", "numbers"]


async def test_a_question_goes_to_the_owner_and_the_answer_into_the_brief(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    asked = await offer(bot, anna, ben)
    await ben.click(asked, action_id="brief.ask")
    modal = await ben.wait_for_modal()
    assert (await ben.submit(modal, {"question": "Who is <!channel> Joe?"})).ok
    await bot.settle()
    question = anna.messages[-1]
    assert "Who is &lt;!channel&gt; Joe?" in words(question)

    await anna.click(question, label="Answer")
    assert (await anna.submit(await anna.wait_for_modal(), {"answer": "Their printer."})).ok
    await bot.settle()

    assert "Their printer." in words(ben.messages[-1])
    assert "Their printer." in words(asked)
    assert "Who is" in words(asked)
    state = words(question)
    for told in ("Who is &lt;!channel&gt; Joe?", "You answered: Their printer.", "Answered by you, today, 09:"):
        assert told in state
    assert labels(question) == []


async def test_after_a_no_the_owner_has_the_buttons_and_the_last_call_again(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    asked = await offer(bot, anna, ben)
    await ben.click(asked, action_id="brief.decline")
    assert (await ben.submit(await ben.wait_for_modal(), {"because": "I am away."})).ok
    await bot.settle()

    told = next(one for one in anna.messages if "cannot take over your meeting" in words(one))
    assert "I am away." in words(told)
    assert labels(asked) == []
    assert "Make it a call" in words(_state(anna))
    await anna.click(told, label="Choose another way")
    assert "Make it shorter" in words(anna.ephemerals[-1])
    await bot.go_to(THURSDAY - timedelta(hours=1, minutes=55))
    assert any("Last call" in words(one) for one in anna.messages)


async def test_silence_leads_to_another_way_and_the_colleague_is_told(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await offer(bot, anna, ben)
    await bot.go_to(TUESDAY_MORNING + timedelta(hours=4, minutes=5))
    reminder = next(one for one in anna.messages if "has not answered yet" in words(one))

    await anna.click(reminder, label="Choose another way")
    await anna.click(anna.ephemerals[-1], label="Make it shorter")
    await decide(anna, await anna.wait_for_modal())
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.SHORTER
    assert labels(reminder) == []
    assert all(labels(one) == [] for one in ben.messages[-2:])
    assert len(ben.messages) >= 2


async def test_a_late_yes_settles_the_question_about_the_silence(bot: RunningBot, anna: Person, ben: Person) -> None:
    asked = await offer(bot, anna, ben)
    await bot.go_to(TUESDAY_MORNING + timedelta(hours=4, minutes=5))
    question = next(one for one in anna.messages if "has not answered yet" in words(one))
    assert "Asked Ben Visser to take over" in words(_state(anna))

    await ben.click(asked, action_id="brief.accept")
    await bot.settle()

    assert "Ben Visser has answered about" in words(question)
    assert labels(question) == []
    assert "Handed over to Ben Visser" in words(_state(anna))


async def test_an_undone_hand_over_is_told_to_the_colleague(bot: RunningBot, anna: Person, ben: Person) -> None:
    asked = await offer(bot, anna, ben)
    await ben.click(asked, action_id="brief.accept")
    await bot.settle()
    before = len(ben.messages)

    await anna.click(_state(anna), label="Undo")
    await bot.settle()

    assert labels(asked) == []
    assert len(ben.messages) == before + 1
    assert labels(ben.messages[-1]) == []


async def test_a_cancelled_meeting_is_told_to_the_colleague_who_has_it(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    asked = await offer(bot, anna, ben)
    await ben.click(asked, action_id="brief.accept")
    await bot.settle()

    await _cancel(bot)
    await bot.settle()

    assert labels(asked) == []
    assert "geannuleerd" in words(ben.messages[-1])


async def test_ill_people_may_hand_over_with_an_unfinished_brief(bot: RunningBot, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.reason", "illness")

    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal)
    await bot.settle()

    assert "ill" not in words(ben.messages[-1]).lower().replace("will", "").replace("till", "").split()
    decision = await decision_of(bot)
    assert decision is not None
    assert isinstance(decision.terms, HandoffTerms)


async def test_a_brief_of_the_greatest_length_is_whole_in_its_modal(bot: RunningBot, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Hand over")
    long = dict.fromkeys(BRIEF, "word " * 299)
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, long)
    await bot.settle()

    await ben.click(ben.messages[-1], action_id="brief.whole")

    assert words(await ben.wait_for_modal()).count("word") >= 299 * len(BRIEF)


@pytest.mark.parametrize("action", ["brief.accept", "brief.ask", "brief.decline"])
async def test_a_brief_is_nobody_elses(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person, action: str
) -> None:
    asked = await offer(bot, anna, ben)
    slack.add_user("UCAROL", name="carol")
    carol = slack.as_user("UCAROL")

    await carol.click(asked, action_id=action)

    assert carol.modal is None
    assert "not yours" in words(carol.ephemerals[-1])


def _state(person: Person) -> Message:
    """The live message about the meeting."""
    return next(
        one for one in reversed(person.messages) if "Decided by you" in words(one) or "Remind me later" in words(one)
    )


async def _cancel(bot: RunningBot) -> None:
    """As a sync does where the entry is gone."""

    def cancel(session: Session) -> None:
        session.execute(update(meetings.MEETINGS).values(cancelled=True))
        outbox.promise(session, TEAM, outbox.Work.SHOW_MEETING, "meeting", bot.clock.now(), edition="cancelled")

    await bot.meetdown.database.run(cancel)
