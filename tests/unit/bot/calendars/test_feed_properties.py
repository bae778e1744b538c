"""Whatever a feed holds, reading it ends soon, in entries or in a FeedProblem, and never in anything else."""

import time
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.calendars.parse import parse
from bot.calendars.protocol import FeedProblem, Parsed
from bot.calendars.series import MAX_DATES
from bot.calendars.wire import Answer, frames_of
from domain.meeting import CalendarEntry, SyncWindow
from tests.support.feeds import AMSTERDAM, AMSTERDAM_AS_OUTLOOK_WRITES_IT, NEW_YORK, WINDOW, event, feed

LIKE_A_REAL_ONE = feed(
    "X-WR-TIMEZONE:Europe/Amsterdam",
    AMSTERDAM_AS_OUTLOOK_WRITES_IT.format(name="Customized Time Zone"),
    event(
        "DTSTART;TZID=Customized Time Zone:20261102T100000",
        "DTEND;TZID=Customized Time Zone:20261102T110000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270301T000000Z",
        "EXDATE;TZID=Customized Time Zone:20261118T100000",
        "RDATE;VALUE=PERIOD:20261120T100000Z/PT1H",
        "SEQUENCE:2",
        "SUMMARY:Acme\\, weekly",
        "ORGANIZER;CN=Nadia:mailto:nadia@bright.example",
        'ATTENDEE;CN="Doe, Joe";PARTSTAT=ACCEPTED;CUTYPE=INDIVIDUAL:mailto:joe@acme.example',
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "END:VALARM",
    ),
    event(
        "RECURRENCE-ID;TZID=Customized Time Zone:20261104T100000",
        "DTSTART;TZID=Europe/Amsterdam:20261105T100000",
        "DURATION:PT30M",
        "STATUS:CANCELLED",
    ),
    event("DTSTART;VALUE=DATE:20261124", "RRULE:FREQ=YEARLY", "TRANSP:TRANSPARENT", uid="day"),
    event("DTSTART:20261124T100000", "DESCRIPTION:<b>x</b>\\nhttps://zoom.us/j/1", uid="floating"),
)

LINES = LIKE_A_REAL_ONE.decode().splitlines()
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(body: bytes, zone: str = AMSTERDAM) -> Parsed | None:
    """What parsing ends in; None for a FeedProblem."""
    started = time.process_time()
    try:
        return parse(body, zone=zone, window=WINDOW)
    except FeedProblem:
        return None
    finally:
        assert time.process_time() - started < 10


def assert_sound(parsed: Parsed) -> None:
    names = [(entry.uid, entry.occurrence) for entry in parsed.entries]
    assert len(names) == len(set(names))
    for entry in parsed.entries:
        assert_sound_entry(entry)


def assert_sound_entry(entry: CalendarEntry) -> None:
    assert entry.starts_at.tzinfo is UTC
    assert entry.ends_at.tzinfo is UTC
    assert entry.starts_at <= entry.ends_at
    assert entry.starts_at < WINDOW.ends_at
    assert entry.ends_at >= WINDOW.starts_at
    assert 0 < len(entry.uid) <= 255
    assert len(entry.title) <= 255
    assert "\n" not in entry.title
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in entry.title + entry.description)
    assert all(attendee.email == attendee.email.lower() for attendee in entry.attendees)


def sent_over(parsed: Parsed) -> Parsed | None:
    answer = Answer()
    results = [answer.take(frame) for frame in frames_of(parsed)]
    return results[-1]


def test_the_feed_that_is_changed_below_is_read_without_loss() -> None:
    parsed = read(LIKE_A_REAL_ONE)

    assert parsed is not None
    assert parsed.skipped == {}
    assert {entry.uid for entry in parsed.entries} == {"one@acme.example", "day", "floating"}


@given(body=st.binary(max_size=2_000))
@QUICK
def test_any_bytes_are_a_problem_or_a_calendar(body: bytes) -> None:
    assert read(body) is None or body.upper().startswith((b"BEGIN:VCALENDAR", b"\xef\xbb\xbf"))


@given(body=st.binary(max_size=500))
@QUICK
def test_any_bytes_inside_a_calendar_are_read(body: bytes) -> None:
    parsed = read(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + body + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")

    assert parsed is not None
    assert_sound(parsed)


@given(data=st.data())
@QUICK
def test_a_feed_with_bytes_changed_is_read(data: st.DataObject) -> None:
    body = bytearray(LIKE_A_REAL_ONE)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    parsed = read(bytes(body))

    if parsed is not None:
        assert_sound(parsed)
        assert sent_over(parsed) == parsed


@given(data=st.data())
@QUICK
def test_a_feed_with_lines_moved_doubled_and_lost_is_read(data: st.DataObject) -> None:
    inner = data.draw(st.lists(st.sampled_from(LINES[1:-1]), max_size=80))
    parsed = read("\r\n".join((LINES[0], *inner, LINES[-1])).encode())

    assert parsed is not None
    assert_sound(parsed)


numbers = st.integers(-400, 400)


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=6).map(lambda found: ",".join(map(str, found)))


