"""The members' calendars: eight weeks behind, and for the owner a week ahead with a meeting of each kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event, vCalAddress

from domain.working_days import WorkWeek

ZONE = ZoneInfo("Europe/Amsterdam")
WEEKS_BACK, WEEKS_AHEAD = 8, 4
"""Of a weekly meeting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """One entry. `day`: working days from today (negative: ago), or weeks ago where it is a series' first date."""

    uid: str
    title: str
    day: int
    at: str
    minutes: int
    who: Sequence[str]
    """Addresses with a name before them, the organiser first."""
    place: str = ""
    agenda: Sequence[str] = ()
    weekly: bool = False
    fields: Sequence[tuple[str, str]] = ()


_ANNA = "Anna Berg <anna@northlight.example>"
_BEN = "Ben Visser <ben@northlight.example>"
_CARLA = "Carla Moss <carla@northlight.example>"
_INGRID = "Ingrid Solberg <ingrid@fjordbank.example>"
_LARS = "Lars Dahl <lars@fjordbank.example>"
_GRACE = "Grace Okoro <grace@meridianhealth.example>"
_TOM = "Tom Ellis <tom@meridianhealth.example>"
_MAYA = "Maya Lindqvist <maya@harbourfoods.example>"
_NOOR = "Noor Haddad <noor@zephyrrail.example>"
_JOOST = "Joost Tulp <joost@tulpenzonen.example>"
_ROBIN = "Robin Park <robin@kitestudio.example>"
_DE_WIT = "Mevrouw De Wit <dewit@bakkerijmorgen.example>"
_SANNE = "Sanne Blok <sanne@juniperevents.example>"

AHEAD: Sequence[Planned] = (
    Planned(
        uid="tulp-weekly",
        title="Weekoverleg Tulp & Zonen",
        day=1,
        at="10:00",
        minutes=60,
        who=(_ANNA, _JOOST),
        place="Tulp & Zonen, Haarlem",
        agenda=("Stand van zaken", "Planning van de webshop", "Vragen"),
        weekly=True,
    ),
    Planned(
        uid="kite-call",
        title="Catching up with Kite Studio",
        day=1,
        at="15:30",
        minutes=30,
        who=(_ROBIN, _ANNA),
        place="+44 20 7946 0188",
    ),
    Planned(
        uid="fjord-campaign",
        title="Campaign review",
        day=2,
        at="11:00",
        minutes=90,
        who=(_ANNA, _INGRID, _LARS),
        place="Fjord Bank, Keizersgracht 200, Amsterdam",
        agenda=("Results of the spring campaign", "Budget for the summer", "New visuals", "Any other business"),
    ),
    Planned(
        uid="morgen-first",
        title="Kennismaking Bakkerij Morgen",
        day=2,
        at="14:00",
        minutes=60,
        who=(_ANNA, _DE_WIT),
        place="Bakkerij Morgen, Utrecht",
    ),
    Planned(
        uid="harbour-kickoff",
        title="Kickoff new website",
        day=3,
        at="10:00",
        minutes=120,
        who=(_ANNA, _MAYA, _BEN),
        place="Harbour Foods, Rotterdam",
        agenda=("Who does what", "Planning", "Risks"),
    ),
    Planned(
        uid="zephyr-price",
        title="Price proposal for next year",
        day=3,
        at="15:00",
        minutes=45,
        who=(_ANNA, _NOOR),
        place="https://meet.northlight.example/zephyr",
    ),
    Planned(
        uid="juniper-coffee",
        title="Coffee with Juniper Events",
        day=3,
        at="16:30",
        minutes=30,
        who=(_SANNE, _ANNA),
        place="Café de Brug",
    ),
    Planned(
        uid="meridian-quarter",
        title="Quarterly review Meridian Health",
        day=4,
        at="11:00",
        minutes=90,
        who=(_CARLA, _ANNA, _GRACE, _TOM),
        place="Northlight, room Noord",
        agenda=("Figures of the quarter", "What worked", "Plans"),
    ),
    Planned(
        uid="zephyr-renewal",
        title="Renewal of the contract",
        day=4,
        at="15:00",
        minutes=60,
        who=(_ANNA, _BEN, _NOOR),
        place="https://meet.northlight.example/zephyr",
    ),
    Planned(
        uid="harbour-complaint",
        title="Complaint about the March invoices",
        day=5,
        at="09:30",
        minutes=60,
        who=(_MAYA, _ANNA),
        place="Harbour Foods, Rotterdam",
    ),
    Planned(
        uid="meridian-urgent",
        title="Urgent: questions from the press",
        day=5,
        at="13:00",
        minutes=30,
        who=(_TOM, _ANNA),
        place="https://meet.northlight.example/meridian",
    ),
    Planned(
        uid="kite-ideas",
        title="Ideas for the autumn",
        day=6,
        at="14:00",
        minutes=60,
        who=(_ANNA, _ROBIN),
        place="Northlight, room Zuid",
        agenda=("Themes", "First sketches"),
    ),
    Planned(
        uid="zephyr-design",
        title="Ontwerp dienstregeling",
        day=2,
        at="10:00",
        minutes=60,
        who=(_BEN, _NOOR),
        place="Zephyr Rail, Utrecht",
        agenda=("Kleuren", "Haltes", "Planning"),
    ),
    Planned(
        uid="kite-print",
        title="Drukproeven bekijken",
        day=4,
        at="13:00",
        minutes=45,
        who=(_BEN, _ROBIN),
        place="Kite Studio",
    ),
    Planned(uid="standup", title="Stand-up", day=1, at="09:15", minutes=15, who=(_ANNA, _BEN, _CARLA), weekly=True),
    Planned(
        uid="dentist", title="Dentist", day=4, at="08:30", minutes=45, who=(_ANNA,), fields=(("class", "PRIVATE"),)
    ),
)
"""The last two are none of a bot's business: internal, and private."""

