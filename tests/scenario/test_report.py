"""`/meetdown report`: asked for, counted in the background, shown in the DM, with what can be pressed there."""

import csv
import io
from datetime import timedelta

import pytest

from bot.jobs import report
from domain.aftermath import ClientAnswer
from domain.words import Option, Reason
from playground import Person, SlackStandIn, words
from playground.limits import violations
from storage import outbox
from tests.support.agency import TEAM, with_acme
from tests.support.bot import TUESDAY_MORNING, RunningBot
from tests.support.reports import ask, charts, lead, menu, stepped_down
from tests.support.slack import COLLEAGUE


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
