"""A made-up agency in the running bot: its client Acme, meetings with them, and the ways of its people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.client import Client, Contact
from domain.decision import Decision
from domain.ids import new_id
from domain.meeting import Attendee, Meeting, Response, Source
from domain.words import Tier
from playground import Person, View
from playground.records import Ephemeral, Message
from storage import clients, decisions, meetings
from tests.support.bot import RunningBot
from tests.support.slack import OWNER

TEAM = "T0ACME"
THURSDAY = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
"""10:00 in Amsterdam, more than 48 hours after the Tuesday on which the bot starts."""

SANNE = Contact(id="sanne", client_id="acme", name="Sanne Jansen", email="sanne@acme.example", phone="+31207940800")
ACME = Client(id="acme", team_id=TEAM, name="Acme", tier=Tier.B, domains=("acme.example",), contacts=(SANNE,))
MEETING = Meeting(
    id="meeting",
    team_id=TEAM,
    owner_id=OWNER,
    client_id="acme",
    source=Source.FEED,
    uid="planning@meetdown.example",
    title="Planning",
    description="Agenda:\n- Launch date\n- Budget\n- Figures",
    location="Keizersgracht 1",
    starts_at=THURSDAY,
    ends_at=THURSDAY + timedelta(minutes=90),
    time_zone="Europe/Amsterdam",
    attendees=(
        Attendee(email="sanne@acme.example", name="Sanne Jansen", response=Response.ACCEPTED),
        Attendee(email="anna@meetdown.example", name="Anna Berg", response=Response.ACCEPTED),
    ),
)
BRIEF = {
    "brief_why_you": "You built the pages.",
    "brief_goal": "Agree on the launch date.",
    "brief_open_points": "Photos: Sanne, by 20 March",
    "brief_figures": "60 % of the budget is spent (9 March)",
    "brief_questions": "Can it be earlier? No.",
    "brief_do_not_promise": "No discount.",
    "brief_next_steps": "Anna sends the plan on Monday.",
}
"""What an owner fills in beside what the bot knows of MEETING."""


async def with_acme(bot: RunningBot, **changes: Any) -> Client:
    client = replace(ACME, **changes)
    await bot.meetdown.database.run(clients.add, client)
    return client


async def with_meeting(bot: RunningBot, **changes: Any) -> Meeting:
    meeting = replace(MEETING, **changes)
    if "starts_at" in changes and "ends_at" not in changes:
        meeting = replace(meeting, ends_at=meeting.starts_at + timedelta(minutes=90))
    if "id" in changes and "uid" not in changes:
        meeting = replace(meeting, uid=f"{meeting.id}@meetdown.example")
    await bot.meetdown.database.run(meetings.add, meeting)
    return meeting


async def with_history(bot: RunningBot, times: int) -> None:
    """So many meetings with Acme in the last weeks."""
    for number in range(times):
        starts_at = THURSDAY - timedelta(days=4 + number * 5)
        await with_meeting(bot, id=new_id(), starts_at=starts_at)


async def decision_of(bot: RunningBot, meeting_id: str = "meeting") -> Decision | None:
    """The standing one."""
    return await bot.meetdown.database.read(decisions.standing, TEAM, meeting_id)


async def coming(person: Person, words: str = "") -> Message | Ephemeral:
    """What `/meetdown` shows."""
    reply = await person.command("/meetdown", words)
    assert reply.ok, reply
    assert reply.shown is not None
    return reply.shown


async def choose(person: Person, label: str, words: str = "Planning") -> View:
    """Press one of the buttons of a meeting; the modal that opens."""
    reply = await person.click(await coming(person, words), label=label)
    assert reply.ok, reply
    return await person.wait_for_modal()


async def decide(person: Person, view: View, values: Mapping[str, Any] | None = None) -> None:
    """Submit an option's modal; once more where the bot shows the text that it has made anew."""
    reply = await person.submit(view, dict(values or {}))
    assert reply.ok, (reply.error, reply.errors, reply.answer)
    if person.modal is not None:
        reply = await person.submit(person.modal)
        assert reply.ok, (reply.error, reply.errors, reply.answer)
    assert person.modal is None


async def expect_errors(person: Person, view: View, values: Mapping[str, Any]) -> dict[str, str]:
    """Submit; the sentences beside the fields, by their names without the edition."""
    reply = await person.submit(view, dict(values))
    assert reply.errors, reply
    assert reply.answer is not None
    return {block_id.partition(".")[0]: text for block_id, text in reply.errors.items()}
