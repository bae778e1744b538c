"""The mail server fails in each of its ways: the client has the mail once, or its owner has the text and knows."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from domain.decision import DecisionState, Effect, EffectState
from domain.timeline import EffectRecord
from domain.words import Option
from storage import decisions, outbox
from storage.outbox import Work
from tests.integration.jobs.conftest import Workshop
from tests.support.like_meetings import FIRST_NUMBER, NOW, TEAM, Begin, decided, decision_of, owner_of, undone
from tests.support.mail import Mood

CLIENT = "ann@acme.example"
NOT_SENT = "The e-mail could not be sent."
IN_DOUBT = "The e-mail may have arrived: the server did not answer."


class Fading(dict[str, str]):
    """Answers that are given so many times."""

    def __init__(self, answer: str, times: int) -> None:
        super().__init__({CLIENT: answer})
        self.left = times

    def get(self, address: str, default: str = "") -> str:  # type: ignore[override]
        self.left -= 1
        return super().get(address, default) if self.left >= 0 else default


async def test_a_server_that_is_busy_for_a_while_gets_it_once(workshop: Workshop) -> None:
    workshop.mail.answers = Fading("450 later", 3)

    await workshop.do(decided(Option.CALL))

    assert await outcome(workshop) == (1, "owner: decided", False)


async def test_a_server_that_stays_busy_leaves_it_to_the_owner(workshop: Workshop) -> None:
    workshop.mail.answers[CLIENT] = "450 later"

    await workshop.do(decided(Option.CALL))

    assert await outcome(workshop) == (0, "owner: decided, owner: ready", True)


async def test_what_was_left_to_the_owner_is_not_sent_behind_their_back(workshop: Workshop) -> None:
    workshop.mail.answers[CLIENT] = "450 later"
    subject = await workshop.do(decided(Option.CALL))
    workshop.mail.answers.clear()

    await workshop.database.run(outbox.promise, TEAM, Work.CARRY_OUT, subject, NOW, edition="again1", attempt=1)
    await workshop.bot.settle()

    assert await outcome(workshop) == (0, "owner: decided, owner: ready", True)


async def test_a_client_whom_the_server_refuses_is_left_to_the_owner_at_once(workshop: Workshop) -> None:
    asked = workshop.mail.answers = Fading("550 no such user", 2)

    await workshop.do(decided(Option.CALL))

    assert await outcome(workshop) == (0, "owner: decided, owner: ready", True)
    assert asked.left == 1


async def test_a_lost_answer_brings_the_same_mail_twice_at_most(workshop: Workshop) -> None:
    workshop.mail.mood = Mood.DROP

    subject = await workshop.do(decided(Option.CALL))

    message_ids = {received.message["Message-ID"] for received in workshop.mail.received}
    assert await outcome(workshop) == (2, "owner: decided, owner: ready", False)
    assert IN_DOUBT in await what_the_owner_reads(workshop)
    assert message_ids == {f"<meetdown.{subject}@agency.example>"}


async def test_a_mail_in_doubt_is_put_right_when_its_decision_is_undone(workshop: Workshop) -> None:
    workshop.mail.mood = Mood.DROP
    await workshop.do(decided(Option.CALL))

    await workshop.do(undone(Option.CALL))

    assert (await workshop.seen()).who_was_told == "owner: decided, owner: put, owner: ready"


async def test_a_mail_that_never_left_needs_no_putting_right(workshop: Workshop) -> None:
    workshop.mail.answers[CLIENT] = "550 no such user"
    await workshop.do(decided(Option.CALL))

    await workshop.do(undone(Option.CALL))

    assert (await workshop.seen()).who_was_told == "owner: decided, owner: ready"


async def test_who_was_refused_while_others_have_it_is_shown_and_left_to_the_owner(workshop: Workshop) -> None:
    workshop.mail.answers["bob@acme.example"] = "550 no such user"

    await workshop.do(to(CLIENT, "bob@acme.example"))

    said = "E-mail sent to ann@acme.example. Not taken: bob@acme.example; please send it to them yourself."
    assert said in await what_the_owner_reads(workshop)
    assert "To: bob@acme.example" in await what_the_owner_reads(workshop)
    assert await outcome(workshop) == (1, "owner: decided, owner: ready", False)


async def test_a_text_for_those_who_were_refused_is_not_needed_once_its_decision_is_undone(workshop: Workshop) -> None:
    workshop.mail.answers["bob@acme.example"] = "550 no such user"
    await workshop.do(to(CLIENT, "bob@acme.example"))

    await workshop.do(undone(Option.CALL))

    assert (await workshop.seen()).who_was_told == "owner: decided, owner: put, owner: ready"
    assert "is no longer needed" in await what_the_owner_reads(workshop)


async def test_an_owner_whom_no_message_reaches_is_promised_no_text(workshop: Workshop) -> None:
    workshop.mail.answers[CLIENT] = "550 no such user"
    subject = await workshop.begin(decided(Option.CALL))
    workshop.slack.store.users[owner_of(FIRST_NUMBER)].dm_error = "restricted_action"

    await workshop.bot.settle()

    records = await workshop.database.read(decisions.effects, subject)
    states = {one.effect: (one.state, one.detail) for one in records}
    assert states[Effect.MAIL] == (EffectState.FAILED, "text_missing")
    assert await workshop.database.read(outbox.promised) == []


async def test_an_undo_and_the_start_of_a_mail_come_one_after_the_other(workshop: Workshop) -> None:
    subject = await workshop.do(decided(Option.HANDOFF))
    mail = EffectRecord(effect=Effect.MAIL, state=EffectState.STARTED)
    run = workshop.database.run

    before = await run(decisions.begin_effect, TEAM, subject, mail, NOW)
    await run(decisions.end, TEAM, subject, DecisionState.UNDONE, NOW)
    after = await run(decisions.begin_effect, TEAM, subject, mail, NOW)

    assert (before, after) == (True, False)


def to(*recipients: str) -> Begin:
    """A call is decided on, and told to more than one."""

    def begin(number: int) -> Callable[[Session], str]:
        made = decision_of(number, Option.CALL)
        assert made.draft is not None
        decision = replace(made, draft=replace(made.draft, to=recipients))

        def store(session: Session) -> str:
            decisions.record(session, decision, None)
            outbox.promise(session, TEAM, Work.CARRY_OUT, decision.id, NOW)
            return decision.id

        return store

    return begin


async def what_the_owner_reads(workshop: Workshop) -> str:
    return "\n".join(text for who, _, text in (await workshop.seen()).told if who == "owner")


async def outcome(workshop: Workshop) -> tuple[int, str, bool]:
    """How many copies the server took, who was told, and whether the owner knows that it did not go out."""
    seen = await workshop.seen()
    return len(workshop.mail.received), seen.who_was_told, any(NOT_SENT in text for _, _, text in seen.told)
