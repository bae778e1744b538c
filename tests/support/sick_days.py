"""The steps of `/meetdown today sick`, for the scenarios."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.meeting import Meeting
from playground import Person, View, words
from playground.limits import violations
from playground.records import Message
from tests.support.agency import with_acme, with_meeting
from tests.support.bot import RunningBot

TODAY = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""11:00 in Amsterdam on the Tuesday on which the bot starts."""


_SIGNS = ("It does not count against you", "*Nothing was decided.*")
"""What only the message of all says."""


async def with_day(bot: RunningBot, *ids: str, **changes: Any) -> list[Meeting]:
    """Meetings an hour after each other."""
    await with_acme(bot)
    return [
        await with_meeting(
            bot,
            id=name,
            title=name.title(),
            starts_at=TODAY + timedelta(hours=2 * number),
            **changes,
        )
        for number, name in enumerate(ids)
    ]


async def sick(person: Person, text: str = "today sick") -> View:
    reply = await person.command("/meetdown", text)
    assert reply.ok, reply
    return await person.wait_for_modal()


async def choose(person: Person, form: View, **options: str) -> None:
    for meeting_id, option in options.items():
        reply = await person.select(form, f"sick_option_{meeting_id}", option)
        assert reply.ok, reply


async def read_texts(person: Person, form: View, values: dict[str, Any] | None = None) -> View:
    reply = await person.submit(form, values or {})
    assert reply.ok, (reply.error, reply.errors)
    texts = await person.wait_for_modal()
    assert texts is not form
    assert violations(texts.payload, "modal") == []
    return texts


async def confirm(bot: RunningBot, person: Person, texts: View, values: dict[str, Any] | None = None) -> Message:
    reply = await person.submit(texts, values or {})
    assert reply.ok, (reply.error, reply.errors)
    assert person.modal is None
    await bot.settle()
    return bundle_of(person)


def bundle_of(person: Person) -> Message:
    (message,) = [one for one in person.messages if any(sign in words(one) for sign in _SIGNS)]
    return message
