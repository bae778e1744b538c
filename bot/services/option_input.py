"""What the owner put into an option's modal, and what can be made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from bot.services.contact_details import clean_email, clean_phone
from domain.brief import Section, missing_sections
from domain.decision import (
    SHORTEST_MINUTES,
    CallTerms,
    EmailTerms,
    HandoffTerms,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.errors import Invalid, InvalidCode
from domain.meeting import Meeting
from domain.words import Option, Reason

Errors = dict[str, Invalid]
LONGEST_TEXT = 3000
MOST_POINTS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionInput:
    """Raw values as they came; nothing is checked yet. `length` is in minutes, dates are YYYY-MM-DD."""

    reason: str = ""
    length: str = ""
    stays: str = ""
    to_writing: str = ""
    pre_read: str = ""
    as_call: bool = False
    phone: str = ""
    who_rings: str = ""
    status: str = ""
    decisions_needed: str = ""
    next_contact: str = ""
    serious: bool = False
    call_on: str = ""
    delegate: str = ""
    sections: Mapping[Section, str] = field(default_factory=dict)
    to: str = ""
    subject: str = ""
    body: str = ""
    confirmed: bool = False
    note: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str | Sequence[str]], sections: Mapping[Section, str]) -> Self:
        """From a modal's fields; a field that is not there is empty."""

        def text(name: str) -> str:
            value = values.get(name, "")
            return value.strip() if isinstance(value, str) else ""

        return cls(
            reason=text("reason"),
            length=text("length"),
            stays=text("stays"),
            to_writing=text("to_writing"),
            pre_read=text("pre_read"),
            as_call=bool(values.get("as_call")),
            phone=text("phone"),
            who_rings=text("who_rings"),
            status=text("status"),
            decisions_needed=text("decisions_needed"),
            next_contact=text("next_contact"),
            serious=bool(values.get("serious")),
            call_on=text("call_on"),
            delegate=text("delegate"),
            sections={section: text.strip() for section, text in sections.items()},
            to=text("to"),
            subject=text("subject"),
            body=text("body"),
            confirmed=bool(values.get("confirm")),
            note=text("note"),
        )

    @property
    def chosen_reason(self) -> Reason | None:
        try:
            return Reason(self.reason)
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What values are checked against: the meeting, the owner's zone, the moment, and the region of bare numbers."""

    option: Option
    meeting: Meeting
    zone: ZoneInfo
    now: datetime
    region: str
    form_id: str
    contact_id: str | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def read_terms(given: OptionInput, frame: Frame) -> tuple[Terms, Errors]:
    """The best that can be made of the values, and every field that needs another one."""
    readers = {
        Option.SHORTER: _shorter,
        Option.CALL: _call,
        Option.EMAIL: _email,
        Option.HANDOFF: _handoff,
    }
    return readers[frame.option](given, frame)


def read_recipients(text: str) -> tuple[tuple[str, ...], Errors]:
    """Addresses separated by commas, semicolons or spaces."""
    found: list[str] = []
    for piece in text.replace(",", " ").replace(";", " ").split():
        try:
            address = clean_email(piece)
        except ValueError:
            return tuple(found), {"to": Invalid(InvalidCode.NOT_AN_EMAIL, value=piece[:80])}
        if address not in found:
            found.append(address)
    return tuple(found), {}


def points(text: str) -> tuple[str, ...]:
    """One point a line, without the marks in front of it."""
    lines = [line.strip().lstrip("-*•– ").strip() for line in text.splitlines()]
    return tuple(line for line in lines if line)[:MOST_POINTS]


def _shorter(given: OptionInput, frame: Frame) -> tuple[Terms, Errors]:
    errors: Errors = {}
    minutes = int(given.length) if given.length.isascii() and given.length.isdigit() and len(given.length) < 5 else 0
    if not given.length:
        errors["length"] = Invalid(InvalidCode.REQUIRED)
    elif minutes < SHORTEST_MINUTES:
        errors["length"] = Invalid(InvalidCode.TOO_SHORT, minutes=SHORTEST_MINUTES)
    elif minutes >= frame.meeting.minutes:
        errors["length"] = Invalid(InvalidCode.NOT_SHORTER, minutes=frame.meeting.minutes)
    call = None
    if given.as_call:
        call, call_errors = _call(given, frame)
        call = replace(call, pre_read=())
        errors |= call_errors
    terms = ShorterTerms(
        minutes=minutes or SHORTEST_MINUTES,
        stays=points(given.stays),
        to_writing=points(given.to_writing),
        pre_read=points(given.pre_read),
        call=call,
    )
    return terms, errors


def _call(given: OptionInput, frame: Frame) -> tuple[CallTerms, Errors]:
    errors: Errors = {}
    phone = ""
    if given.phone:
        try:
            phone = clean_phone(given.phone, frame.region)
        except ValueError:
            errors["phone"] = Invalid(InvalidCode.NOT_A_PHONE_NUMBER)
    else:
        errors["phone"] = Invalid(InvalidCode.REQUIRED)
    who = WhoRings.CONTACT if given.who_rings == WhoRings.CONTACT.value else WhoRings.OWNER
    terms = CallTerms(phone=phone, who_rings=who, contact_id=frame.contact_id, pre_read=points(given.pre_read))
    return terms, errors


def _email(given: OptionInput, frame: Frame) -> tuple[Terms, Errors]:
    errors: Errors = {}
    for name, value in (("status", given.status), ("decisions_needed", given.decisions_needed)):
        if not value:
            errors[name] = Invalid(InvalidCode.REQUIRED)
        elif len(value) > LONGEST_TEXT:
            errors[name] = Invalid(InvalidCode.TOO_LONG, limit=LONGEST_TEXT)
    next_contact = _coming_date(given.next_contact, frame, "next_contact", errors)
    call_on = _coming_date(given.call_on, frame, "call_on", errors) if given.call_on else None
    if given.serious and not given.call_on:
        errors["call_on"] = Invalid(InvalidCode.CALL_DATE_REQUIRED)
    terms = EmailTerms(
        status=given.status,
        decisions_needed=given.decisions_needed,
        next_contact_on=next_contact or frame.today,
        serious=given.serious,
        call_on=call_on,
    )
    return terms, errors


def _coming_date(text: str, frame: Frame, name: str, errors: Errors) -> date | None:
    if not text:
        errors[name] = Invalid(InvalidCode.REQUIRED)
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        errors[name] = Invalid(InvalidCode.NOT_A_DATE)
        return None
    if day < frame.today:
        errors[name] = Invalid(InvalidCode.IN_THE_PAST)
    return day


def _handoff(given: OptionInput, frame: Frame) -> tuple[Terms, Errors]:
    """Every required section must be there, unless illness or an emergency leaves no time for it."""
    errors: Errors = {}
    if not given.delegate:
        errors["delegate"] = Invalid(InvalidCode.REQUIRED)
    elif given.delegate == frame.meeting.owner_id:
        errors["delegate"] = Invalid(InvalidCode.DELEGATE_IS_OWNER)
    if given.chosen_reason not in {Reason.ILLNESS, Reason.EMERGENCY}:
        for section in missing_sections(given.sections):
            errors[f"brief_{section.value}"] = Invalid(InvalidCode.REQUIRED)
    return HandoffTerms(delegate_id=given.delegate, brief_id=frame.form_id), errors
