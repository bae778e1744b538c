"""*Why?*: the reasoning behind the advice, and the kind of a meeting put right for all of its series."""

from datetime import timedelta

from domain.words import MeetingKind, Tier
from playground import Person, SlackStandIn, View, words
from playground.limits import violations
from storage import meetings
from tests.support.agency import (
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.published import PublishedCalendar, meeting
from tests.support.slack import COLLEAGUE

DECIDE = THURSDAY + timedelta(days=5, minutes=1)
"""The first reminder of a meeting a week after THURSDAY."""


async def ask_why(person: Person, title: str = "Planning") -> View:
    return await choose(person, "Why?", title)


async def kind_of(bot: RunningBot, meeting_id: str = "meeting") -> MeetingKind:
    found = await bot.meetdown.database.read(meetings.get, TEAM, meeting_id)
    assert found is not None
    return found.kind


async def test_why_opens_the_whole_reasoning_with_its_settings(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot, kind=MeetingKind.KICKOFF)

    modal = await ask_why(anna)

    assert violations(modal.payload, "modal") == []
    for told in (
        "You have not said why yet, so I assume “Too much work”.",
        "*Kind of meeting: Kick-off.* That is my guess.",
        "*Make it shorter: ✓ Fine*",
        "*E-mail for now: ✕ Better not*",
        "This meeting is a kick-off: that needs a conversation, not an e-mail.",
        "hours before the start from which to ring first: 24;",
        "Budget for tier B: 2 step-downs in 90 days, of which 2 left.",
    ):
        assert told in words(modal)


async def test_why_speaks_dutch_to_who_reads_dutch(bot: RunningBot, ben: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot, owner_id=COLLEAGUE, kind=MeetingKind.COMPLAINT)

    modal = await choose(ben, "Waarom?")
    await ben.select(modal, "meeting.kind", "ordinary")

    assert "*Soort afspraak: Gewone afspraak.* Dat heb je zelf gezegd" in words(modal)
    assert violations(modal.payload, "modal") == []


async def test_a_wrong_guess_is_put_right_where_it_is_explained_and_on_the_card(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, tier=Tier.C)
    await with_meeting(bot, kind=MeetingKind.KICKOFF)
    card = await coming(anna, "Planning")
    assert "Kick-off" in words(card)
    reply = await anna.click(card, label="Why?")
    assert reply.ok
    modal = await anna.wait_for_modal()
    assert "it is an ordinary one, say so above. Then it would be fine." in words(modal)

    assert (await anna.select(modal, "meeting.kind", "ordinary")).ok

    assert "*Kind of meeting: Ordinary meeting.* You told me so" in words(modal)
    assert "*E-mail for now: ✓ Fine*" in words(modal)
    assert await kind_of(bot) is MeetingKind.ORDINARY
    assert "Kick-off" not in words(card)
    assert "Kick-off" not in words(await coming(anna, "Planning"))


async def test_the_modal_of_an_option_below_is_judged_anew_and_keeps_what_was_typed(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot, tier=Tier.C)
    await with_meeting(bot, kind=MeetingKind.KICKOFF)
    option = await choose(anna, "E-mail for now")
    anna.fill(option, {"status": "Built.", "decisions_needed": "Which photo?"})
    await anna.select(option, "form.reason", "conflict")
    assert "✕ Better not" in words(option)

    assert (await anna.click(option, label="Explain this")).ok
    why = await anna.wait_for_modal()
    assert "Your reason: “Two things at the same time”." in words(why)
    assert (await anna.select(why, "meeting.kind", "ordinary")).ok
    await anna.close_view(why)

    assert anna.modal is option
    assert "✓ Fine" in words(option)
    assert "Kick-off" not in words(option)
    await decide(anna, option)
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.override is None
    assert "Built." in str(decision.terms)


async def test_the_word_is_kept_for_the_series_and_changes_its_live_message(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    first = THURSDAY + timedelta(days=7)
    weekly = ("RRULE:FREQ=WEEKLY;COUNT=3",)
    async with PublishedCalendar() as published:
        published.publish(meeting("Kick-off Acme", first, "sanne@acme.example", more=weekly))
        await anna.command("/meetdown", "connect")
        assert (await anna.submit(await anna.wait_for_modal(), {"url": published.secret})).ok
        await bot.settle()
        await bot.go_to(DECIDE)
        (live,) = [one for one in anna.messages if "Can you make this one?" in words(one)]
        assert ") · Kick-off" in words(live)

        assert (await anna.click(live, label="Why?")).ok
        assert (await anna.select(await anna.wait_for_modal(), "meeting.kind", "ordinary")).ok
        await bot.settle()
        assert ") · Kick-off" not in words(live)
        published.publish(
            meeting("Kick-off Acme", first, "sanne@acme.example", sequence=1, more=("RRULE:FREQ=WEEKLY;COUNT=5",))
        )
        bot.clock.move(timedelta(minutes=10))
        await bot.settle()

    listed = words(await coming(anna))
    assert "*5 client meetings are coming up.*" in listed
    assert listed.count("Kick-off Acme") == 5
    assert ") · Kick-off" not in listed


async def test_waiting_for_the_budget_names_the_day(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, tier=Tier.C)
    await with_meeting(bot, starts_at=THURSDAY + timedelta(days=95))
    for number in range(3):
        day = THURSDAY + timedelta(days=1 + number)
        await with_meeting(bot, id=f"before-{number}", title=f"Review {number}", starts_at=day)
        await decide(anna, await choose(anna, "Make it shorter", f"Review {number}"))

    modal = words(await ask_why(anna))

    # Ninety days after the three step-downs of today, when clocks are an hour ahead.
    assert "Decide later (Mon 8 Jun, 10:30), when there is room for another step-down. Then it would be fine." in modal


async def test_a_why_that_comes_too_late_explains_itself(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    card = await coming(anna, "Planning")
    await decide(anna, await choose(anna, "Make it shorter"))

    reply = await anna.click(card, label="Why?")

    assert reply.ok
    assert anna.modal is None
    assert "decided" in words(anna.ephemerals[-1]).lower()
