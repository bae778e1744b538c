"""`/meetdown report`: asked for, counted in the background, shown in the DM, with what can be pressed there."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs import report
from domain.aftermath import AnswerRecord, ClientAnswer
from domain.decision import CallTerms, Decision, EmailTerms, HandoffTerms, ShorterTerms, Terms, WhoRings
from domain.member import Member
from domain.words import Mode, Option, Reason
from playground import Person, SlackStandIn, words
from playground.limits import violations
from playground.records import Message
from storage import aftermath, decisions, meetings, members, outbox
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


async def test_hours_won_stand_beside_what_clients_said(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.SHORTER, 3, answer=ClientAnswer.CONFIRMED)
    await stepped_down(bot, Option.CALL, 5, answer=ClientAnswer.CONFIRMED)
    await stepped_down(bot, Option.EMAIL, 40, answer=ClientAnswer.COMPLAINED)
    await stepped_down(bot, Option.HANDOFF, 45)

    shown = await ask(bot, anna)

    assert violations(shown.payload, "message") == []
    assert len(anna.messages) == 1
    told = words(shown)
    assert "In the last 6 months you won *4.2 hours* with 4 step-downs." in told
    assert "*Shorter*: 1 hour, 1 time · 1 confirmed" in told
    assert charts(shown)["Hours won per month"] == {
        "Shorter": [0, 0, 0, 0, 0, 1.0],
        "Call": [0, 0, 0, 0, 0, 0.5],
        "Hand-over": [0, 0, 0, 1.5, 0, 0],
        "E-mail": [0, 0, 0, 1.2, 0, 0],
    }


async def test_asked_for_twice_it_is_one_report(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.CALL, 5)

    first, again = await ask(bot, anna), await ask(bot, anna, "report me 6")
    other = await ask(bot, anna, "report 3")

    assert again is first
    assert other is not first
    assert len(anna.messages) == 2


async def test_the_menus_change_the_same_message_once(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.CALL, 5)
    await stepped_down(bot, Option.CALL, 200)
    shown = await ask(bot, anna, "report 3")
    assert "Your report: the last 3 months" in words(shown)
    year = next(value for value in menu(shown, "report.months") if value.endswith(".12"))

    assert (await anna.select(shown, "report.months", year)).ok
    await bot.settle()
    edits = len(slack.calls_of("chat.update"))
    assert (await anna.select(shown, "report.months", year)).ok
    await bot.settle()

    assert "In the last 12 months you won *1 hour* with 2 step-downs." in words(shown)
    assert len(slack.calls_of("chat.update")) == edits
    assert len(anna.messages) == 1


async def test_progress_is_shown_in_the_place_of_the_report(
    bot: RunningBot, slack: SlackStandIn, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "PROGRESS_EVERY_S", 0.0)

    await ask(bot, anna, "report 3")

    told = [str(call.args["text"]) for call in slack.calls_of("chat.postMessage", "chat.update")]
    assert [text.rpartition(": ")[2] for text in told[:4]] == [f"{done} of 3 months." for done in range(4)]
    assert "you stepped no client meeting down" in words(anna.messages[-1])


async def test_the_same_work_done_again_shows_nothing_twice(bot: RunningBot, anna: Person) -> None:
    """As after a crash in the middle: the step begins anew."""
    await with_acme(bot)
    await stepped_down(bot, Option.CALL, 5)
    shown = await ask(bot, anna)
    before = words(shown)
    request_id = menu(shown, "report.months")[0].partition(".")[0]

    await bot.meetdown.database.run(
        outbox.promise, TEAM, outbox.Work.REPORT, request_id, TUESDAY_MORNING, edition="again"
    )
    await bot.settle()

    assert len(anna.messages) == 1
    assert words(anna.messages[0]) == before


async def test_who_leads_nobody_and_administers_nothing_sees_their_own_only(bot: RunningBot, anna: Person) -> None:
    for said, sentence in (
        ("report team", "Nobody has you as their manager"),
        ("report workspace 12", "Only administrators of the workspace see its report"),
        ("report acme", "I did not understand that."),
        ("report 13", "I did not understand that."),
    ):
        reply = await anna.command("/meetdown", said)
        assert reply.shown is not None
        assert sentence in words(reply.shown)
    await bot.settle()

    assert anna.messages == []
    own = await ask(bot, anna)
    assert menu(own, "report.circle") == []


async def test_a_lead_sees_numbers_person_by_person_but_never_who_was_ill(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await lead(bot, COLLEAGUE, "U0CAS", "U0DEE")
    await stepped_down(bot, Option.SHORTER, 3, owner_id=COLLEAGUE, reason=Reason.ILLNESS)
    await stepped_down(bot, Option.CALL, 4, owner_id="U0CAS", answer=ClientAnswer.COMPLAINED)
    await stepped_down(bot, Option.SHORTER, 6)

    shown = await ask(bot, anna, "report my team")
    told = words(shown)

    assert "your people won *1.5 hours* with 2 step-downs" in told
    assert "• Ben Visser: 1 hour, 1 time · 1 not known" in told
    assert "• Cas: 0.5 hours, 1 time · *1 complained*" in told
    assert "illness" not in told
    await stepped_down(bot, Option.EMAIL, 5, owner_id="U0DEE")
    assert "1 of them was for illness or an emergency." in words(await ask(bot, anna, "report team 4"))


async def test_buttons_ask_the_role_of_now(bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await lead(bot, COLLEAGUE)
    await stepped_down(bot, Option.SHORTER, 3, owner_id=COLLEAGUE)
    shown = await ask(bot, anna, "report team")
    assert [value.rpartition(".")[2] for value in menu(shown, "report.circle")] == ["mine", "people"]

    await lead(bot, COLLEAGUE, manager_id="")
    assert (await anna.click(shown, label="Get the CSV")).ok
    await bot.settle()

    assert "Nobody has you as their manager" in words(anna.ephemerals[-1])
    assert all(not message.files for message in slack.messages)


async def test_another_members_report_has_no_buttons_for_one(bot: RunningBot, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.SHORTER, 3)
    await stepped_down(bot, Option.SHORTER, 4, owner_id=COLLEAGUE)
    mine, theirs = await ask(bot, anna), await ask(bot, ben)
    forged = menu(mine, "report.months")[0]

    value = next(item for item in theirs.blocks[-1]["elements"] if item["action_id"] == "report.months")
    value["options"][0]["value"] = forged
    assert (await ben.select(theirs, "report.months", forged)).ok

    assert "Dat rapport is te oud" in words(ben.ephemerals[-1])
    assert "the last 6 months" in words(mine)


async def test_the_file_has_a_line_for_each_decision_and_only_ones_own_reasons(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot, name="=Acme+1")
    await lead(bot, is_admin=True)
    await stepped_down(bot, Option.SHORTER, 3, answer=ClientAnswer.REBOOKED)
    await stepped_down(bot, Option.EMAIL, 10, owner_id=COLLEAGUE, reason=Reason.ILLNESS)
    shown = await ask(bot, anna, "report workspace")

    for _ in range(2):
        assert (await anna.click(shown, label="Get the CSV")).ok
        await bot.settle()

    (sent,) = [message for message in anna.messages if message.files]
    assert "Report of the workspace: the last 6 months: 2 decisions." in words(sent)
    (file_id,) = sent.files
    rows = list(csv.reader(io.StringIO(slack.content_of(file_id).decode("utf-8-sig"))))
    assert rows[0][:4] == ["decided on", "meeting on", "client", "person (you and your people)"]
    assert rows[1:] == [
        ["2026-02-26", "2026-02-28", "'=Acme+1", "", "E-mail for now", "90", "", "75", "", "", ""],
        [
            "2026-03-05", "2026-03-07", "'=Acme+1", "Anna Berg", "Make it shorter", "90", "30", "60", "",
            "asked for another date", "Two things at the same time",
        ],
    ]  # fmt: skip


async def test_an_alert_leads_to_a_meeting_that_makes_good(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    for number in range(3):
        await stepped_down(bot, Option.SHORTER, 3 + number)
    shown = await ask(bot, anna)

    assert (await anna.click(shown, label="1 alert")).ok
    modal = await anna.wait_for_modal()
    assert violations(modal.payload, "modal") == []
    assert "*Acme* (tier B)" in words(modal)
    assert "• One step-down after the other: 3 of the last 3 meetings were stepped down." in words(modal)
    assert "*To make good:* plan a visit of 60 min with Acme before Tue 31 Mar" in words(modal)
    assert (await anna.click(modal, label="Enter a meeting")).ok
    form = await anna.wait_for_modal()
    assert form.state["client"]["value"]["value"] == "Acme"
    reply = await anna.submit(form, {"date": "2026-03-19", "time": "10:00"})
    assert reply.ok, reply.errors

    told = await slack.wait_for(lambda: next((one for one in anna.ephemerals if "is entered" in words(one)), None))
    assert told is not None
    assert "Acme" in words(told)


async def test_an_alert_that_is_put_off_stays_away_for_ninety_days(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    for number in range(3):
        await stepped_down(bot, Option.SHORTER, 3 + number)
    shown = await ask(bot, anna)
    assert (await anna.click(shown, label="1 alert")).ok
    modal = await anna.wait_for_modal()

    assert (await anna.click(modal, label="Not for 90 days")).ok

    assert "Nothing to make good at the moment." in words(modal)
    assert "alert" not in words(await ask(bot, anna, "report 5"))
    bot.clock.move(timedelta(days=91))
    assert "1 alert" in words(await ask(bot, anna, "report 12"))


async def test_the_dm_knows_the_word_too_also_in_dutch(bot: RunningBot, ben: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.HANDOFF, 5, owner_id=COLLEAGUE)

    await ben.send_dm("report laatste 3 maanden")
    await bot.settle()

    answer, shown = ben.messages[-2:]
    assert "Ik tel de afgelopen 3 maanden" in words(answer)
    assert "In de afgelopen 3 maanden heb je *1,5 uur* gewonnen met 1 keer afschalen." in words(shown)
    assert violations(shown.payload, "message") == []


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
