"""What to say on the phone when a meeting is so near that a mail alone would be rude."""

from dataclasses import dataclass
from datetime import datetime

from domain.client import Contact
from domain.meeting import Meeting
from domain.words import Formality, Option
from messages.client_time import client_moment
from messages.drafting import called, first_name
from messages.escape import one_line
from messages.templating import DRAFT_LANGUAGES, render
from messages.when import zone_info

_TITLE, _NAME = 100, 60
_SOON = {"en": ("today", "tomorrow"), "nl": ("vandaag", "morgen")}
_DAY = {"en": "on {day}", "nl": "{day}"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CallScript:
    """A few sentences each, in the client's language: no reason, and no promise that is not in the mail."""

    spoken: str
    voicemail: str


def call_script(
    option: Option,
    meeting: Meeting,
    contact: Contact | None,
    *,
    language: str,
    formality: Formality,
    owner_name: str,
    owner_zone: str,
    client_zone: str,
    now: datetime,
) -> CallScript:
    known = language if language in DRAFT_LANGUAGES else "en"
    begin = client_moment(meeting.starts_at, zone=client_zone, owner_zone=owner_zone, language=known, now=now)
    name = one_line(called(contact), _NAME)
    values = {
        "formal": formality is Formality.FORMAL,
        "title": one_line(meeting.title, _TITLE),
        "mode": meeting.mode.value,
        "option": option.value,
        "owner": one_line(owner_name, _NAME),
        "contact": name,
        "first_name": first_name(name),
        "begin": begin,
        "day": _spoken_day(begin.day, meeting.starts_at, client_zone, known, now),
        "start": begin.time,
    }
    return CallScript(spoken=render(f"{known}/ring.j2", values), voicemail=render(f"{known}/voicemail.j2", values))


def _spoken_day(day: str, starts_at: datetime, zone: str, language: str, now: datetime) -> str:
    """As one says it on the phone: `today`, `tomorrow`, or `on Tuesday 24 November`."""
    there = zone_info(zone)
    away = (starts_at.astimezone(there).date() - now.astimezone(there).date()).days
    return _SOON[language][away] if away in {0, 1} else _DAY[language].format(day=day)
