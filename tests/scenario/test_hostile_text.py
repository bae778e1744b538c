"""What people write stays dead text, wherever it comes in and wherever it is shown."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.meeting import Attendee
from domain.words import Tier
from playground import Person, SlackStandIn, words
from tests.support.agency import (
    ACME,
    BRIEF,
    SANNE,
    THURSDAY,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.mail import MailServer
from tests.support.published import PublishedCalendar, meeting
from tests.support.slack import COLLEAGUE, lost_in_the_sdk

EVIL = (
    "<!channel> <@U0BEN> <https://evil.example|here> @here #general *b* & <script>alert(1)</script> 🧨 שלום \u202egnp"
)
LONG = "𝔏" * 5_000 + "&" * 5_000

TYPED = [
    "",
    "   ",
    "payload",
    "payload review",
    "payload=%7B%7D",
    "<!channel>",
    "@here #general",
    "<@U0BEN|ben> <#C1|general> <https://evil.example|acme>",
    "<script>alert(1)</script>",
    "💥" * 1_000,
    "שלום עולם \u202eabc",
    "x" * 10_000,
    "&" * 10_000,
    "{name} {{ name }} %s %(x)d",
    "\x00\x01\x7f",
    "new",
    "new " + "y" * 9_000,
    "new <!channel> tomorrow 25:99 -5m",
    "clients ../../etc/passwd",
    "'; DROP TABLE meetings; --",
]
_ALIVE = re.compile(r"<(?!(?:@U0ANNA|!date\^\d+\^[^<>|]*\|[^<>|]*)>)[^>]*>?")
"""Slack's markup; ours are the mention of the owner and dates."""


def mrkdwn_in(value: Any) -> Iterator[str]:
    """Every text in a payload that Slack would read markup in."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield str(value["text"])
        for name, item in value.items():
            if name == "text" and isinstance(item, str) and "type" not in value:
                yield item
            yield from mrkdwn_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from mrkdwn_in(item)


def alive(slack: SlackStandIn) -> list[str]:
    """Whatever the bot has sent so far that Slack would take for a mention, a link or a channel."""
    sent: list[Any] = [call.args for call in slack.calls]
    sent += [answer.body for _, answer in slack.courier.delivered]
    return [found for text in mrkdwn_in(json.loads(json.dumps(sent))) for found in _ALIVE.findall(text)]


def is_verbatim(value: Any) -> bool:
    """Slack links names and addresses by itself, unless it is told not to."""
    if isinstance(value, dict):
        here = value.get("type") != "mrkdwn" or value.get("verbatim") is True
        return here and all(is_verbatim(item) for item in value.values())
    return all(is_verbatim(item) for item in value) if isinstance(value, list) else True


async def test_whatever_is_typed_gets_a_sentence_and_nothing_comes_alive(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)

    for text in TYPED:
        reply = await anna.command("/meetdown", text)
        assert reply.ok, (text[:40], reply)
        assert reply.shown is not None or anna.modal is not None, text[:40]
        if anna.modal is not None:
            await anna.close_view(anna.modal)
        if reply.shown is not None:
            assert "Something went wrong" not in words(reply.shown), text[:40]
            assert is_verbatim(reply.shown.blocks)

    assert alive(slack) == []


async def test_whatever_is_written_to_the_bot_gets_an_answer(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)

    for text in ("payload", EVIL, LONG, "x"):
        assert (await anna.send_dm(text)).ok

    assert len(anna.messages) == 4
    assert alive(slack) == []


async def test_a_hostile_calendar_stays_dead_text_from_the_list_to_the_mail(
    mailing_bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person, mail: MailServer
) -> None:
    bot, evil = mailing_bot, EVIL.replace(",", "\\,")
    await with_acme(bot, name=EVIL, tier=Tier.C, notes=EVIL, contacts=(replace(SANNE, name=EVIL),))
    async with PublishedCalendar() as calendar:
        more = (f"DESCRIPTION:- {evil}\\n- {evil}", f"LOCATION:{evil}")
        calendar.publish(
            meeting(evil, THURSDAY, "sanne@acme.example", minutes=90, more=more),
            meeting(f"Second {evil}", THURSDAY + timedelta(hours=3), "sanne@acme.example", uid="two", more=more),
        )
        await anna.command("/meetdown", "connect")
        assert (await anna.submit(await anna.wait_for_modal(), {"url": calendar.secret})).ok
        await bot.settle()

    await coming(ben)
    listed = await coming(anna)
    assert lost_in_the_sdk(listed.blocks) == []
    await anna.click(await coming(anna, "clients"), label="Open")
    await anna.close_view(await anna.wait_for_modal(), all_of_them=True)
    first = next(
        e["value"] for b in listed.blocks for e in b.get("elements", []) if e.get("action_id") == "meeting.call"
    )
    await anna.click(listed, action_id="meeting.shorter", value=first)
    assert lost_in_the_sdk((await anna.wait_for_modal()).blocks) == []
    await decide(anna, await anna.wait_for_modal())
    await anna.click(await coming(anna, "second"), label="Hand over")
    modal = await anna.wait_for_modal()
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, {**dict.fromkeys(BRIEF, EVIL), "brief_agenda": EVIL, "brief_who": EVIL})
    await bot.settle()
    await ben.click(ben.messages[-1], action_id="brief.decline")
    await ben.submit(await ben.wait_for_modal(), {"because": EVIL})
    await bot.settle()

    assert alive(slack) == []
    for one in (*anna.messages, *ben.messages):
        assert is_verbatim(one.blocks)
        assert lost_in_the_sdk(one.blocks) == []
    (sent,) = mail.received
    html = sent.message.get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()
    assert "\n" not in sent.message["Subject"]


@pytest.mark.parametrize("text", [EVIL, LONG, "\u202e" * 3000])
async def test_a_meeting_of_any_words_can_be_shown_and_decided(
    bot: RunningBot, slack: SlackStandIn, anna: Person, text: str
) -> None:
    guests = tuple(Attendee(email=f"g{number}@acme.example", name=text[:500]) for number in range(60))
    await with_acme(bot, name=text[:150] or ACME.name, tier=Tier.C, contacts=())
    await with_meeting(bot, title=text, description=f"- {text}\n" * 12, location=text, attendees=guests)
    listed = await coming(anna)

    for label in ("Make it a call", "E-mail for now", "Hand over"):
        await anna.click(listed, label=label)
        modal = await anna.wait_for_modal()
        assert lost_in_the_sdk(modal.blocks) == []
        await anna.close_view(modal)
    await anna.click(listed, label="Make it shorter")
    await decide(anna, await anna.wait_for_modal())
    await bot.settle()

    assert await decision_of(bot) is not None
    assert len(anna.messages) == 2
    assert alive(slack) == []


async def test_hostile_values_of_forms_are_kept_as_they_are_or_refused_at_their_field(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await anna.click(await coming(anna, "clients"), label="Add a client")
    modal = await anna.wait_for_modal()
    assert "domains" in (await anna.submit(modal, {"name": EVIL, "tier": "A", "domains": EVIL})).errors
    assert (await anna.submit(modal, {"domains": "", "notes": "&" * 3000, "contact_name": EVIL})).ok
    listed = await coming(anna, "clients")
    await anna.click(listed, label="Open")

    assert "&lt;!channel&gt;" in words(listed)
    assert "&lt;!channel&gt;" in words(await anna.wait_for_modal())
    assert alive(slack) == []
