"""The report: hours that step-downs won, beside what clients answered to them. docs/report.md says what counts.

The database groups decisions by the facts that matter here, so that a hundred thousand of them come as some hundred
groups; what a group is worth is said here alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from domain.aftermath import ClientAnswer
from domain.policy import Policy
from domain.relationship import Alert
from domain.roles import Circle
from domain.words import STEP_DOWNS, Option

WRITING_MINUTES = 15
"""What an e-mail instead of a meeting is reckoned to cost: it was drafted here, but has to be read and sent."""
PERIODS = (3, 6, 12)
"""Months that the report offers; any number up to `LONGEST_PERIOD` can be asked for."""
LONGEST_PERIOD = 12
DEFAULT_PERIOD = 6
EXCUSED_FROM_PEOPLE = 3
"""How many were ill is said of so many people at least: of fewer, a total would tell who."""
COSTLY_SHARE = 0.25
"""An option is pointed out where at least this share of the answers to it are complaints,"""
COSTLY_COMPLAINTS = 2
"""and at least so many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Decisions of one month that are alike in all that the report asks: `times` of them."""

    option: Option
    minutes_before: int
    minutes_after: int | None = None
    """Of a shorter meeting; None otherwise."""
    saves_travel: bool = False
    """A meeting on site that became a call."""
    excused: bool = False
    """Illness or an emergency."""
    answer: ClientAnswer | None = None
    """None: nothing is known."""
    owner_id: str = ""
    """Empty where nobody asked for people one by one."""
    times: int = 1


def minutes_won(group: Group, policy: Policy) -> int:
    """What one decision of the group won its owner, in minutes; never negative."""
    travel = policy.travel_minutes if group.saves_travel else 0
    match group.option:
        case Option.SHORTER:
            after = group.minutes_before if group.minutes_after is None else group.minutes_after
            return max(0, group.minutes_before - after) + travel
        case Option.CALL:
            return travel
        case Option.EMAIL:
            return max(0, group.minutes_before - WRITING_MINUTES)
        case Option.HANDOFF:
            return group.minutes_before
        case Option.KEEP:
            return 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Step-downs, the minutes that they won, and how the clients took them."""

    times: int = 0
    minutes: int = 0
    excused: int = 0
    confirmed: int = 0
    rebooked: int = 0
    complained: int = 0
    silent: int = 0

    @property
    def hours(self) -> float:
        return self.minutes / 60

    @property
    def answered(self) -> int:
        """With words: silence is known too, but it is no answer."""
        return self.confirmed + self.rebooked + self.complained

    @property
    def unknown(self) -> int:
        return self.times - self.answered - self.silent

    @property
    def is_costly(self) -> bool:
        """Won at the cost of goodwill."""
        return self.complained >= COSTLY_COMPLAINTS and self.complained >= COSTLY_SHARE * self.answered

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            times=self.times + other.times,
            minutes=self.minutes + other.minutes,
            excused=self.excused + other.excused,
            confirmed=self.confirmed + other.confirmed,
            rebooked=self.rebooked + other.rebooked,
            complained=self.complained + other.complained,
            silent=self.silent + other.silent,
        )


def tally(groups: Iterable[Group], policy: Policy) -> Tally:
    return total(_worth(group, policy) for group in groups)


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _worth(group: Group, policy: Policy) -> Tally:
    times = group.times
    return Tally(
        times=times,
        minutes=times * minutes_won(group, policy),
        excused=times if group.excused else 0,
        confirmed=times if group.answer is ClientAnswer.CONFIRMED else 0,
        rebooked=times if group.answer is ClientAnswer.REBOOKED else 0,
        complained=times if group.answer is ClientAnswer.COMPLAINED else 0,
        silent=times if group.answer is ClientAnswer.SILENT else 0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCount:
    """What was decided in one month of the reader's calendar; `first` is its first day."""

    first: date
    options: Mapping[Option, Tally]

    @property
    def total(self) -> Tally:
        return total(self.options.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """One stretch of time as the database has it."""

    groups: tuple[Group, ...] = ()
    owners: frozenset[str] = frozenset()
    """Whose decisions are in it; of many some, but more than `EXCUSED_FROM_PEOPLE`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    circle: Circle
    months: tuple[MonthCount, ...]
    """Oldest first; the last one is the present month so far."""
    people: Mapping[str, Tally] = field(default_factory=dict)
    """By user id, only in the circle of one's people."""
    copies: int = 0
    """Step-downs beyond the first one of the same meeting, by others who had it in their calendar as well."""
    shows_excused: bool = True

    @property
    def options(self) -> dict[Option, Tally]:
        """Of the whole period, in the order of least damage."""
        return {option: total(month.options.get(option, Tally()) for month in self.months) for option in STEP_DOWNS}

    @property
    def total(self) -> Tally:
        return total(month.total for month in self.months)


def report(
    circle: Circle,
    reader_id: str,
    months: Sequence[tuple[date, Sequence[Counted]]],
    policy: Policy,
    *,
    copies: int = 0,
) -> Report:
    """`months`: the first day of each and what was counted in it, oldest first."""
    counted = [one for _, several in months for one in several]
    groups = [group for one in counted for group in one.groups]
    whole = tally(groups, policy)
    owners = frozenset[str]().union(*(one.owners for one in counted))
    people = {group.owner_id for group in groups if group.owner_id} if circle is Circle.PEOPLE else set()
    return Report(
        circle=circle,
        months=tuple(MonthCount(first=first, options=_by_option(several, policy)) for first, several in months),
        people={who: tally((one for one in groups if one.owner_id == who), policy) for who in sorted(people)},
        copies=copies,
        # Where all of them were for illness, the total tells it of everybody in it.
        shows_excused=circle is Circle.MINE
        or (len(owners - {reader_id}) >= EXCUSED_FROM_PEOPLE and whole.excused < whole.times),
    )


def _by_option(several: Sequence[Counted], policy: Policy) -> dict[Option, Tally]:
    groups = [group for one in several for group in one.groups]
    return {option: tally((group for group in groups if group.option is option), policy) for option in STEP_DOWNS}


def first_days(today: date, months: int) -> tuple[date, ...]:
    """The first days of the last `months` months, oldest first; the last is that of today's month."""
    last = today.year * 12 + today.month - 1
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(last - months + 1, last + 1))


def month_bounds(first: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From midnight to midnight on the clocks of the zone, in UTC."""
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return _midnight(first, zone), _midnight(after, zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRequest:
    """One report in one message: what its reader asked to see there last, and what was found then.

    `edition` counts the changes; a count that ends after the next change is not shown.
    """

    id: str
    team_id: str
    user_id: str
    circle: Circle
    months: int = DEFAULT_PERIOD
    edition: int = 0
    asked_at: datetime
    alerts: tuple[Alert, ...] = ()
    counted_at: datetime | None = None
    """None while it is being counted."""
