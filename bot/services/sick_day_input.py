"""What the owner put into the windows of a sick day; nothing of it is checked yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from domain.errors import Invalid, InvalidCode
from domain.sick_day import MOST_AT_ONCE, MOST_DAYS, REASONS
from domain.words import Option, Reason
from messages.ids import SICK_BODY_PREFIX, SICK_OPTION_PREFIX, SICK_PHONE_PREFIX, SICK_SUBJECT_PREFIX
from messages.sick_page import LEFT, Days

FIRST_UNTIL = 2
"""Days from today that a date is first asked for with."""

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SickInput:
    """`options` and `phones` by meeting id, as they came; days are YYYY-MM-DD."""

    reason: str = ""
    days: str = ""
    until: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    delegate: str = ""
    next_contact: str = ""

    @classmethod
    def of(cls, values: Values) -> Self:
        return cls(
            reason=_text(values, "reason"),
            days=_text(values, "sick_days"),
            until=_text(values, "sick_until"),
            options=_by_meeting(values, SICK_OPTION_PREFIX),
            phones=_by_meeting(values, SICK_PHONE_PREFIX),
            delegate=_text(values, "delegate"),
            next_contact=_text(values, "next_contact"),
        )

    def reason_or(self, otherwise: Reason) -> Reason:
        return next((reason for reason in REASONS if reason.value == self.reason), otherwise)

    def last_day(self, today: date) -> tuple[date, Invalid | None]:
        """The last day of the absence, and what is wrong with the one that was given."""
        if self.days == Days.TOMORROW:
            return today + timedelta(days=1), None
        if self.days != Days.UNTIL:
            return today, None
        if not self.until:
            return today + timedelta(days=FIRST_UNTIL), None
        try:
            day = date.fromisoformat(self.until)
        except ValueError:
            return today, Invalid(InvalidCode.NOT_A_DATE)
        latest = today + timedelta(days=MOST_DAYS)
        if day < today:
            return today, Invalid(InvalidCode.IN_THE_PAST)
        if day > latest:
            return latest, Invalid(InvalidCode.AFTER_THE_WINDOW, days=MOST_DAYS)
        return day, None

    def chosen(self, meeting_id: str, otherwise: Option | None) -> Option | None:
        """None: left as it is."""
        text = self.options.get(meeting_id)
        if text == LEFT:
            return None
        return next((option for option in Option if option.value == text), otherwise)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftsInput:
    """Subjects and bodies by meeting id."""

    subjects: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = False

    @classmethod
    def of(cls, values: Values) -> Self:
        return cls(
            subjects=_by_meeting(values, SICK_SUBJECT_PREFIX),
            bodies=_by_meeting(values, SICK_BODY_PREFIX),
            confirmed=bool(values.get("confirm")),
        )


def _text(values: Values, name: str) -> str:
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _by_meeting(values: Values, prefix: str) -> dict[str, str]:
    """No more than a window holds: whoever sends more made it up."""
    names = [name for name in values if name.startswith(prefix)][:MOST_AT_ONCE]
    return {name.removeprefix(prefix): _text(values, name) for name in names}
