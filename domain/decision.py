"""A decision: an option chosen for a meeting; never deleted, only superseded or undone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.clock import require_aware
from domain.words import Mode, Option, Reason, Verdict

SHORTEST_MINUTES = 15
"""A meeting is never made shorter than this."""


class DecisionState(StrEnum):
    STANDING = "standing"
    SUPERSEDED = "superseded"
    """A later decision for the same meeting took its place."""
    UNDONE = "undone"
    DECLINED = "declined"
    """A hand-over that the delegate declined: the owner decides anew."""
    REQUESTED = "requested"
    """Waits for the approval of a manager: nothing is carried out, and it does not stand yet."""
    REFUSED = "refused"
    """The manager declined it, or it was let go."""


class WhoRings(StrEnum):
    OWNER = "owner"
    CONTACT = "contact"


@dataclass(frozen=True, kw_only=True, slots=True)
class CallTerms:
    """The meeting becomes a phone call at its time. `phone` is E.164."""

    phone: str
    who_rings: WhoRings
    contact_id: str | None = None
    pre_read: tuple[str, ...] = ()
    """What the client is asked to look at beforehand. Of a shorter meeting held as a call, the meeting's own counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShorterTerms:
    """Same meeting, less time; with `call` set it becomes a call as well."""

    minutes: int
    stays: tuple[str, ...] = ()
    to_writing: tuple[str, ...] = ()
    pre_read: tuple[str, ...] = ()
    """What the client is asked to look at beforehand."""
    call: CallTerms | None = None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, kw_only=True, slots=True)
class EmailTerms:
    """The matter is settled in writing for now."""

    status: str
    decisions_needed: str
    next_contact_on: date
    serious: bool = False
    call_on: date | None = None
    """Required where the owner marks the matter as important or serious."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoffTerms:
    delegate_id: str
    """Slack user id of the colleague who takes the meeting over."""
    brief_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepTerms:
    """The meeting is held as planned."""


Terms = CallTerms | ShorterTerms | EmailTerms | HandoffTerms | KeepTerms


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The message to the client. `to` may be empty where no address is known: then it is only handed over."""

    language: str
    subject: str
    body: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """The owner went on although the verdict was not `fine`: recorded, never held back."""

    verdict: Verdict
    note: str = ""
    asked_of: str = ""
    """Slack user id of the manager who was asked to approve it; empty: nobody had to."""
    approved_at: datetime | None = None
    """None where that manager did not answer in time: then the owner went on on their own word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    id: str
    team_id: str
    meeting_id: str
    client_id: str | None
    owner_id: str
    option: Option
    reason: Reason | None
    """None only for `keep`."""
    terms: Terms
    draft: Draft | None
    """None only for `keep`."""
    override: Override | None = None
    made_at: datetime
    made_by: str
    state: DecisionState = DecisionState.STANDING
    ended_at: datetime | None = None
    minutes_before: int | None = None
    """Length of the meeting when it was decided on; None where that was not noted (before version 0.2)."""
    mode_before: Mode | None = None
    bundle_id: str = ""
    """The same for all decisions that were made in one go (`today sick`) and can be undone in one."""

    def __post_init__(self) -> None:
        require_aware(self.made_at, "made_at")


class Effect(StrEnum):
    """What carrying a decision out does in the world; each is done once."""

    CALENDAR = "calendar"
    MAIL = "mail"
    DELEGATE_MESSAGE = "delegate_message"
    OWNER_MESSAGE = "owner_message"
    FOLLOW_UPS = "follow_ups"


class EffectState(StrEnum):
    """How far an effect is."""

    STARTED = "started"
    """Begun; after a crash it is not known whether the outside saw it."""
    DONE = "done"
    HANDED_OVER = "handed_over"
    """Left to the owner: a to-do for a read-only calendar, a draft to send by hand."""
    WAITING = "waiting"
    """Held until something happens first: the mail of a hand-over waits for the delegate's yes."""
    FAILED = "failed"
    """Gave up after retries; the owner was told."""


def offered_lengths(present_minutes: int) -> tuple[int, ...]:
    """Lengths in minutes to propose below the present one, longest first; empty at 15 minutes or less."""
    return tuple(length for length in (90, 60, 45, 30, 20, 15) if SHORTEST_MINUTES <= length < present_minutes)
