"""A file of cases for the judgement: JSON that people write by hand, read with all of its mistakes named at once.

What is left out has the default of `domain.assessment_facts.Facts`, which worsens nothing. Keys and values that are
not known are refused with their place, because a misspelt key would otherwise judge another case than the one meant.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from typing import Any, NoReturn

from bot.services.client_cells import shown
from domain.assessment_facts import ClientLead, Facts, Organiser
from domain.kinds import guess_kind
from domain.words import MeetingKind, Mode, Reason, Tier

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
LONGEST_TITLE = 1000
MOST = 1_000_000
"""Of meetings, minutes, days or hours: far beyond any real case, and what a time span can hold."""
MEETINGS_OF_PATTERN = 5
"""As the key `last_five_stepped_down` says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    title: str
    facts: Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseProblem:
    """`place` as people count: `case 2, meeting.mode`."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """Where there are problems, there are no cases: half a file would be judged as if it were the whole one."""

    cases: tuple[Case, ...] = ()
    problems: tuple[CaseProblem, ...] = ()


class _RefusedError(ValueError):
    """A value that cannot be; its text follows the value in a sentence."""


class _Repeated(dict[str, Any]):
    """A JSON object that has keys twice: Python keeps the last silently."""

    twice: tuple[str, ...] = ()


_Read = Callable[[Any], Any]


def read_cases(content: bytes) -> CaseFile:
    """The cases of a file, or everything that is wrong with it; never raises."""
    try:
        entries = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused(f"line {line}", "this is not UTF-8")
    except json.JSONDecodeError as error:
        return _refused(f"line {error.lineno}, column {error.colno}", f"this is not JSON ({error.msg})")
    except RecursionError:
        return _refused("the whole file", "lists and objects are nested too deeply")
    except ValueError as error:
        return _refused("the whole file", f"this is not JSON ({shown(str(error))})")
    if not isinstance(entries, list):
        return _refused("the whole file", "is not a list of cases; put [ and ] around them")
    problems: list[CaseProblem] = []
    cases = [_case(f"case {number}", entry, problems) for number, entry in enumerate(entries, start=1)]
    return CaseFile(problems=tuple(problems)) if problems else CaseFile(cases=tuple(cases))


def _refused(place: str, says: str) -> CaseFile:
    return CaseFile(problems=(CaseProblem(place=place, says=says),))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    repeated = _Repeated(plain)
    counts = Counter(name for name, _ in pairs)
    repeated.twice = tuple(name for name, count in counts.items() if count > 1)
    return repeated


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number here")


def _case(place: str, entry: object, problems: list[CaseProblem]) -> Case:
    """A case with defaults in place of what is refused, so that reading can go on."""
    if not isinstance(entry, dict):
        problems.append(CaseProblem(place=place, says=f"{_quoted(entry)} is not a case; write an object in {{ and }}"))
        return Case(title="", facts=Facts())
    top = {name: value for name, value in entry.items() if name not in _SECTIONS}
    _name_repeated(f"{place}, ", entry, problems)
    values = _fields(f"{place}, ", top, _TOP, tuple(_SECTIONS), problems)
    for section, readers in _SECTIONS.items():
        part = entry.get(section, {})
        if isinstance(part, dict):
            _name_repeated(f"{place}, {section}.", part, problems)
            values.update(_fields(f"{place}, {section}.", part, readers, (), problems))
        else:
            says = f"{_quoted(part)} is not an object in {{ and }}"
            problems.append(CaseProblem(place=f"{place}, {section}", says=says))
    return _made(values)


def _made(values: dict[str, Any]) -> Case:
    title = values.pop("title", "")
    if values.get("kind") is None:
        values["kind"] = guess_kind(title, meetings_before=values.get("meetings_total"))
    if "phone_known" in values:
        # Nobody can be asked in a file: a number that is not known cannot be had.
        values["number_possible"] = values["phone_known"]
    return Case(title=title, facts=Facts(**values))


def _fields(
    prefix: str,
    part: Mapping[str, Any],
    readers: Mapping[str, tuple[str, _Read]],
    others: tuple[str, ...],
    problems: list[CaseProblem],
) -> dict[str, Any]:
    """What was read, under the names of `Facts`; `others` are keys that are known but read elsewhere."""
    values = {}
    for name, value in part.items():
        if name not in readers:
            says = f"is not a key that is known{_meant(name, (*readers, *others))}"
            problems.append(CaseProblem(place=f"{prefix}{shown(name)}", says=says))
            continue
        field, read = readers[name]
        try:
            values[field] = read(value)
        except _RefusedError as refused:
            problems.append(CaseProblem(place=f"{prefix}{name}", says=f"{_quoted(value)} {refused}"))
    return values


def _name_repeated(prefix: str, part: dict[str, Any], problems: list[CaseProblem]) -> None:
    if isinstance(part, _Repeated):
        problems.extend(CaseProblem(place=f"{prefix}{shown(name)}", says="is there twice") for name in part.twice)


def _meant(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name[:100], known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"


def _quoted(value: object) -> str:
    """As it stands in the file, on one line and not too long."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return shown(json.dumps(value, ensure_ascii=False))


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _RefusedError("is neither true nor false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _RefusedError("is not a text")
    if len(value) > LONGEST_TITLE:
        raise _RefusedError(f"is longer than {LONGEST_TITLE} characters")
    return value


def _number(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _RefusedError("is not a number")
    if (isinstance(value, float) and not isfinite(value)) or not least <= value <= most:
        raise _RefusedError(f"is not from {least} to {most}")
    return value


def _whole(least: int, most: int = MOST) -> _Read:
    def read(value: Any) -> int:
        number = _number(value, least, most)
        if number != int(number):
            raise _RefusedError("is not a whole number")
        return int(number)

    return read


def _share(value: Any) -> float:
    try:
        return float(_number(value, 0, 1))
    except _RefusedError as refused:
        raise _RefusedError(f"{refused}; write 0.125 for 12.5 %") from None


def _hours(value: Any) -> timedelta:
    return timedelta(hours=_number(value, -MOST, MOST))


def _one_of(words: type[StrEnum]) -> _Read:
    known = [word.value for word in words]

    def read(value: Any) -> StrEnum:
        if not isinstance(value, str) or value not in known:
            raise _RefusedError(f"is not known; use {', '.join(known[:-1])} or {known[-1]}")
        return words(value)

    return read


def _or_unknown(read: _Read) -> _Read:
    """Null says what leaving the key out says: not known."""
    return lambda value: None if value is None else read(value)


def _lead(value: Any) -> ClientLead:
    """Null where nobody leads the account."""
    if value is None:
        return ClientLead.NONE
    if value not in ("owner", "colleague"):
        raise _RefusedError("is not known; use owner, colleague or null")
    return ClientLead(value)


_TOP: Mapping[str, tuple[str, _Read]] = {
    "reason": ("reason", _or_unknown(_one_of(Reason))),
    "phone_known": ("phone_known", _yes_or_no),
    "colleagues": ("colleagues", _whole(0)),
}
_SECTIONS: Mapping[str, Mapping[str, tuple[str, _Read]]] = {
    "client": {
        "tier": ("tier", _or_unknown(_one_of(Tier))),
        "revenue_share": ("revenue_share", _or_unknown(_share)),
        "renewal_in_days": ("renewal_in_days", _or_unknown(_whole(-MOST))),
        "open_complaint": ("open_complaint", _yes_or_no),
        "glad_to_write": ("glad_to_write", _yes_or_no),
        "lead": ("lead", _lead),
    },
    "meeting": {
        "title": ("title", _text),
        "kind": ("kind", _or_unknown(_one_of(MeetingKind))),
        "minutes": ("minutes", _whole(1)),
        "mode": ("mode", _one_of(Mode)),
        "hours_until": ("until", _hours),
        "organiser": ("organiser", _one_of(Organiser)),
        "colleague_lead_attends": ("colleague_lead_attends", _yes_or_no),
    },
    "history": {
        "meetings_total": ("meetings_total", _or_unknown(_whole(0))),
        "meetings_30d": ("meetings_30d", _whole(0)),
        "step_downs_90d": ("step_downs_90d", _whole(0)),
        "last_stepped_down": ("last_stepped_down", _yes_or_no),
        "series_idle": ("series_idle", _whole(0)),
        "last_five_stepped_down": ("last_five_stepped_down", _whole(0, MEETINGS_OF_PATTERN)),
    },
}
"""Key of the file: name in `Facts`, and how its value is read."""
