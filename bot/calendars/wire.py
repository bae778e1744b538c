"""How the worker process and the bot talk: frames of JSON, small enough that reading one never holds up the event loop.

A frame is four bytes of length (big end first) and so many bytes. The bot sends one frame of `Task` and one of the
feed; the worker answers with frames of `{"details": […], "dates": […]}` and one last of `{"skipped": {…}}` or
`{"problem": code}`. What many dates share (title, attendees …) is sent once.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.calendars.protocol import FeedProblem, Parsed, SkipReason
from domain.errors import InvalidCode
from domain.meeting import Attendee, CalendarEntry, Response, SyncWindow

LENGTH = struct.Struct(">I")
DATES_PER_FRAME = 10
"""A frame of so many takes about a quarter of a millisecond to read."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)

Details = dict[str, Any]
"""The arguments of a CalendarEntry that do not depend on its date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    zone: str
    window: SyncWindow

    def to_json(self) -> bytes:
        window = [_seconds(self.window.starts_at), _seconds(self.window.ends_at)]
        return json.dumps({"zone": self.zone, "window": window}).encode()

    @classmethod
    def from_json(cls, frame: bytes) -> "Task":
        found = json.loads(frame)
        starts_at, ends_at = (_moment(seconds) for seconds in found["window"])
        return cls(zone=found["zone"], window=SyncWindow(starts_at=starts_at, ends_at=ends_at))


def with_length(frame: bytes) -> bytes:
    return LENGTH.pack(len(frame)) + frame


def frames_of(parsed: Parsed) -> Iterator[bytes]:
    """The answer to a task, frame by frame."""
    known: dict[tuple[Any, ...], int] = {}
    for first in range(0, len(parsed.entries), DATES_PER_FRAME):
        details, dates = [], []
        for entry in parsed.entries[first : first + DATES_PER_FRAME]:
            said = _details(entry)
            number = known.get(said)
            if number is None:
                number = known[said] = len(known)
                details.append(said)
            dates.append([number, entry.occurrence, _seconds(entry.starts_at), _seconds(entry.ends_at)])
        yield json.dumps({"details": details, "dates": dates}).encode()
    yield json.dumps({"skipped": parsed.skipped}).encode()


def frame_of_problem(problem: FeedProblem) -> bytes:
    return json.dumps({"problem": problem.code.value}).encode()


class Answer:
    """Puts the frames of an answer together."""

    def __init__(self) -> None:
        self._details: list[Details] = []
        self._entries: list[CalendarEntry] = []

    def take(self, frame: bytes) -> Parsed | None:
        """One more frame; the whole answer after the last one. Raises FeedProblem where the worker found one."""
        found = json.loads(frame)
        if "problem" in found:
            raise FeedProblem(InvalidCode(found["problem"]))
        if "skipped" in found:
            skipped = {SkipReason(reason): count for reason, count in found["skipped"].items()}
            return Parsed(entries=tuple(self._entries), skipped=skipped)
        self._details += [_read_details(said) for said in found["details"]]
        self._entries += [
            CalendarEntry(
                occurrence=occurrence, starts_at=_moment(starts_at), ends_at=_moment(ends_at), **self._details[number]
            )
            for number, occurrence, starts_at, ends_at in found["dates"]
        ]
        return None


def _details(entry: CalendarEntry) -> tuple[Any, ...]:
    return (
        entry.uid,
        entry.sequence,
        entry.title,
        entry.description,
        entry.location,
        entry.online_url,
        entry.time_zone,
        (entry.all_day, entry.cancelled, entry.free, entry.private),
        None if entry.organiser is None else _person(entry.organiser),
        tuple(_person(attendee) for attendee in entry.attendees),
    )


def _read_details(said: list[Any]) -> Details:
    uid, sequence, title, description, location, online_url, time_zone, flags, organiser, attendees = said
    all_day, cancelled, free, private = flags
    return {
        "uid": uid,
        "sequence": sequence,
        "title": title,
        "description": description,
        "location": location,
        "online_url": online_url,
        "time_zone": time_zone,
        "all_day": all_day,
        "cancelled": cancelled,
        "free": free,
        "private": private,
        "organiser": None if organiser is None else _read_person(organiser),
        "attendees": tuple(_read_person(attendee) for attendee in attendees),
    }


def _person(attendee: Attendee) -> tuple[str, str, str]:
    return (attendee.email, attendee.name, attendee.response.value)


def _read_person(said: list[str]) -> Attendee:
    email, name, response = said
    return Attendee(email=email, name=name, response=Response(response))


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _SECOND


def _moment(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)
