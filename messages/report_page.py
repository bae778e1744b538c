"""The report in the DM: while it is counted, and counted, with its charts and what can be asked next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal

from domain.policy import Policy
from domain.report import PERIODS, WRITING_MINUTES, Report, ReportRequest, Tally
from domain.roles import Circle
from domain.words import STEP_DOWNS, Option
from messages import blocks
from messages.blocks import Block, Element, Message
from messages.charts import bars
from messages.escape import escape, one_line
from messages.i18n import N_, Translator
from messages.ids import Action, pack
from messages.meeting_view import NAME, mention
from messages.when import month

SHOWN_PEOPLE = 10

CIRCLES: Mapping[Circle, str] = {
    Circle.MINE: N_("Me"),
    Circle.PEOPLE: N_("My people"),
    Circle.WORKSPACE: N_("The whole workspace"),
}
_TITLES: Mapping[Circle, str] = {
    Circle.MINE: N_("Your report: {period}"),
    Circle.PEOPLE: N_("Report of your people: {period}"),
    Circle.WORKSPACE: N_("Report of the workspace: {period}"),
}
SERIES: Mapping[Option, str] = {
    Option.SHORTER: N_("Shorter"),
    Option.CALL: N_("Call"),
    Option.HANDOFF: N_("Hand-over"),
    Option.EMAIL: N_("E-mail"),
}
"""As in the legend of a chart: 20 characters at most."""
_ANSWERS: Mapping[str, Callable[[Tally], int]] = {
    N_("Confirmed"): lambda tally: tally.confirmed,
    N_("Other date"): lambda tally: tally.rebooked,
    N_("Complained"): lambda tally: tally.complained,
    N_("Silent"): lambda tally: tally.silent,
}
_WON: Mapping[Circle, str] = {
    Circle.MINE: N_("In {period} you won *{hours}* with {times}."),
    Circle.PEOPLE: N_("In {period} your people won *{hours}* with {times}."),
    Circle.WORKSPACE: N_("In {period} everybody together won *{hours}* with {times}."),
}
_NOTHING: Mapping[Circle, str] = {
    Circle.MINE: N_(
        "In {period} you stepped no client meeting down that is over by now. Here you will see the hours that "
        "you win, beside what your clients say to it."
    ),
    Circle.PEOPLE: N_("In {period} your people stepped no client meeting down that is over by now."),
    Circle.WORKSPACE: N_("In {period} nobody stepped a client meeting down that is over by now."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPage:
    """`names` by Slack user id; `alerts`: how many clients there are alerts about."""

    request: ReportRequest
    report: Report
    circles: tuple[Circle, ...]
    names: Mapping[str, str]
    alerts: int
    policy: Policy
    today: date


def asked_for(t: Translator, request: ReportRequest) -> Message:
    """Below the command, at once."""
    text = t.text(
        "I am counting {period}. The report comes into your direct messages with me.", period=_period(t, request.months)
    )
    return blocks.message(text, [blocks.section(text)])


def not_understood(t: Translator) -> Message:
    text = t.text(
        "I did not understand that. `/meetdown report` shows your last 6 months; behind it can stand `team` or "
        "`workspace`, and a number of months from 1 to 12, as in `/meetdown report team 3`."
    )
    return blocks.message(text, [blocks.section(text)])


def counting(t: Translator, request: ReportRequest, done: int) -> Message:
    """In the place of the report, while it is counted; `done` months are."""
    title = report_title(t, request.circle, request.months)
    bar = "▰" * done + "▱" * (request.months - done)
    text = t.count(
        "I am counting: {done} of {n} month.", "I am counting: {done} of {n} months.", request.months, done=done
    )
    return blocks.message(f"{title} {text}", [blocks.section(f"*{title}*\n{text}"), blocks.context(bar)])


def report_page(t: Translator, page: ReportPage) -> Message:
    """The message's text says all that the charts show."""
    report, months = page.report, page.request.months
    total, period = report.total, _period(t, months)
    title = report_title(t, report.circle, months)
    if not total.times:
        nothing = t.text(_NOTHING[report.circle], period=period)
        parts = [blocks.header(title), blocks.section(nothing), *_buttons(t, page)]
        return blocks.message(f"{title}. {nothing}", parts)
    times = t.count("{n} step-down", "{n} step-downs", total.times)
    won = t.text(_WON[report.circle], period=period, hours=hours(t, total), times=times)
    lines = [_option_line(t, option, tally) for option, tally in report.options.items() if tally.times]
    costly = [_costly(t, option, tally) for option, tally in report.options.items() if tally.is_costly]
    parts = [
        blocks.header(title),
        blocks.section("\n".join([won, *lines])),
        *([blocks.section("\n".join(costly))] if costly else []),
        *_charts(t, page),
        *_people(t, page),
        blocks.context(" ".join(_notes(t, page))),
        *_buttons(t, page),
    ]
    return blocks.message("\n".join([title, won, *lines, *costly, *_month_lines(t, page)]), parts)