PAST: Sequence[Planned] = (
    Planned(uid="fjord-1", title="Campaign review", day=-40, at="11:00", minutes=90, who=(_ANNA, _INGRID, _LARS)),
    Planned(uid="fjord-2", title="Campaign review", day=-30, at="11:00", minutes=90, who=(_ANNA, _INGRID)),
    Planned(uid="fjord-3", title="Media planning", day=-20, at="14:00", minutes=60, who=(_ANNA, _LARS)),
    Planned(uid="fjord-4", title="Campaign review", day=-10, at="11:00", minutes=90, who=(_ANNA, _INGRID, _LARS)),
    Planned(uid="kite-1", title="Sketches", day=-35, at="14:00", minutes=60, who=(_ANNA, _ROBIN)),
    Planned(uid="kite-2", title="Sketches", day=-25, at="14:00", minutes=60, who=(_ANNA, _ROBIN)),
    Planned(uid="kite-3", title="Ideas for the summer", day=-15, at="14:00", minutes=60, who=(_ANNA, _ROBIN)),
    Planned(uid="kite-4", title="Sketches", day=-8, at="14:00", minutes=60, who=(_ANNA, _ROBIN)),
    Planned(uid="harbour-1", title="Monthly meeting", day=-22, at="10:00", minutes=60, who=(_ANNA, _MAYA)),
    Planned(uid="harbour-2", title="Monthly meeting", day=-3, at="10:00", minutes=60, who=(_ANNA, _MAYA)),
    Planned(uid="zephyr-1", title="Tariffs and timetable", day=-18, at="15:00", minutes=60, who=(_ANNA, _NOOR)),
    Planned(uid="meridian-1", title="Monthly meeting", day=-12, at="11:00", minutes=60, who=(_CARLA, _ANNA, _GRACE)),
)


def entries(email: str, now: datetime, week: WorkWeek) -> Iterator[Event]:
    """Those of the member with this address, as a calendar keeps them."""
    for planned in (*AHEAD, *PAST):
        if any(person.endswith(f"<{email}>") for person in planned.who):
            yield _event(planned, email, now, week)


def _event(planned: Planned, email: str, now: datetime, week: WorkWeek) -> Event:
    starts_at = datetime.combine(_day(planned, now, week), time.fromisoformat(planned.at), ZONE)
    event = Event()
    event.add("uid", planned.uid)
    event.add("summary", planned.title)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=planned.minutes))
    event.add("created", now.astimezone(UTC).replace(microsecond=0))
    if planned.weekly:
        event.add("rrule", {"freq": "weekly", "count": WEEKS_BACK + WEEKS_AHEAD})
    if planned.place:
        event.add("location", planned.place)
    if planned.agenda:
        event.add("description", "\n".join(f"- {point}" for point in planned.agenda))
    for name, value in planned.fields:
        event.add(name, value)
    for number, person in enumerate(planned.who):
        address = _address(person, coming=number == 0 or person.endswith(f"<{email}>"))
        if number == 0:
            event["organizer"] = address
        event.add("attendee", address)
    return event


def _day(planned: Planned, now: datetime, week: WorkWeek) -> date:
    day = week.working_day(now.astimezone(ZONE).date(), planned.day)
    return day - timedelta(weeks=WEEKS_BACK) if planned.weekly else day


def _address(person: str, *, coming: bool) -> vCalAddress:
    name, _, address = person.rstrip(">").partition(" <")
    made = vCalAddress(f"mailto:{address}")
    made.params["CN"] = name
    made.params["PARTSTAT"] = "ACCEPTED" if coming else "NEEDS-ACTION"
    return made
