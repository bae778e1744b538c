"""`kill -9` at every boundary of every workflow that speaks to people: each effect once, none missing.

The boundaries are learned from a run without a crash, so that no new step escapes. One process stops many workflows,
each at another boundary, and is killed once all of them stand there; the next one finds what the first left.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from domain.correction import Correction
from domain.decision import DecisionState, EffectState
from domain.words import Lead, Option
from playground import SlackStandIn
from storage import corrections, decisions, outbox
from storage.outbox import Work
from tests.support.crashes import Forge, Office, forge, office
from tests.support.like_meetings import (
    FIRST_NUMBER,
    LAST_CALL_AT,
    NOW,
    TEAM,
    Begin,
    accepted,
    approval_declined,
    approval_wanted,
    decided,
    decision_of,
    reminded,
    undone,
)
from tests.support.mail import MailServer

__all__ = ["forge"]

IN_DOUBT = "send 1 in mail"
"""The server has said yes and the bot has not noted it: the one boundary where a mail goes out twice, under one
Message-ID (docs/adr/0003-mail-in-doubt.md).
"""


@pytest.fixture
def room(slack: SlackStandIn, forge: Forge, tmp_path: Path) -> Office:
    """Without a mail server."""
    return office(slack, forge, f"sqlite:///{tmp_path}/meetdown.sqlite", tmp_path)


@pytest.fixture
def mailing_room(slack: SlackStandIn, forge: Forge, tmp_path: Path, mail: MailServer) -> Office:
    return office(slack, forge, f"sqlite:///{tmp_path}/meetdown.sqlite", tmp_path, mail)


async def test_options_with_mail_survive_every_crash(mailing_room: Office) -> None:
    told = await survive_every_crash(mailing_room, [decided(Option.CALL), decided(Option.EMAIL)])

    assert told == ["owner: decided", "owner: decided"]


async def test_options_without_mail_survive_every_crash(room: Office) -> None:
    told = await survive_every_crash(room, [decided(Option.SHORTER), decided(Option.KEEP), approval_wanted])

    assert told == ["owner: decided, owner: ready", "owner: decided", "delegate: approval, owner: requested"]


async def test_a_hand_over_survives_every_crash(mailing_room: Office) -> None:
    told = await survive_every_crash(mailing_room, [decided(Option.HANDOFF)])

    assert told == ["delegate: brief, owner: decided"]


async def test_a_mail_that_is_given_up_survives_every_crash(mailing_room: Office, mail: MailServer) -> None:
    mail.answers["ann@acme.example"] = "450 later"

    told = await survive_every_crash(mailing_room, [decided(Option.EMAIL)])

    assert told == ["owner: decided, owner: ready"]
    assert mail.received == []


async def test_what_follows_a_yes_survives_every_crash(mailing_room: Office) -> None:
    told = await survive_every_crash(mailing_room, [accepted], before=[decided(Option.HANDOFF)])

    assert told == ["delegate: brief, owner: answered, owner: decided"]


async def test_what_follows_a_managers_no_survives_every_crash(room: Office) -> None:
    told = await survive_every_crash(room, [approval_declined], before=[approval_wanted])

    assert told == ["delegate: approval, owner: approval, owner: requested"]


async def test_an_undo_survives_every_crash(mailing_room: Office) -> None:
    told = await survive_every_crash(mailing_room, [undone(Option.CALL)], before=[decided(Option.CALL)])

    assert told == ["owner: decided, owner: put"]


async def test_a_correction_that_is_sent_survives_every_crash(mailing_room: Office) -> None:
    told = await survive_every_crash(mailing_room, [correction_wanted])

    assert told == [""]
    assert len((await mailing_room.seen(FIRST_NUMBER)).mails) == 1


async def test_a_first_reminder_survives_every_crash(room: Office) -> None:
    told = await survive_every_crash(room, [reminded(Lead.DECIDE, NOW)])

    assert told == ["owner: reminder"]


async def test_a_second_reminder_survives_every_crash_and_takes_the_place_of_the_first(room: Office) -> None:
    told = await survive_every_crash(
        room, [reminded(Lead.LAST_CALL, LAST_CALL_AT)], before=[reminded(Lead.DECIDE, NOW)], now=LAST_CALL_AT
    )

    assert told == ["owner: reminder, owner: reminder"]


async def test_a_decision_that_no_workflow_knows_of_yet_is_carried_out(room: Office) -> None:
    subject = await room.begin(FIRST_NUMBER, decided(Option.SHORTER))

    reached = await room.run(crash={subject: "before the start"})
    await room.run()

    assert reached == [(subject, "before the start")]
    assert (await room.seen(FIRST_NUMBER)).who_was_told == "owner: decided, owner: ready"


def correction_wanted(number: int) -> Callable[[Session], str]:
    """A decision that was undone, whose owner has pressed *Send it*."""
    decision = decision_of(number, Option.CALL)
    assert decision.draft is not None
    correction = Correction(
        decision_id=decision.id,
        team_id=TEAM,
        owner_id=decision.owner_id,
        draft=decision.draft,
        made_at=NOW,
        state=EffectState.WAITING,
    )

    def store(session: Session) -> str:
        decisions.record(session, decision, None)
        decisions.end(session, TEAM, decision.id, DecisionState.UNDONE, NOW)
        corrections.keep(session, correction)
        outbox.promise(session, TEAM, Work.PUT_RIGHT, decision.id, NOW)
        return decision.id

    return store


async def survive_every_crash(
    room: Office, ways: Sequence[Begin], *, before: Sequence[Begin] = (), now: datetime = NOW
) -> list[str]:
    """For each of the `ways`, who was told what. `before` is what came before it, without any crash."""
    for number, how in enumerate(before, FIRST_NUMBER):
        await room.begin(number, how)
    if before:
        await room.run()
    subjects = [await room.begin(number, how) for number, how in enumerate(ways, FIRST_NUMBER)]
    reached = await room.run(now=now)
    crashes = [
        (way, boundary)
        for way, subject in enumerate(subjects)
        for about, boundary in reached
        if about == subject and not boundary.endswith("the start")
    ]
    numbered = list(enumerate(crashes, FIRST_NUMBER + len(ways)))
    for number, (way, _) in numbered:
        if before:
            await room.begin(number, before[way])
    if before:
        await room.run()
    plan = {await room.begin(number, ways[way]): boundary for number, (way, boundary) in numbered}

    await room.run(now=now, crash=plan)
    await room.run(now=now)

    expected = [await room.seen(number) for number, _ in enumerate(ways, FIRST_NUMBER)]
    for number, (way, boundary) in numbered:
        seen = await room.seen(number)
        if boundary == IN_DOUBT:
            assert len(seen.mails) == 2 * len(set(seen.mails)), boundary
            seen = seen.with_one_copy()
        assert seen == expected[way], boundary
    return [one.who_was_told for one in expected]
