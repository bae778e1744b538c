"""Connecting a calendar by its secret address, and what is said when it no longer answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from domain.errors import Invalid, InvalidCode
from domain.planned import Calendar, Proposal
from messages import blocks
from messages.blocks import Block, Message
from messages.client_proposals import proposal_blocks
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.ids import Action, Field, View, pack
from messages.problems import invalid

SHOWN_CALENDARS = 10
SHOWN_DOMAINS = 5
SHOWN_PROPOSALS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectCheck:
    """What was found at an address, while the modal is open. No titles: the modal may be seen by who looks on."""

    entries: int = 0
    client_meetings: int = 0
    """Coming ones with somebody of a client."""
    unknown_domains: tuple[str, ...] = ()
    """Outside domains that might be clients."""
    problem: Invalid | None = None
    is_slow: bool = False
    """Nothing is known yet: it is still being read."""


def connect_modal(
    t: Translator, form_id: str, calendars: Sequence[Calendar], checked: ConnectCheck | None = None, url: str = ""
) -> Block:
    """The address is checked by *Check* or the Enter key, and once more on submit."""
    parts = [block for number, item in enumerate(calendars[:SHOWN_CALENDARS], 1) for block in _known(t, number, item)]
    if parts:
        parts.append(blocks.divider())
    parts += [
        blocks.input_(
            t.text("Secret iCalendar address of your calendar"),
            blocks.url_input(action_id=Action.CONNECT_CHECK, initial=url[: blocks.INPUT_MAX], placeholder="https://"),
            block_id=Field.URL,
            hint=t.text("I only read it, and I show it to nobody."),
            dispatch=True,
        ),
        blocks.actions([blocks.button(t.text("Check the address"), action_id=Action.CONNECT_CHECK)]),
    ]
    if checked is not None:
        parts.append(blocks.section(_result(t, checked)))
    parts += [blocks.divider(), blocks.context(_where_to_find_it(t))]
    return blocks.modal(
        title=t.text("Connect a calendar"),
        blocks=parts,
        callback_id=View.CONNECT,
        submit=t.text("Connect"),
        close=t.text("Close") if calendars else t.text("Cancel"),
        private_metadata=form_id,
    )


def connected(t: Translator, client_meetings: int, proposals: Sequence[Proposal] = ()) -> Message:
    """After the first sync: how much was found, and the domains that might be clients."""
    lines = [t.text("✓ *Your calendar is connected.* I look at it every few minutes.")]
    if client_meetings:
        lines.append(
            t.count(
                "I found {n} coming client meeting: see `/meetdown`. I remind you in time.",
                "I found {n} coming client meetings: see `/meetdown`. I remind you in time.",
                client_meetings,
            )
        )
    elif proposals:
        lines.append(t.text("None of the people in it belong to a client yet. Are these clients?"))
    else:
        lines.append(t.text("There is no client meeting in it yet. Add your clients with `/meetdown clients`."))
    text = "\n".join(lines)
    parts = [blocks.section(text)]
    for proposed in proposals[:SHOWN_PROPOSALS]:
        parts += proposal_blocks(t, proposed)
    return blocks.message(text, parts)


def calendar_trouble(t: Translator, calendar: Calendar, problem: Invalid) -> Message:
    """For the owner, after the calendar failed several times in a row."""
    del calendar
    text = "\n".join(
        [
            t.text("! *I can no longer read your calendar*, so I may miss meetings that are new or moved."),
            escape(invalid(t, problem)),
            t.text("I keep trying. If you have a new address, connect it again."),
        ]
    )
    button = blocks.button(t.text("Look at the connection"), action_id=Action.CONNECT, style="primary")
    return blocks.message(text, [blocks.section(text), blocks.actions([button])])


def _known(t: Translator, number: int, calendar: Calendar) -> list[Block]:
    """A connected calendar by its number: its address is secret, and its name is not read."""
    state = t.count("{n} client meeting coming", "{n} client meetings coming", calendar.client_meetings)
    lines = [t.text("*Calendar {number}* · {state}", number=number, state=state)]
    if calendar.synced_at is not None:
        at = calendar.synced_at.astimezone(UTC)
        lines.append(
            t.text(
                "Last read: {moment}",
                moment=f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{at:%Y-%m-%d %H:%M} UTC>",
            )
        )
    if calendar.problem:
        lines.append(f"! {escape(_trouble(t, calendar.problem))}")
    ask = blocks.confirm(
        title=t.text("Disconnect this calendar?"),
        text=t.text("I forget its address and no longer remind you of the meetings in it. Past decisions stay."),
        yes=t.text("Disconnect"),
        no=t.text("Leave it"),
    )
    button = blocks.button(
        t.text("Disconnect"), action_id=Action.DISCONNECT, value=pack(calendar.id), style="danger", confirm=ask
    )
    return [blocks.section("\n".join(lines), accessory=button)]


def _trouble(t: Translator, code: str) -> str:
    try:
        return invalid(t, Invalid(InvalidCode(code)))
    except ValueError:
        return t.text("It could not be read the last time.")


def _result(t: Translator, checked: ConnectCheck) -> str:
    if checked.is_slow:
        return t.text(
            "This calendar takes longer than usual to answer. I am still reading it: what I find appears here, "
            "then press *Connect* again."
        )
    if checked.problem is not None:
        return t.mrkdwn("✕ {problem}", problem=invalid(t, checked.problem))
    entries = t.count("{n} entry", "{n} entries", checked.entries)
    meetings = t.count("{n} coming client meeting", "{n} coming client meetings", checked.client_meetings)
    lines = [t.text("✓ *That is a calendar:* {entries}, {meetings}.", entries=entries, meetings=meetings)]
    if checked.unknown_domains:
        domains = one_line(", ".join(checked.unknown_domains[:SHOWN_DOMAINS]), 300)
        lines.append(t.mrkdwn("Perhaps clients too: {domains}. I ask you about them afterwards.", domains=domains))
    return "\n".join(lines)


def _where_to_find_it(t: Translator) -> str:
    return "\n".join(
        [
            t.text("*Where to find it*"),
            t.text("*Google:* Settings › your calendar › Integrate calendar › Secret address in iCal format"),
            t.text("*Outlook:* Settings › Calendar › Shared calendars › Publish a calendar › ICS link"),
            t.text("*Fastmail:* Settings › Calendars › Share › Secret link (ICS)"),
            t.text("*Nextcloud:* Calendar › Edit and share › Share link › Copy subscription link"),
        ]
    )
