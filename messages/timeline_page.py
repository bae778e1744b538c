"""What has happened with one client: meetings, what was decided about them, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.client import Client
from domain.timeline import Standing, TimelineEntry, TimelineFilter
from messages import blocks
from messages.aftermath_labels import ANSWERS
from messages.blocks import Block, Element
from messages.drafting import readable_phone
from messages.escape import escape, one_line
from messages.i18n import N_, Translator
from messages.ids import Action, View, pack, unpack
from messages.labels import KINDS, tier_label
from messages.meeting_view import NAME, mention, title
from messages.report_page import hours
from messages.timeline_entry import answerable, entry_text
from messages.when import day, moment, zone_info

NOTE = "note"
"""Second part of a menu's value, beside the answers of a client."""
_NOTES = 600

FILTERS: Mapping[TimelineFilter, str] = {
    TimelineFilter.ALL: N_("Everything"),
    TimelineFilter.STEP_DOWNS: N_("Only what was stepped down"),
    TimelineFilter.HAND_OVERS: N_("Only hand-overs"),
    TimelineFilter.TROUBLE: N_("Only where they minded"),
    TimelineFilter.NOTES: N_("Only notes and debriefs"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelinePage:
    """One page of a client's timeline, for one member. `names` by Slack user id; who is not in it is mentioned."""

    client: Client
    standing: Standing
    entries: Sequence[TimelineEntry]
    names: Mapping[str, str]
    viewer_id: str
    only: TimelineFilter = TimelineFilter.ALL
    page: int = 0
    has_older: bool = False
    zone: str
    now: datetime


def timeline_modal(t: Translator, page: TimelinePage) -> Block:
    client = page.client
    edit = blocks.button(t.text("Change"), action_id=Action.CLIENT_EDIT, value=pack(client.id))
    parts = [
        blocks.section(_about(t, client, page.zone, page.now), accessory=edit),
        blocks.context(_standing(t, page)),
        blocks.actions([_filter(t, page), *_pages(t, page)]),
        blocks.divider(),
    ]
    if not page.entries:
        nothing = t.text("No meetings with this client yet.")
        parts.append(blocks.section(nothing if page.only is TimelineFilter.ALL else t.text("There is nothing here.")))
    parts += [
        blocks.section(entry_text(t, entry, page.names, page.zone, page.now), accessory=_menu(t, entry, page.viewer_id))
        for entry in page.entries
    ]
    return blocks.modal(
        title=one_line(client.name, blocks.TITLE) or t.text("Client"),
        blocks=parts,
        callback_id=View.TIMELINE,
        close=t.text("Close"),
        private_metadata=where_it_stands(page),
    )


def where_it_stands(page: TimelinePage) -> str:
    """For the way back: the client, the filter and the page. It comes back untrusted."""
    return pack(page.client.id, page.only.value, str(page.page))


def place_of(value: str) -> tuple[str, TimelineFilter, int] | None:
    """What `where_it_stands` said; None where it is not of that form."""
    parts = unpack(value, 3)
    if parts is None or parts[1] not in set(TimelineFilter) or not (parts[2].isdecimal() and len(parts[2]) < 5):
        return None
    return parts[0], TimelineFilter(parts[1]), int(parts[2])


def note_modal(t: Translator, form_id: str) -> Block:
    return blocks.modal(
        title=t.text("A note"),
        blocks=[
            blocks.input_(
                t.text("What is worth remembering of this meeting?"),
                blocks.text_input(action_id="value", multiline=True, max_length=1000),
                block_id="note",
                hint=t.text("Everybody in your workspace who looks at the client can read it."),
            )
        ],
        callback_id=View.NOTE,
        submit=t.text("Save"),
        close=t.text("Cancel"),
        private_metadata=form_id,
    )


def _about(t: Translator, client: Client, zone: str, now: datetime) -> str:
    today = now.astimezone(zone_info(zone)).date()
    lines = [t.mrkdwn("*{client}* · {tier}", client=one_line(client.name, NAME), tier=tier_label(t, client.tier))]
    if client.archived_at is not None:
        lines.append(t.text("Archived: no reminders, and no client meetings any more."))
    if client.lead_id:
        lines.append(t.text("Led by {member}", member=mention(client.lead_id)))
    if client.domains:
        lines.append(escape(one_line(", ".join(client.domains), 200)))
    for contact in client.contacts[:3]:
        ways = (contact.name, contact.email, readable_phone(contact.phone))
        reach = [one_line(text, NAME) for text in ways if text]
        lines.append(escape(" · ".join(reach)))
    if client.renewal_on is not None:
        lines.append(t.mrkdwn("Renewal: {day}", day=day(t, client.renewal_on, today)))
    if client.open_complaint:
        lines.append(t.text("! They have an open complaint."))
    if client.notes:
        lines.append(escape(one_line(client.notes, _NOTES)))
    return "\n".join(lines)


def _standing(t: Translator, page: TimelinePage) -> str:
    """What is left before another step-down needs a second thought, and what is coming that must not be one."""
    standing = page.standing
    if standing.left:
        budget = t.text(
            "Budget: {left} of {budget} step-downs left in {days} days",
            left=standing.left,
            budget=standing.budget,
            days=standing.window_days,
        )
    else:
        budget = t.text(
            "! Budget: {used} step-downs in {days} days, {budget} are fine",
            used=len(standing.used),
            days=standing.window_days,
            budget=standing.budget,
        )
    lines = [budget]
    if standing.won.times:
        won = hours(t, standing.won)
        lines.append(
            t.count(
                "Won in a year: {hours}, with {n} step-down",
                "Won in a year: {hours}, with {n} step-downs",
                standing.won.times,
                hours=won,
            )
        )
    protected = standing.next_protected
    if protected is None:
        return "\n".join([*lines, t.text("No protected meeting is coming.")])
    coming = t.mrkdwn(
        "Next protected meeting: {title}, {moment} ({kind})",
        title=title(t, protected),
        moment=moment(t, protected.starts_at, page.zone, page.now),
        kind=t.text(KINDS[protected.kind]),
    )
    return "\n".join([*lines, coming])


def _filter(t: Translator, page: TimelinePage) -> Element:
    options = [blocks.option(t.text(label), pack(page.client.id, only.value)) for only, label in FILTERS.items()]
    return blocks.select(action_id=Action.TIMELINE_ONLY, options=options, initial=pack(page.client.id, page.only.value))


def _pages(t: Translator, page: TimelinePage) -> list[Element]:
    """One action each: two elements of a block must not share an `action_id`."""
    turned = []
    if page.page:
        value = pack(page.client.id, page.only.value, str(page.page - 1))
        turned.append(blocks.button(t.text("Newer"), action_id=Action.TIMELINE_NEWER, value=value))
    if page.has_older:
        value = pack(page.client.id, page.only.value, str(page.page + 1))
        turned.append(blocks.button(t.text("Older"), action_id=Action.TIMELINE_OLDER, value=value))
    return turned


def _menu(t: Translator, entry: TimelineEntry, viewer_id: str) -> Element:
    """A note on every meeting; what the client answered where it was the viewer's own to hear."""
    options = [blocks.option(t.text("Add a note"), pack(entry.meeting.id, NOTE))]
    decision = answerable(entry, viewer_id)
    if decision is not None:
        options += [blocks.option(t.text(label), pack(decision.id, answer.value)) for answer, label in ANSWERS.items()]
    return blocks.overflow(action_id=Action.TIMELINE_ENTRY, options=options)
