"""The mail server fails in each of its ways: the client has the mail once, or its owner has the text and knows."""

from domain.decision import DecisionState, Effect, EffectState
from domain.timeline import EffectRecord
from domain.words import Option
from storage import decisions, outbox
from storage.outbox import Work
from tests.integration.jobs.conftest import Workshop
from tests.support.like_meetings import NOW, TEAM, decided, undone
from tests.support.mail import Mood

CLIENT = "ann@acme.example"
NOT_SENT = "The e-mail could not be sent."


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
    assert await outcome(workshop) == (2, "owner: decided, owner: ready", True)
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


async def test_an_undo_and_the_start_of_a_mail_come_one_after_the_other(workshop: Workshop) -> None:
    subject = await workshop.do(decided(Option.HANDOFF))
    mail = EffectRecord(effect=Effect.MAIL, state=EffectState.STARTED)
    run = workshop.database.run

    before = await run(decisions.begin_effect, TEAM, subject, mail, NOW)
    await run(decisions.end, TEAM, subject, DecisionState.UNDONE, NOW)
    after = await run(decisions.begin_effect, TEAM, subject, mail, NOW)

    assert (before, after) == (True, False)


async def outcome(workshop: Workshop) -> tuple[int, str, bool]:
    """How many copies the server took, who was told, and whether the owner knows that it did not go out."""
    seen = await workshop.seen()
    return len(workshop.mail.received), seen.who_was_told, any(NOT_SENT in text for _, _, text in seen.told)
