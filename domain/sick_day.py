"""Today sick: all client meetings of an absence decided on in one go, and what came of each."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from domain.decision import Decision
from domain.errors import Problem
from domain.member import Member
from domain.notice import notice_band, time_until
from domain.overview import Overview
from domain.timeline import EffectRecord
from domain.words import Option, Reason

REASONS: tuple[Reason, ...] = (Reason.ILLNESS, Reason.EMERGENCY)
"""What a whole day may be decided on for; neither is held against the owner."""
MOST_DAYS = 28
"""An absence that is longer is planned with the client, not decided in one go."""
MOST_AT_ONCE = 10
"""Meetings of one form: more would be a window that nobody reads. The others follow in a form of their own."""


def decision_id(bundle_id: str, meeting_id: str) -> str:
    """The same for the same form and meeting, however often the form is sent: each decision is made once."""
    digest = hashlib.sha256(f"{bundle_id}/{meeting_id}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What the owner chose for one meeting, and the meeting as it was then: one that moved is looked at again."""

    meeting_id: str
    option: Option | None
    """None: left as it is, nothing is decided."""
    starts_at: datetime
    ends_at: datetime
    phone: str = ""
    """As the owner wrote it, where the book has no number."""
    warned: bool = False
    """The owner was told to think twice."""

    def is_of(self, starts_at: datetime, ends_at: datetime) -> bool:
        return (self.starts_at, self.ends_at) == (starts_at, ends_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class SickDay:
    """An absence from today to `last_day` (in the owner's zone), with what has been chosen so far."""

    reason: Reason
    last_day: date
    passed: tuple[str, ...] = ()
    """Meetings of the forms before this one, which are not shown again."""
    choices: tuple[Choice, ...] = ()
    delegate_id: str = ""
    next_contact: str = ""
    """YYYY-MM-DD."""
    skipped: Mapping[str, Problem] = field(default_factory=dict)
    """Why nothing was decided about a meeting, by its id."""
    rest: int = 0
    """Meetings of these days for which there was no room."""
    seen: tuple[str, ...] = ()
    """What was noticed in the texts and shown."""
    confirmed: bool = False

    def dump(self) -> str:
        """JSON, for the form."""
        return json.dumps(
            {
                "reason": self.reason,
                "last_day": self.last_day.isoformat(),
                "passed": self.passed,
                "choices": [_dumped(choice) for choice in self.choices],
                "delegate_id": self.delegate_id,
                "next_contact": self.next_contact,
                "skipped": dict(self.skipped),
                "rest": self.rest,
                "seen": self.seen,
                "confirmed": self.confirmed,
            }
        )

    @classmethod
    def load(cls, text: str) -> Self:
        raw = json.loads(text)
        return cls(
            reason=Reason(raw["reason"]),
            last_day=date.fromisoformat(raw["last_day"]),
            passed=tuple(raw["passed"]),
            choices=tuple(_loaded(choice) for choice in raw["choices"]),
            delegate_id=raw["delegate_id"],
            next_contact=raw["next_contact"],
            skipped={meeting_id: Problem(code) for meeting_id, code in raw["skipped"].items()},
            rest=raw["rest"],
            seen=tuple(raw["seen"]),
            confirmed=raw["confirmed"],
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One decision of the bundle as it is now. `overview.decision` is what stands for the meeting, perhaps another."""

    decision: Decision
    effects: tuple[EffectRecord, ...]
    overview: Overview
    delegate_name: str = ""

    @property
    def rings_first(self) -> bool:
        """Whether there was so little notice when it was decided that a mail alone would be rude."""
        until = time_until(self.overview.meeting.starts_at, self.decision.made_at)
        return notice_band(until, self.overview.policy).ring_first


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """Decisions that were made in one go, earliest meeting first, and what was not decided."""

    id: str
    team_id: str
    owner: Member
    day: SickDay
    made: tuple[Made, ...]
    skipped: tuple[tuple[Overview, Problem], ...] = ()
    left: tuple[Overview, ...] = ()


def _dumped(choice: Choice) -> dict[str, object]:
    return {
        "meeting_id": choice.meeting_id,
        "option": choice.option,
        "starts_at": choice.starts_at.isoformat(),
        "ends_at": choice.ends_at.isoformat(),
        "phone": choice.phone,
        "warned": choice.warned,
    }


def _loaded(raw: Mapping[str, str]) -> Choice:
    return Choice(
        meeting_id=raw["meeting_id"],
        option=Option(raw["option"]) if raw["option"] else None,
        starts_at=datetime.fromisoformat(raw["starts_at"]),
        ends_at=datetime.fromisoformat(raw["ends_at"]),
        phone=raw["phone"],
        warned=bool(raw["warned"]),
    )