def hours(t: Translator, tally: Tally) -> str:
    """`41 hours`, `4.3 hours`: more is more exact than the reckoning."""
    number = round(tally.hours) if tally.hours >= 10 else round(tally.hours, 1)
    if number == 0 and tally.minutes:
        return t.text("a few minutes")
    shown = format_decimal(number, locale=t.language)
    return t.text("{hours} hour", hours=shown) if number == 1 else t.text("{hours} hours", hours=shown)


def circle_label(t: Translator, circle: Circle) -> str:
    return t.text(CIRCLES[circle])


def report_title(t: Translator, circle: Circle, months: int) -> str:
    return t.text(_TITLES[circle], period=_period(t, months))


def _period(t: Translator, months: int) -> str:
    """As behind "In …": this month so far counts as one."""
    return t.count("this month", "the last {n} months", months)


def _option_line(t: Translator, option: Option, tally: Tally) -> str:
    """What was won and what it cost, on one line."""
    text = t.count(
        "• *{option}*: {hours}, {n} time", "• *{option}*: {hours}, {n} times", tally.times,
        option=t.text(SERIES[option]), hours=hours(t, tally),
    )  # fmt: skip
    return f"{text} · {_answers(t, tally)}"


def _answers(t: Translator, tally: Tally) -> str:
    said = (
        t.text("{n} confirmed", n=tally.confirmed) if tally.confirmed else "",
        t.text("{n} asked for another date", n=tally.rebooked) if tally.rebooked else "",
        t.text("*{n} complained*", n=tally.complained) if tally.complained else "",
        t.text("{n} silent", n=tally.silent) if tally.silent else "",
        t.text("{n} not known", n=tally.unknown) if tally.unknown else "",
    )
    return ", ".join(text for text in said if text)


def _costly(t: Translator, option: Option, tally: Tally) -> str:
    return t.text(
        "! *{option} costs goodwill:* {complained} of {answered} answers were complaints.",
        option=t.text(SERIES[option]),
        complained=tally.complained,
        answered=tally.answered,
    )


def _charts(t: Translator, page: ReportPage) -> Iterator[Block]:
    months = page.report.months
    labels = _labels(t, page)
    won = {
        t.text(SERIES[option]): [round(one.options[option].hours, 1) for one in months]
        for option in STEP_DOWNS
        if page.report.options[option].minutes
    }
    if won:
        yield bars(t.text("Hours won per month"), labels, won, y_label=t.text("Hours"))
    answers = {
        t.text(name): [float(count(one.total)) for one in months]
        for name, count in _ANSWERS.items()
        if count(page.report.total)
    }
    if answers:
        yield bars(t.text("What clients answered, per month"), labels, answers, y_label=t.text("Step-downs"))


