"""How the nested values of meetings, decisions and briefs are written as JSON, and read back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from domain.brief import CheckItem, Section
from domain.decision import (
    CallTerms,
    Draft,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    Override,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.free_time import BusyTimes, Span
from domain.meeting import Attendee, Response
from domain.words import Option, Verdict

Json = dict[str, Any]


def encode_terms(terms: Terms) -> Json:
    match terms:
        case CallTerms():
            return {"option": Option.CALL.value, **_encode_call(terms)}
        case ShorterTerms():
            return {
                "option": Option.SHORTER.value,
                "minutes": terms.minutes,
                "stays": list(terms.stays),
                "to_writing": list(terms.to_writing),
                "pre_read": list(terms.pre_read),
                "call": None if terms.call is None else _encode_call(terms.call),
            }
        case EmailTerms():
            return {
                "option": Option.EMAIL.value,
                "status": terms.status,
                "decisions_needed": terms.decisions_needed,
                "next_contact_on": terms.next_contact_on.isoformat(),
                "serious": terms.serious,
                "call_on": None if terms.call_on is None else terms.call_on.isoformat(),
            }
        case HandoffTerms():
            return {"option": Option.HANDOFF.value, "delegate_id": terms.delegate_id, "brief_id": terms.brief_id}
        case KeepTerms():
            return {"option": Option.KEEP.value}


def decode_terms(stored: Json) -> Terms:
    """Rows from before version 0.2 know nothing of what is to be read beforehand."""
    match Option(stored["option"]):
        case Option.CALL:
            return _decode_call(stored)
        case Option.SHORTER:
            call = stored["call"]
            return ShorterTerms(
                minutes=stored["minutes"],
                stays=tuple(stored["stays"]),
                to_writing=tuple(stored["to_writing"]),
                pre_read=tuple(stored.get("pre_read", ())),
                call=None if call is None else _decode_call(call),
            )
        case Option.EMAIL:
            call_on = stored["call_on"]
            return EmailTerms(
                status=stored["status"],
                decisions_needed=stored["decisions_needed"],
                next_contact_on=date.fromisoformat(stored["next_contact_on"]),
                serious=stored["serious"],
                call_on=None if call_on is None else date.fromisoformat(call_on),
            )
        case Option.HANDOFF:
            return HandoffTerms(delegate_id=stored["delegate_id"], brief_id=stored["brief_id"])
        case Option.KEEP:
            return KeepTerms()


def _encode_call(terms: CallTerms) -> Json:
    return {
        "phone": terms.phone,
        "who_rings": terms.who_rings.value,
        "contact_id": terms.contact_id,
        "pre_read": list(terms.pre_read),
    }


def _decode_call(stored: Json) -> CallTerms:
    return CallTerms(
        phone=stored["phone"],
        who_rings=WhoRings(stored["who_rings"]),
        contact_id=stored["contact_id"],
        pre_read=tuple(stored.get("pre_read", ())),
    )


def encode_draft(draft: Draft) -> Json:
    return asdict(draft)


def decode_draft(stored: Json) -> Draft:
    return Draft(**{**stored, "to": tuple(stored["to"])})


def encode_override(override: Override) -> Json:
    told = {"verdict": override.verdict.value, "note": override.note}
    if not override.asked_of:
        return told
    approved_at = None if override.approved_at is None else override.approved_at.isoformat()
    return {**told, "asked_of": override.asked_of, "approved_at": approved_at}


def decode_override(stored: Json) -> Override:
    """Rows of version 0.1 know nothing of approvals."""
    approved_at = stored.get("approved_at")
    return Override(
        verdict=Verdict(stored["verdict"]),
        note=stored["note"],
        asked_of=stored.get("asked_of", ""),
        approved_at=None if approved_at is None else datetime.fromisoformat(approved_at),
    )


def encode_attendee(attendee: Attendee) -> list[str]:
    """A list of three, or of four where there is a number: a meeting has many of them."""
    told = [attendee.email, attendee.name, attendee.response.value]
    return [*told, attendee.phone] if attendee.phone else told


def decode_attendee(stored: list[str]) -> Attendee:
    email, name, response, *phone = stored
    return Attendee(email=email, name=name, response=Response(response), phone="".join(phone))


def encode_attendees(attendees: tuple[Attendee, ...]) -> list[list[str]]:
    return [encode_attendee(attendee) for attendee in attendees]


def decode_attendees(stored: list[list[str]]) -> tuple[Attendee, ...]:
    return tuple(decode_attendee(attendee) for attendee in stored)


def encode_sections(sections: Mapping[Section, str]) -> dict[str, str]:
    return {section.value: text for section, text in sections.items()}


def decode_sections(stored: dict[str, str]) -> Mapping[Section, str]:
    return {Section(name): text for name, text in stored.items()}


def encode_ticked(ticked: frozenset[CheckItem]) -> list[str]:
    """In the order of the checklist, so that equal sets are equal text."""
    return [item.value for item in CheckItem if item in ticked]


def decode_ticked(stored: list[str]) -> frozenset[CheckItem]:
    return frozenset(map(CheckItem, stored))


def encode_busy(busy: BusyTimes) -> Json:
    """Moments as seconds since 1970: a busy month is a few thousand characters."""
    return {"until": _seconds(busy.until), "spans": [[_seconds(s.starts_at), _seconds(s.ends_at)] for s in busy.spans]}


def decode_busy(stored: Json) -> BusyTimes:
    spans = (Span(starts_at=_moment(starts_at), ends_at=_moment(ends_at)) for starts_at, ends_at in stored["spans"])
    return BusyTimes(until=_moment(stored["until"]), spans=tuple(spans))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
