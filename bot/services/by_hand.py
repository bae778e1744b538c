"""A meeting entered by hand: read from words, asked for in a modal, stored with its reminders."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.calendars.work_week import zone_of
from bot.services.contact_details import read_reachable
from bot.services.members import region_of
from bot.services.reminding import plan_again
from bot.services.words import split_new
from domain.client import Client, Contact
from domain.clock import Clock
from domain.eligibility import mode_of
from domain.errors import DomainError, FieldErrors, Invalid, InvalidCode, Problem
from domain.ids import new_id
from domain.kinds import guess_kind
from domain.meeting import Attendee, CalendarEntry, Meeting, Source
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form, FormKind
from messages.new_meeting_page import NewMeetingPrefill
from storage import clients, forms, meetings, overviews
from storage.database import Database

DEFAULT_MINUTES = 60
LONGEST_MINUTES = 24 * 60
MOST_TITLE = 150
MOST_AHEAD = timedelta(days=400)
"""A date further away is a slip of the finger."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ByHandInput:
    """Raw values of the modal: `client_text` is a client's name, `day` YYYY-MM-DD, `at` HH:MM in the member's zone."""

    client_text: str = ""
    title: str = ""
    day: str = ""
    at: str = ""
    minutes: str = ""
    place: str = ""
    contact_name: str = ""
    contact_email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMeetingForm:
    form_id: str
    prefill: NewMeetingPrefill
    clients: list[Client] = field(default_factory=list)
    zone: str


class ByHand:
    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, member: Member, words: str, *, response_url: str = "") -> NewMeetingForm:
        """`response_url`: where the answer is to be shown once the meeting is entered."""
        now, zone = self._clock.now(), zone_of(member.time_zone)
        known = await self._database.read(clients.active, member.team_id)
        said = split_new(
            words, now=now, zone=zone, locale=member.locale, client_names=[client.name for client in known]
        )
        form = Form(
            id=new_id(),
            team_id=member.team_id,
            user_id=member.user_id,
            kind=FormKind.NEW_MEETING,
            response_url=response_url,
            opened_at=now,
        )
        await self._database.run(forms.open_, form)
        local = said.starts_at.astimezone(zone) if said.starts_at else None
        prefill = NewMeetingPrefill(
            client_text=said.client_text,
            title=said.title,
            date=local.date() if local else said.day,
            time=local.time() if local else said.at,
            minutes=said.minutes or DEFAULT_MINUTES,
        )
        return NewMeetingForm(form_id=form.id, prefill=prefill, clients=known, zone=str(zone))

    async def submit(self, member: Member, form_id: str, given: ByHandInput) -> Overview:
        """The meeting takes the form's id, so that a second submission finds it. Raises FieldErrors, DomainError."""
        return await self._database.run(self._store, member, form_id, given)

    async def origin(self, member: Member, form_id: str) -> str:
        """The response URL of the command or the button that opened the form."""
        form = await self._database.read(forms.get, member.team_id, member.user_id, form_id)
        return form.response_url if form else ""

    def _store(self, session: Session, member: Member, form_id: str, given: ByHandInput) -> Overview:
        now = self._clock.now()
        if meetings.get(session, member.team_id, form_id) is not None:
            return overviews.load(session, member.team_id, form_id, now)
        form = forms.get(session, member.team_id, member.user_id, form_id)
        if form is None or form.kind is not FormKind.NEW_MEETING:
            raise DomainError(Problem.FORM_EXPIRED)
        client = clients.by_name(session, member.team_id, given.client_text) if given.client_text else None
        meeting, contact = _read(given, member, client, form_id, now)
        if contact is not None:
            clients.save_contact(session, member.team_id, contact)
        meetings.add(session, meeting)
        plan_again(session, meeting, member, now)
        return overviews.load(session, member.team_id, form_id, now)


def _read(
    given: ByHandInput, member: Member, client: Client | None, meeting_id: str, now: datetime
) -> tuple[Meeting, Contact | None]:
    errors: dict[str, Invalid] = {}
    starts_at = _start(given, zone_of(member.time_zone), now, errors)
    minutes = _minutes(given, errors)
    title = _title(given, client)
    if not title:
        errors["title"] = Invalid(InvalidCode.REQUIRED)
    elif len(title) > MOST_TITLE:
        errors["title"] = Invalid(InvalidCode.TOO_LONG, limit=MOST_TITLE)
    email, phone = read_reachable(given.contact_email, given.phone, region_of(member, client), errors)
    if errors:
        raise FieldErrors(errors)
    entry = CalendarEntry(
        uid=meeting_id,
        title=title,
        location=given.place[:500],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        time_zone=member.time_zone,
    )
    guests = _guests(given, client, email, phone)
    meeting = Meeting(
        id=meeting_id,
        team_id=member.team_id,
        owner_id=member.user_id,
        client_id=client.id if client else None,
        source=Source.BY_HAND,
        uid=meeting_id,
        title=title,
        location=entry.location,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        time_zone=member.time_zone,
        mode=mode_of(entry),
        kind=guess_kind(title, attendees=guests, client_name=client.name if client else ""),
        attendees=guests,
    )
    return meeting, _contact(given, client, email, phone)


def _title(given: ByHandInput, client: Client | None) -> str:
    """The name of a client who is not in the client book stays in the title: what was typed is not lost."""
    title, name = " ".join(given.title.split()), " ".join(given.client_text.split())
    if client is not None or name.casefold() in title.casefold():
        return title or (client.name if client else name)
    return f"{name} · {title}" if title else name


def _start(given: ByHandInput, zone: ZoneInfo, now: datetime, errors: dict[str, Invalid]) -> datetime:
    try:
        day = date.fromisoformat(given.day)
    except ValueError:
        errors["date"] = Invalid(InvalidCode.REQUIRED if not given.day else InvalidCode.NOT_A_DATE)
        return now
    try:
        at = time.fromisoformat(given.at)
    except ValueError:
        errors["time"] = Invalid(InvalidCode.REQUIRED if not given.at else InvalidCode.NOT_A_TIME)
        return now
    today = now.astimezone(zone).date()
    # Days first: the first and the last day of the calendar have no moment in every zone.
    if not today <= day <= today + MOST_AHEAD:
        too_far = Invalid(InvalidCode.AFTER_THE_WINDOW, days=MOST_AHEAD.days)
        errors["date"] = Invalid(InvalidCode.IN_THE_PAST) if day < today else too_far
        return now
    starts_at = datetime.combine(day, at.replace(tzinfo=None), zone).astimezone(UTC)
    if starts_at <= now:
        errors["time"] = Invalid(InvalidCode.IN_THE_PAST)
    return starts_at


def _minutes(given: ByHandInput, errors: dict[str, Invalid]) -> int:
    text = given.minutes.strip()
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LONGEST_MINUTES:
        return int(text)
    errors["minutes"] = Invalid(InvalidCode.NOT_A_LENGTH)
    return DEFAULT_MINUTES


def _guests(given: ByHandInput, client: Client | None, email: str, phone: str) -> tuple[Attendee, ...]:
    """A client's people are in the client book; those of nobody in it have no other place than the meeting."""
    name = " ".join(given.contact_name.split())[:200]
    if client is not None:
        return (Attendee(email=email, name=name),) if email else ()
    return (Attendee(email=email, name=name, phone=phone),) if email or name or phone else ()


def _contact(given: ByHandInput, client: Client | None, email: str, phone: str) -> Contact | None:
    if client is None or not (email or phone or given.contact_name):
        return None
    return Contact(id=new_id(), client_id=client.id, name=given.contact_name[:200] or email, email=email, phone=phone)