PARTS = {
    "FREQ": st.sampled_from(["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "NEVER", ""]),
    "INTERVAL": st.integers(-1, 10_000_000_000).map(str),
    "COUNT": st.integers(-1, 10_000_000_000).map(str),
    "UNTIL": st.sampled_from(["20261124", "20261124T000000Z", "20261124T000000", "99991231T235959Z", "soon"]),
    "BYDAY": some(st.sampled_from(["MO", "TU", "1WE", "-1FR", "SU", "53MO", "XX"])),
    "BYMONTH": some(st.integers(-1, 13)),
    "BYMONTHDAY": some(st.integers(-32, 32)),
    "BYYEARDAY": some(numbers),
    "BYWEEKNO": some(st.integers(-54, 54)),
    "BYHOUR": some(st.integers(-1, 24)),
    "BYMINUTE": some(st.integers(-1, 60)),
    "BYSECOND": some(st.integers(-1, 61)),
    "BYSETPOS": some(numbers),
    "WKST": st.sampled_from(["MO", "SU", "XX"]),
    "RSCALE": st.just("CHINESE"),
    "X-ODD": st.text(max_size=5),
}
RULES = st.fixed_dictionaries({"FREQ": PARTS["FREQ"]}, optional={k: v for k, v in PARTS.items() if k != "FREQ"}).map(
    lambda parts: ";".join(f"{name}={value}" for name, value in parts.items())
)
STARTS = st.one_of(
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001 - written as local times
    st.datetimes(datetime(2026, 8, 1), datetime(2027, 2, 1)),  # noqa: DTZ001 - written as local times
)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda found: f"PT{int(found.total_seconds())}S")


@given(
    rules=st.lists(RULES, min_size=1, max_size=2),
    start=STARTS,
    zone=st.sampled_from(["", ";TZID=Europe/Amsterdam", ";TZID=America/New_York", ";VALUE=DATE"]),
    length=LENGTHS,
    extra=st.lists(st.sampled_from(LINES), max_size=5),
)
@settings(QUICK, max_examples=100)
def test_any_rule_is_read_or_skipped_soon(
    rules: list[str], start: datetime, zone: str, length: str, extra: list[str]
) -> None:
    written = start.strftime("%Y%m%d" if "DATE" in zone else "%Y%m%dT%H%M%S")
    lines = [f"DTSTART{zone}:{written}", f"DURATION:{length}", *(f"RRULE:{rule}" for rule in rules), *extra]

    parsed = read(feed(event(*lines)), zone=NEW_YORK)

    assert parsed is not None
    assert_sound(parsed)
    assert len(parsed.entries) <= MAX_DATES * (1 + len(extra))


SENSIBLE_RULES = st.builds(
    "FREQ={};INTERVAL={}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.sampled_from(["", ";COUNT=1", ";COUNT=30", ";UNTIL=20261110", ";UNTIL=20261110T090000Z"]),
    st.sampled_from(["", ";BYDAY=MO,WE,FR", ";BYDAY=TU"]),
)
ZONES = st.sampled_from(["", ";TZID=Europe/Amsterdam", ";TZID=America/New_York", ";TZID=Customized Time Zone"])


@given(
    rule=st.one_of(st.none(), SENSIBLE_RULES),
    start=st.datetimes(datetime(2026, 7, 1), datetime(2027, 1, 31)),  # noqa: DTZ001 - written as local times
    zone=ZONES,
    minutes=st.integers(0, 5_000),
    moved=st.lists(st.tuples(st.integers(0, 20), st.integers(-60_000, 60_000)), max_size=3),
    split=st.integers(1, 149).map(lambda days: WINDOW.starts_at + timedelta(days=days)),
)
@settings(QUICK, max_examples=100)
def test_two_halves_of_a_window_hold_what_the_whole_window_holds(
    rule: str | None,
    start: datetime,
    zone: str,
    minutes: int,
    moved: list[tuple[int, int]],
    split: datetime,
) -> None:
    series = [f"DTSTART{zone}:{start:%Y%m%dT%H%M%S}", f"DURATION:PT{minutes}M", *([f"RRULE:{rule}"] if rule else [])]
    changes = [
        event(
            f"RECURRENCE-ID{zone}:{start + timedelta(days=day):%Y%m%dT%H%M%S}",
            f"DTSTART{zone}:{start + timedelta(days=day, minutes=by):%Y%m%dT%H%M%S}",
            "DURATION:PT1H",
        )
        for day, by in moved
    ]
    zones = AMSTERDAM_AS_OUTLOOK_WRITES_IT.format(name="Customized Time Zone")
    body = feed(zones, event(*series), *changes)

    whole = parse(body, zone=AMSTERDAM, window=WINDOW)
    before = parse(body, zone=AMSTERDAM, window=SyncWindow(starts_at=WINDOW.starts_at, ends_at=split))
    after = parse(body, zone=AMSTERDAM, window=SyncWindow(starts_at=split, ends_at=WINDOW.ends_at))

    assert_sound(whole)
    assert whole.skipped == {}
    assert set(before.entries) | set(after.entries) == set(whole.entries)