def _labels(t: Translator, page: ReportPage) -> list[str]:
    return [month(t, one.first, page.today) for one in page.report.months]


def _month_lines(t: Translator, page: ReportPage) -> Iterator[str]:
    """The charts in words."""
    for label, one in zip(_labels(t, page), page.report.months, strict=True):
        if one.total.times:
            parts = [
                f"{t.text(SERIES[option])} {hours(t, one.options[option])}"
                for option in STEP_DOWNS
                if one.options[option].times
            ]
            yield t.text(
                "{month}: {parts}; {answers}", month=label, parts=", ".join(parts), answers=_answers(t, one.total)
            )
        else:
            yield t.text("{month}: nothing", month=label)


def _people(t: Translator, page: ReportPage) -> Iterator[Block]:
    """Those who won most first. Never why anybody wanted out."""
    if not page.report.people:
        return
    ordered = sorted(page.report.people.items(), key=lambda one: (-one[1].minutes, one[0]))
    lines = [t.text("*Person by person*")]
    for user_id, tally in ordered[:SHOWN_PEOPLE]:
        name = one_line(page.names.get(user_id, ""), NAME)
        line = t.count("{hours}, {n} time", "{hours}, {n} times", tally.times, hours=hours(t, tally))
        who = escape(name) if name else mention(user_id)
        lines.append(f"• {who}: {line} · {_answers(t, tally)}")
    more = len(ordered) - SHOWN_PEOPLE
    if more > 0:
        lines.append(
            t.count("… and {n} more person; all are in the file.", "… and {n} more people; all are in the file.", more)
        )
    yield blocks.section("\n".join(lines))


def _notes(t: Translator, page: ReportPage) -> Iterator[str]:
    """How it is reckoned, and what is in the numbers."""
    report, total = page.report, page.report.total
    if report.shows_excused and total.excused:
        yield t.count(
            "{n} of them was for illness or an emergency.",
            "{n} of them were for illness or an emergency.",
            total.excused,
        )
    if report.copies:
        yield t.count(
            "{n} is about a meeting that a colleague stepped down as well.",
            "{n} are about meetings that a colleague stepped down as well.",
            report.copies,
        )
    if report.circle is not Circle.MINE and report.options[Option.HANDOFF].times:
        yield t.text("Hours that were handed over were worked by a colleague.")
    yield t.text(
        "Hours won: the minutes that a meeting became shorter; {travel} min of travel for a call instead of a visit; "
        "the length of a meeting less {writing} min of writing for an e-mail; the whole length of one handed over. "
        "Only what still stands and is over counts, in the month in which it was decided.",
        travel=page.policy.travel_minutes,
        writing=WRITING_MINUTES,
    )


def _buttons(t: Translator, page: ReportPage) -> Iterator[Block]:
    """Menus that show what is chosen now, and the two ways on."""
    request = page.request
    months = sorted({*PERIODS, request.months})
    chosen: list[Element] = [
        blocks.select(
            action_id=Action.REPORT_MONTHS,
            options=[
                blocks.option(t.count("This month", "{n} months", number), pack(request.id, str(number)))
                for number in months
            ],
            initial=pack(request.id, str(request.months)),
        )
    ]
    if len(page.circles) > 1:
        circles = blocks.select(
            action_id=Action.REPORT_CIRCLE,
            options=[blocks.option(circle_label(t, one), pack(request.id, one.value)) for one in page.circles],
            initial=pack(request.id, page.report.circle.value),
        )
        chosen.insert(0, circles)
    if page.alerts:
        label = t.count("{n} alert", "{n} alerts", page.alerts)
        chosen.append(blocks.button(label, action_id=Action.REPORT_ALERTS, value=pack(request.id)))
    if page.report.total.times:
        chosen.append(blocks.button(t.text("Get the CSV"), action_id=Action.REPORT_FILE, value=pack(request.id)))
    yield blocks.actions(chosen)
