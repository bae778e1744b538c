"""From the bytes of a feed to the entries inside a window.

This is work for a processor (about a third of a millisecond for each event inside the window) on hostile input: it
belongs into the worker process, never on the event loop.
"""

import warnings
from collections import Counter
from datetime import UTC, date, datetime

from bot.calendars.blocks import Block, cut
from bot.calendars.limits import OutOfTime, cpu_limit
from bot.calendars.protocol import FeedProblem, Parsed, SkipReason
from bot.calendars.series import MAX_RULES, Occurrence, TooManyDatesError, occurrences
from bot.calendars.versions import BrokenError, Version, understand
from bot.calendars.zones import Zones
from domain.errors import InvalidCode
from domain.meeting import CalendarEntry, SyncWindow

SERIES_SECONDS = 0.5
"""Of processor time for the dates of one UID; a weekly meeting since 1970 takes 0.02."""
VERSION_SECONDS = 0.005
"""Of processor time more for each of its versions, which take less than 0.001 to read."""
MAX_ENTRIES = 100_000
"""Of one feed inside the window."""
MAX_COSTLY = 5
"""So many events that take too long make the whole feed one that does."""


def parse(body: bytes, *, zone: str, window: SyncWindow) -> Parsed:
    """Every entry that overlaps `window`, by start; floating times and unknown zones are read in `zone`.

    Raises FeedProblem and nothing else. One event that cannot be read is counted and leaves the others alone.
    """
    with warnings.catch_warnings():
        # The libraries warn about sloppy feeds, which is their normal state.
        warnings.simplefilter("ignore")
        feed = cut(body, window)
        zones = Zones(feed.zones, owner=zone)
        entries: dict[tuple[str, str], CalendarEntry] = {}
        skipped: Counter[SkipReason] = Counter()
        for blocks in feed.series.values():
            for entry in _entries(blocks, zones, window, skipped):
                name = (entry.uid, entry.occurrence)
                if name not in entries or entry.sequence > entries[name].sequence:
                    entries[name] = entry
            if len(entries) > MAX_ENTRIES:
                raise FeedProblem(InvalidCode.FEED_TOO_LARGE)
            if skipped[SkipReason.TOO_COSTLY] > MAX_COSTLY:
                raise FeedProblem(InvalidCode.FEED_TOO_SLOW)
    in_order = sorted(entries.values(), key=lambda entry: (entry.starts_at, entry.uid, entry.occurrence))
    return Parsed(entries=tuple(in_order), skipped=dict(skipped))


def _entries(
    blocks: list[Block], zones: Zones, window: SyncWindow, skipped: Counter[SkipReason]
) -> list[CalendarEntry]:
    """The entries of one UID; whatever goes wrong is counted."""
    try:
        with cpu_limit(SERIES_SECONDS + VERSION_SECONDS * len(blocks)):
            versions = _versions(blocks, zones, skipped)
            if not versions:
                return []
            entries = [_entry(each, zones) for each in occurrences(versions, window)]
            return [entry for entry in entries if _inside(entry, window)]
    except OutOfTime:
        skipped[SkipReason.TOO_COSTLY] += 1
    except TooManyDatesError:
        skipped[SkipReason.TOO_MANY_DATES] += 1
    except Exception:
        # Hostile input meets two libraries: there is no list of what they can raise on it.
        skipped[SkipReason.BROKEN] += 1
    return []


def _versions(blocks: list[Block], zones: Zones, skipped: Counter[SkipReason]) -> list[Version]:
    versions = []
    for block in blocks:
        try:
            version = understand(block, zones)
            if len(version.rules) > MAX_RULES:
                raise BrokenError("too many rules")
            versions.append(version)
        except Exception:
            skipped[SkipReason.BROKEN] += 1
    return versions


def _entry(occurrence: Occurrence, zones: Zones) -> CalendarEntry:
    details = occurrence.version.details
    return CalendarEntry(
        uid=details.uid,
        occurrence=occurrence.name,
        sequence=details.sequence,
        title=details.title,
        description=details.description,
        location=details.location,
        online_url=details.online_url,
        starts_at=_in_utc(occurrence.start, zones),
        ends_at=_in_utc(occurrence.end, zones),
        time_zone=details.time_zone,
        all_day=occurrence.version.all_day,
        cancelled=details.cancelled,
        free=details.free,
        private=details.private,
        organiser=details.organiser,
        attendees=details.attendees,
    )


def _in_utc(moment: date | datetime, zones: Zones) -> datetime:
    aware = moment if isinstance(moment, datetime) else zones.midnight(moment)
    return aware.astimezone(UTC)


def _inside(entry: CalendarEntry, window: SyncWindow) -> bool:
    if entry.starts_at == entry.ends_at:
        return window.starts_at <= entry.starts_at < window.ends_at
    return entry.starts_at < window.ends_at and entry.ends_at > window.starts_at
