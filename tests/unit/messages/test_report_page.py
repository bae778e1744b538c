"""The report as people read it: charts, the same in words, and nothing that goes past Slack's limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.aftermath import ClientAnswer
from domain.client import Client
from domain.policy import Policy
from domain.relationship import Alert, AlertKind
from domain.report import MonthCount, Report, ReportRequest, Tally, first_days
from domain.roles import Circle
from domain.words import Option, Reason, Tier, Verdict
from messages.alerts_page import AlertsPage, AlertView, alerts_modal
from messages.i18n import LANGUAGES, translator
from messages.report_file import FileLine, body, head
from messages.report_page import ReportPage, counting, hours, report_page
from playground.limits import violations

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
TODAY = NOW.date()
EN = translator("en")
HOSTILE = "<!channel> & *Co* " + "x" * 300
REQUEST = ReportRequest(id="r" * 22, team_id="T1", user_id="U1", circle=Circle.PEOPLE, asked_at=NOW)
TALLY = Tally(times=4, minutes=150, confirmed=1, complained=2)


def page(months: int = 6, options: Mapping[Option, Tally] | None = None, **changes: object) -> ReportPage:
    """The same in every month."""
    each = {Option.SHORTER: TALLY} if options is None else options
    counted = {option: each.get(option, Tally()) for option in (*Option,) if option is not Option.KEEP}
    report = Report(
        circle=REQUEST.circle,
        months=tuple(MonthCount(first=first, options=counted) for first in first_days(TODAY, months)),
        people={f"U{number}": TALLY for number in range(12)},
        copies=1,
    )
    made = ReportPage(
        request=replace(REQUEST, months=months),
        report=report,
        circles=tuple(Circle),
        names={"U1": HOSTILE},
        alerts=2,
        policy=Policy(),
        today=TODAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("months", [1, 12])
def test_the_fullest_report_is_within_the_limits(language: str, months: int) -> None:
    full = {option: replace(TALLY, rebooked=1, silent=1, times=9, excused=3) for option in Option}

    message = report_page(translator(language), page(months, full))

    assert violations({"text": message.text, "blocks": message.blocks}, "message") == []
    assert [block["type"] for block in message.blocks].count("data_visualization") == 2
    assert "<!channel>" not in str(message.blocks)


def test_the_text_says_what_the_charts_show() -> None:
    told = report_page(EN, page(2)).text.splitlines()

    assert told == [
        "Report of your people: the last 2 months",
        "In the last 2 months your people won *5 hours* with 8 step-downs.",
        "• *Shorter*: 5 hours, 8 times · 2 confirmed, *4 complained*, 2 not known",
        "! *Shorter costs goodwill:* 4 of 6 answers were complaints.",
        "Feb: Shorter 2.5 hours; 1 confirmed, *2 complained*, 1 not known",
        "Mar: Shorter 2.5 hours; 1 confirmed, *2 complained*, 1 not known",
    ]


def test_where_nothing_was_answered_there_is_no_chart_of_answers() -> None:
    message = report_page(EN, page(options={Option.CALL: Tally(times=1, minutes=30)}))

    assert [block["title"] for block in message.blocks if "title" in block] == ["Hours won per month"]


def test_an_empty_report_says_so_and_still_offers_another_one() -> None:
    message = report_page(EN, page(options={}, alerts=0))

    assert [block["type"] for block in message.blocks] == ["header", "section", "actions"]
    assert [one["action_id"] for one in message.blocks[-1]["elements"]] == ["report.circle", "report.months"]


def test_who_may_see_only_their_own_gets_no_choice_of_circles() -> None:
    message = report_page(EN, page(circles=(Circle.MINE,)))

    assert "report.circle" not in str(message.blocks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_is_within_the_limits_and_reaches_the_end(language: str) -> None:
    shown = [counting(translator(language), replace(REQUEST, months=12), done) for done in (0, 12)]

    for message in shown:
        assert violations({"text": message.text, "blocks": message.blocks}, "message") == []
    assert "12" in shown[1].text


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 hours"), (2, "a few minutes"), (30, "0.5 hours"), (60, "1 hour"), (130, "2.2 hours"), (900, "15 hours")],
)
def test_hours_are_told_no_finer_than_they_are_reckoned(minutes: int, said: str) -> None:
    assert hours(EN, Tally(times=1, minutes=minutes)) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_alerts_are_within_the_limits_however_many_there_are(language: str) -> None:
    found = tuple(Alert(kind=kind, client_id="acme", now=1, before=4, of=4) for kind in AlertKind)
    acme = Client(id="a" * 22, team_id="T1", name=HOSTILE, tier=Tier.A)
    slots = tuple(NOW + timedelta(days=number) for number in range(3))
    views = (AlertView(client=acme, alerts=found, slots=slots),) * 25

    modal = alerts_modal(
        translator(language), AlertsPage(request_id="r" * 22, alerts=views, zone="Europe/Amsterdam", now=NOW)
    )

    assert violations(modal, "modal") == []
    assert "<!channel>" not in str(modal)


def test_a_line_of_the_file_is_text_that_no_spreadsheet_runs() -> None:
    line = FileLine(
        decided_on=date(2026, 3, 2),
        meeting_on=date(2026, 3, 4),
        client='=HYPERLINK("x")',
        person="-Bob\n, jr.",
        option=Option.SHORTER,
        minutes_before=90,
        minutes_after=30,
        minutes_won=60,
        overridden=Verdict.BLOCKED,
        answer=ClientAnswer.COMPLAINED,
        reason=Reason.WORKLOAD,
    )

    assert head(EN).startswith("\ufeffdecided on,meeting on,client,person (you and your people),")
    assert body(EN, [line, replace(line, client="Acme", minutes_after=None, answer=None, reason=None)]) == (
        '2026-03-02,2026-03-04,"\'=HYPERLINK(""x"")","\'-Bob , jr.",Make it shorter,90,30,60,✕ Better not,'
        "complained,Too much work\r\n"
        '2026-03-02,2026-03-04,Acme,"\'-Bob , jr.",Make it shorter,90,,60,✕ Better not,,\r\n'
    )
