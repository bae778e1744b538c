"""What has happened with one client: meetings, and what was decided about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.client import Client
from domain.decision import Decision, DecisionState, HandoffTerms
from domain.timeline import EffectRecord, TimelineEntry
from messages import blocks
from messages.blocks import Block
from messages.decision_lines import mail_line, what
from messages.drafting import readable_phone
from messages.escape import cut_mrkdwn, escape, one_line
from messages.i18n import N_, Translator
from messages.ids import Action, View, pack
from messages.labels import tier_label
from messages.meeting_view import NAME, mention, title
from messages.when import day, moment, zone_info

SHOWN_ENTRIES = 30
SHOWN_DECISIONS = 4
_ENTRY = 1500
_NOTES = 600

_ENDED: Mapping[DecisionState, str] = {
    DecisionState.SUPERSEDED: N_("{what} (replaced later)"),
    DecisionState.UNDONE: N_("{what} (undone)"),
    DecisionState.DECLINED: N_("{what} (the colleague declined)"),
}


def timeline_modal(
    t: Translator,
    client: Client,
    entries: Sequence[TimelineEntry],
    names: Mapping[str, str],
    zone: str,
    now: datetime,
) -> Block:
    """`names` by Slack user id; who is not in it is shown as Slack shows a member."""
    edit = blocks.button(t.text("Change"), action_id=Action.CLIENT_EDIT, value=pack(client.id))
    parts = [blocks.section(_about(t, client, zone, now), accessory=edit), blocks.divider()]
    if not entries:
        parts.append(blocks.section(t.text("No meetings with this client yet.")))
    parts += [blocks.section(_entry(t, entry, names, zone, now)) for entry in entries[:SHOWN_ENTRIES]]
    if len(entries) > SHOWN_ENTRIES:
        parts.append(blocks.context(t.text("Older meetings are not shown here.")))
    return blocks.modal(
        title=one_line(client.name, blocks.TITLE) or t.text("Client"),
        blocks=parts,
        callback_id=View.TIMELINE,
        close=t.text("Close"),
    )


def _about(t: Translator, client: Client, zone: str, now: datetime) -> str:
    today = now.astimezone(zone_info(zone)).date()
    lines = [t.mrkdwn("*{client}* · {tier}", client=one_line(client.name, NAME), tier=tier_label(t, client.tier))]
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


def _entry(t: Translator, entry: TimelineEntry, names: Mapping[str, str], zone: str, now: datetime) -> str:
    meeting = entry.meeting
    text = t.mrkdwn("*{moment}* · {title}", moment=moment(t, meeting.starts_at, zone, now), title=title(t, meeting))
    lines = [text]
    if meeting.cancelled:
        lines.append(t.text("Cancelled in the calendar"))
    for decision in entry.decisions[:SHOWN_DECISIONS]:
        lines += _decision(t, entry, decision, names, zone, now)
    return cut_mrkdwn("\n".join(lines), _ENTRY)


def _decision(
    t: Translator, entry: TimelineEntry, decision: Decision, names: Mapping[str, str], zone: str, now: datetime
) -> list[str]:
    delegate = names.get(decision.terms.delegate_id, "") if isinstance(decision.terms, HandoffTerms) else ""
    chosen = what(t, decision.terms, entry.meeting, zone, now, delegate)
    standing = decision.state is DecisionState.STANDING
    text = chosen if standing else t.text(_ENDED[decision.state], what=chosen)
    name = one_line(names.get(decision.made_by, ""), NAME)
    line = t.text(
        "{sign} {what} · {member}, {moment}",
        sign="✓" if standing else "–",
        what=escape(text),
        member=escape(name) if name else mention(decision.made_by),
        moment=escape(moment(t, decision.made_at, zone, now)),
    )
    return [line, *_mail(t, decision, entry.effects.get(decision.id, ()), delegate)]


def _mail(t: Translator, decision: Decision, effects: Sequence[EffectRecord], delegate: str) -> list[str]:
    """Only where it is known what became of it."""
    text = mail_line(t, decision, effects, delegate=delegate, sends_mail=True) if effects else ""
    return [escape(text)] if text else []
