"""Slack loses answers, hangs, refuses and goes away: each message is there once in the end, and none is missing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.slack import web_api
from domain.decision import Effect, EffectState
from domain.timeline import EffectRecord
from domain.words import Lead, Option
from playground.faults import Faults
from storage import decisions, outbox
from tests.integration.jobs.conftest import Workshop
from tests.support.like_meetings import (
    FIRST_NUMBER,
    LAST_CALL_AT,
    NOW,
    STARTS_AT,
    decided,
    delegate_of,
    owner_of,
    reminded,
    undone,
)

AGAIN = timedelta(minutes=16)
"""After that what was given up begins anew."""

Fault = Callable[[Faults], None]
FAULTS: dict[str, Fault] = {
    "post lost before": lambda faults: faults.drop("chat.postMessage", "before", times=2),
    "post lost after": lambda faults: faults.drop("chat.postMessage", "after", times=2),
    "post hangs": lambda faults: faults.hang("chat.postMessage", 0.2),
    "post refused for a while": lambda faults: faults.rate_limit("chat.postMessage", retry_after=1),
    "post answered with 503": lambda faults: faults.status("chat.postMessage", 503, times=2),
    "edit lost after": lambda faults: faults.drop("chat.update", "after"),
    "edit hangs": lambda faults: faults.hang("chat.update", 0.2),
    "post lost after, and the look for it": lambda faults: lose_and_hide(faults),
}


def lose_and_hide(faults: Faults) -> None:
    faults.drop("chat.postMessage", "after")
    faults.status("conversations.history", 503, times=4)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_decision_is_told_once(workshop: Workshop, fault: Fault) -> None:
    await workshop.do(decided(Option.HANDOFF))
    fault(workshop.slack.faults)

    await workshop.do(decided(Option.HANDOFF), FIRST_NUMBER + 1)

    assert await workshop.seen(FIRST_NUMBER + 1) == await workshop.seen()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_second_reminder_is_told_once(workshop: Workshop, fault: Fault) -> None:
    for number in (FIRST_NUMBER, FIRST_NUMBER + 1):
        await workshop.do(reminded(Lead.DECIDE, NOW), number)
    workshop.clock.move_to(LAST_CALL_AT)
    await workshop.do(reminded(Lead.LAST_CALL, LAST_CALL_AT))
    fault(workshop.slack.faults)

    await workshop.do(reminded(Lead.LAST_CALL, LAST_CALL_AT), FIRST_NUMBER + 1)

    assert await workshop.seen(FIRST_NUMBER + 1) == await workshop.seen()


async def test_a_decision_is_told_when_slack_comes_back(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_api, "_TRIES", 1)
    await workshop.do(decided(Option.HANDOFF))
    workshop.slack.faults.status("*", 503, times=10_000)
    await workshop.do(decided(Option.HANDOFF), FIRST_NUMBER + 1)
    meanwhile = await workshop.seen(FIRST_NUMBER + 1)
    workshop.clock.move(AGAIN)
    await workshop.bot.settle()
    workshop.slack.faults.clear()

    workshop.clock.move(2 * AGAIN)
    await workshop.bot.settle()

    assert meanwhile.told == ()
    assert await workshop.seen(FIRST_NUMBER + 1) == await workshop.seen()


async def test_mail_goes_out_while_slack_is_away(workshop: Workshop) -> None:
    workshop.slack.faults.status("*", 503, times=10_000)

    await workshop.do(decided(Option.CALL))

    assert [len((await workshop.seen()).mails), len((await workshop.seen()).told)] == [1, 0]


async def test_a_reminder_comes_when_slack_does(workshop: Workshop) -> None:
    workshop.slack.faults.status("*", 503, times=10_000)
    await workshop.do(reminded(Lead.DECIDE, NOW))
    workshop.slack.faults.clear()

    workshop.clock.move(AGAIN)
    await workshop.bot.settle()

    assert (await workshop.seen()).who_was_told == "owner: reminder"


async def test_a_reminder_that_slack_held_up_until_the_meeting_is_dropped(workshop: Workshop) -> None:
    workshop.clock.move_to(LAST_CALL_AT)
    workshop.slack.faults.status("*", 503, times=10_000)
    await workshop.do(reminded(Lead.LAST_CALL, LAST_CALL_AT))
    workshop.slack.faults.clear()

    workshop.clock.move_to(STARTS_AT + timedelta(minutes=1))
    await workshop.bot.settle()

    assert (await workshop.seen()).told == ()


async def test_a_delegate_who_cannot_be_reached_is_noted_and_the_owner_is_told(workshop: Workshop) -> None:
    subject = await workshop.begin(decided(Option.HANDOFF))
    workshop.slack.store.users[delegate_of(FIRST_NUMBER)].dm_error = "restricted_action"

    await workshop.bot.settle()

    effects = await workshop.database.read(decisions.effects, subject)
    expected = EffectRecord(effect=Effect.DELEGATE_MESSAGE, state=EffectState.FAILED, detail="restricted_action")
    assert expected in effects
    assert (await workshop.seen()).who_was_told == "owner: decided"


async def test_an_owner_who_cannot_be_reached_is_not_tried_for_ever(workshop: Workshop) -> None:
    subject = await workshop.begin(decided(Option.CALL))
    workshop.slack.store.users[owner_of(FIRST_NUMBER)].dm_error = "restricted_action"

    await workshop.bot.settle()

    effects = {one.effect: one.state for one in await workshop.database.read(decisions.effects, subject)}
    assert effects[Effect.OWNER_MESSAGE] is EffectState.FAILED
    assert len(workshop.slack.calls_of("chat.postMessage")) == 1


async def test_an_undo_reaches_the_owner_also_where_the_delegate_has_left(workshop: Workshop) -> None:
    await workshop.do(decided(Option.HANDOFF))
    workshop.slack.store.users[delegate_of(FIRST_NUMBER)].dm_error = "restricted_action"

    await workshop.do(undone(Option.HANDOFF))

    seen = await workshop.seen()
    assert any("Undone" in text for who, _, text in seen.told if who == "owner")
    assert await workshop.database.read(outbox.promised) == []
