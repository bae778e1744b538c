"""What was typed into settings, read: the values, or what is wrong with each field."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import time
from typing import Any

from bot.calendars.holidays import countries
from domain import reading
from domain.errors import Invalid, InvalidCode
from domain.matching import clean_domain, is_public_domain
from domain.member import Workspace
from domain.policy import PolicyError, PolicyReason, problems
from domain.setting_change import default_of, value_of, written
from domain.setting_groups import COUNTED, GROUPS, UNITS, Group, Unit
from domain.working_days import is_quiet_all_day
from messages.workspace_settings_page import NO_COUNTRY, YES

MOST_DOMAINS = 50
SHARE_DIGITS = 4
"""Of a share; two of a percentage."""
_BETWEEN_DOMAINS = re.compile(r"[\s,;]+")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_WHOLE = re.compile(r"-?\d{1,6}")

Errors = dict[str, Invalid]


def read_group(
    group: Group, given: Mapping[str, str], workspace: Workspace, taken: Mapping[str, str], errors: Errors
) -> dict[str, Any]:
    """The values of a group, to be used where `errors` stays empty. What was left empty is the default.

    `taken`: domains of clients, with the client's name.
    """
    values: dict[str, Any] = {}
    for name in GROUPS[group]:
        text = given.get(name, "").strip()
        if not text:
            values[name] = default_of(name)
            continue
        try:
            values[name] = _value(name, text, taken)
        except _Unreadable as unreadable:
            errors[name] = unreadable.invalid
            values[name] = value_of(workspace, name)
    if "quiet_from" in values and is_quiet_all_day(values["quiet_from"], values["quiet_until"]):
        errors.setdefault("quiet_until", Invalid(InvalidCode.QUIET_ALL_DAY))
    numbers = {name: value for name, value in values.items() if name in _NUMBERS and name not in errors}
    for problem in problems(workspace.policy, numbers):
        if problem.field in values and problem.field not in errors:
            errors[problem.field] = _refused(problem)
    return values


def time_of_day(text: str) -> time:
    """`HH:MM`. Raises ValueError."""
    if not _TIME.fullmatch(text):
        raise ValueError(f"not a time: {text[:20]!r}")
    return time.fromisoformat(text)


def known_country(text: str) -> str:
    """Raises ValueError."""
    if text not in countries():
        raise ValueError(f"no country with known holidays: {text[:20]!r}")
    return text


class _Unreadable(Exception):  # noqa: N818 - an answer to a form
    def __init__(self, code: InvalidCode, **values: str | int) -> None:
        super().__init__(code.value)
        self.invalid = Invalid(code, **values)


_NUMBERS: Collection[str] = frozenset(
    name for name, unit in UNITS.items() if unit in COUNTED or unit in {Unit.SHARE, Unit.TIME_OF_DAY}
)


def _value(name: str, text: str, taken: Mapping[str, str]) -> Any:
    unit = UNITS[name]
    if unit in COUNTED:
        if not _WHOLE.fullmatch(text):
            raise _Unreadable(InvalidCode.NOT_A_NUMBER)
        return int(text)
    if unit is Unit.DOMAINS:
        return _domains(text, taken)
    if unit is Unit.YES_NO:
        return text == YES
    if unit is Unit.COUNTRY and text == NO_COUNTRY:
        return ""
    readers: dict[Unit, tuple[Callable[[str], Any], InvalidCode]] = {
        Unit.SHARE: (_share, InvalidCode.NOT_A_SHARE),
        Unit.TIME_OF_DAY: (time_of_day, InvalidCode.NOT_A_TIME),
        Unit.COUNTRY: (known_country, InvalidCode.NOT_A_COUNTRY),
        Unit.MEMBER: (str, InvalidCode.NOT_A_MANAGER),
    }
    reader, code = readers[unit]
    try:
        return reader(text)
    except ValueError:
        raise _Unreadable(code) from None


def _share(text: str) -> float:
    """A number without a sign is a percentage too: nobody means the share 10. As exact as it is shown, so that a page
    which is saved as it stands changes nothing.
    """
    return round(reading.share(text if "%" in text else f"{text}%"), SHARE_DIGITS)


def _domains(text: str, taken: Mapping[str, str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for typed in filter(None, _BETWEEN_DOMAINS.split(text)):
        try:
            domain = clean_domain(typed)
        except ValueError:
            raise _Unreadable(InvalidCode.NOT_A_DOMAIN, value=typed[:80]) from None
        if is_public_domain(domain):
            raise _Unreadable(InvalidCode.PUBLIC_DOMAIN, value=domain[:80])
        if domain in taken:
            raise _Unreadable(InvalidCode.DOMAIN_TAKEN, domain=domain[:80], client=taken[domain])
        found[domain] = None
    if len(found) > MOST_DOMAINS:
        raise _Unreadable(InvalidCode.TOO_MANY, limit=MOST_DOMAINS)
    return tuple(found)


def _refused(problem: PolicyError) -> Invalid:
    codes = {
        PolicyReason.TOO_LOW: InvalidCode.TOO_LOW,
        PolicyReason.TOO_HIGH: InvalidCode.TOO_HIGH,
        PolicyReason.ABOVE: InvalidCode.ABOVE_ANOTHER,
    }
    told = {"setting": problem.field, "bound": written(problem.bound)}
    return Invalid(codes[problem.reason], **told, **({"other": problem.other} if problem.other else {}))
