"""`/meetdown report`: asked for, counted in the background, shown in the DM, with what can be pressed there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.aftermath import AnswerRecord, ClientAnswer
from domain.client import Client
from domain.decision import CallTerms, Decision, EmailTerms, HandoffTerms, ShorterTerms, Terms, WhoRings
from domain.member import Member
from domain.words import Mode, Option, Reason
from playground import Person, words
from playground.limits import violations
from playground.records import Message
from storage import aftermath, briefs, clients, decisions, meetings, members
from tests.support.agency import ACME, MEETING, TEAM, with_acme
from tests.support.bot import TUESDAY_MORNING, RunningBot
from tests.support.slack import COLLEAGUE, OWNER

TERMS: dict[Option, Terms] = {
    Option.SHORTER: ShorterTerms(minutes=30),
    Option.CALL: CallTerms(phone="+31207940800", who_rings=WhoRings.OWNER),
    Option.HANDOFF: HandoffTerms(delegate_id=COLLEAGUE, brief_id="none"),
    Option.EMAIL: EmailTerms(status="Done.", decisions_needed="", next_contact_on=TUESDAY_MORNING.date()),
}


async def stepped_down(
    bot: RunningBot,
    option: Option,
    days_ago: int,
    *,
    owner_id: str = OWNER,
    reason: Reason = Reason.CONFLICT,
    answer: ClientAnswer | None = None,
    client: Client = ACME,
) -> Decision:
    """A meeting of 90 minutes on site that is over, decided on two days before."""
    starts_at = TUESDAY_MORNING - timedelta(days=days_ago)
    name = f"{option.value}-{days_ago}-{owner_id}"
    meeting = replace(
        MEETING,
        id=name,
        uid=name,
        owner_id=owner_id,
        client_id=client.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
    )
    decision = Decision(
        id=f"decided-{name}",
        team_id=TEAM,
        meeting_id=meeting.id,
        client_id=client.id,
        owner_id=owner_id,
        option=option,
        reason=reason,
        terms=TERMS[option],
        draft=None,
        made_at=starts_at - timedelta(days=2),
        made_by=owner_id,
        minutes_before=90,
        mode_before=Mode.ON_SITE,
    )
    database = bot.meetdown.database
    await database.run(meetings.add, meeting)
    await database.run(decisions.record, decision, None)
    if answer is not None:
        said = AnswerRecord(
            decision_id=decision.id, team_id=TEAM, answer=answer, said_by=owner_id, said_at=TUESDAY_MORNING
        )
        await database.run(aftermath.say, said)
    return decision


async def ask(bot: RunningBot, person: Person, said: str = "report") -> Message:
    """The report in the DM, once it is counted."""
    reply = await person.command("/meetdown", said)
    assert reply.ok, reply
    assert reply.shown is not None
    assert "I am counting" in words(reply.shown)
    await bot.settle()
    return person.messages[-1]


def charts(message: Message) -> dict[str, dict[str, list[float]]]:
    """By title, the values of each series in the order of the months."""
    found = {}
    for block in message.blocks:
        if block["type"] == "data_visualization":
            series = block["chart"]["series"]
            found[block["title"]] = {one["name"]: [point["value"] for point in one["data"]] for one in series}
    return found


async def test_hours_won_stand_beside_what_clients_said(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.SHORTER, 3, answer=ClientAnswer.CONFIRMED)
    await stepped_down(bot, Option.CALL, 5, answer=ClientAnswer.CONFIRMED)
    await stepped_down(bot, Option.EMAIL, 40, answer=ClientAnswer.COMPLAINED)
    await stepped_down(bot, Option.HANDOFF, 45)

    report = await ask(bot, anna)

    assert violations(report.payload, "message") == []
    told = words(report)
    assert "In the last 6 months you won *4.5 hours* with 4 step-downs." in told
    assert "*Shorter*: 1 hour, 1 time · 1 confirmed" in told
    assert charts(report)["Hours won per month"] == {
        "Shorter": [0, 0, 0, 0, 0, 1.0],
        "Call": [0, 0, 0, 0, 0, 0.5],
        "Hand-over": [0, 0, 0, 1.5, 0, 0],
        "E-mail": [0, 0, 0, 1.2, 0, 0],
    }
