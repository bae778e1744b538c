"""Meetings that were stepped down, and the report on them, for the scenarios."""

from dataclasses import replace
from datetime import timedelta

from domain.aftermath import AnswerRecord, ClientAnswer
from domain.decision import CallTerms, Decision, EmailTerms, HandoffTerms, ShorterTerms, Terms, WhoRings
from domain.member import Member
from domain.words import Mode, Option, Reason
from playground import Person, words
from playground.records import Message
from storage import aftermath, decisions, meetings, members
from tests.support.agency import ACME, MEETING, TEAM
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
) -> Decision:
    """A meeting of 90 minutes on site that is over, decided on two days before."""
    starts_at = TUESDAY_MORNING - timedelta(days=days_ago)
    name = f"{option.value}-{days_ago}-{owner_id}"
    meeting = replace(
        MEETING,
        id=name,
        uid=name,
        owner_id=owner_id,
        client_id=ACME.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
    )
    decision = Decision(
        id=f"decided-{name}",
        team_id=TEAM,
        meeting_id=meeting.id,
        client_id=ACME.id,
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
    assert words(reply.shown).startswith(("I am counting", "Ik tel"))
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


async def lead(bot: RunningBot, *people: str, manager_id: str = OWNER, is_admin: bool = False) -> None:
    """Anna is their manager from now on, or no more; and an administrator, or not."""
    database = bot.meetdown.database
    for user_id in people:
        name = "Ben Visser" if user_id == COLLEAGUE else user_id.removeprefix("U0").title()
        member = Member(team_id=TEAM, user_id=user_id, name=name, manager_id=manager_id, locale="nl-NL")
        await database.run(members.save, member)
    anna = Member(
        team_id=TEAM,
        user_id=OWNER,
        name="Anna Berg",
        time_zone="Europe/Amsterdam",
        is_admin=is_admin,
        refreshed_at=TUESDAY_MORNING,
    )
    await database.run(members.save, anna)


def menu(message: Message, action_id: str) -> list[str]:
    """The values that one of the report's menus offers."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    chosen = [one for one in elements if one["action_id"] == action_id]
    return [option["value"] for one in chosen for option in one["options"]]
