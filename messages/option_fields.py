"""The fields that each option has of its own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from domain.brief import REQUIRED_SECTIONS, Section
from domain.decision import WhoRings, offered_lengths
from domain.words import Mode, Option, Reason
from messages import blocks
from messages.blocks import Block
from messages.brief_sections import LONGEST, for_a_view, form_label, section_hint
from messages.drafting import DECISIONS, POINT_LIST, PRE_READ, STATUS, readable_phone
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import BRIEF_SECTION_PREFIX, VALUE, Action, Field
from messages.meeting_view import NAME
from messages.option_page import OptionPage
from messages.when import clock

_EXCUSED = frozenset({Reason.ILLNESS, Reason.EMERGENCY})


def own_fields(t: Translator, page: OptionPage) -> Iterator[Block]:
    yield from _FIELDS[page.option](t, page)


def _shorter(t: Translator, page: OptionPage) -> Iterator[Block]:
    lengths = page.lengths or offered_lengths(page.meeting.minutes)
    if lengths:
        chosen = page.length if page.length in lengths else lengths[-1]
        choices = [blocks.option(_length(t, page, minutes), str(minutes)) for minutes in lengths]
        yield blocks.input_(
            t.text("New length"),
            blocks.select(action_id=Action.LENGTH, options=choices, initial=str(chosen)),
            block_id=Field.LENGTH,
            dispatch=True,
        )
    yield _points(t, t.text("These points stay"), page.stays, Field.STAYS)
    yield _points(t, t.text("These points are settled in writing"), page.to_writing, Field.TO_WRITING)
    yield _pre_read(t, page)
    if page.meeting.mode is Mode.CALL:
        return
    by_phone = blocks.option(t.text("Hold it as a phone call as well"), "yes")
    yield blocks.input_(
        t.text("By phone?"),
        blocks.checkboxes(action_id=Action.AS_CALL, options=[by_phone], ticked=["yes"] if page.as_call else []),
        block_id=Field.AS_CALL,
        optional=True,
        dispatch=True,
    )
    if page.as_call:
        yield from _who_rings(t, page)


def _length(t: Translator, page: OptionPage, minutes: int) -> str:
    begin = page.meeting.starts_at
    return t.text(
        "{minutes} minutes ({begin} to {end})",
        minutes=minutes,
        begin=clock(begin, page.zone),
        end=clock(begin + timedelta(minutes=minutes), page.zone),
    )


def _pre_read(t: Translator, page: OptionPage) -> Block:
    return _points(t, t.text("To look at beforehand"), page.pre_read, Field.PRE_READ, longest=PRE_READ)


def _points(t: Translator, label: str, points: tuple[str, ...], field: Field, *, longest: int = POINT_LIST) -> Block:
    return blocks.input_(
        label,
        blocks.text_input(action_id=VALUE, initial="\n".join(points), multiline=True, max_length=longest),
        block_id=field,
        hint=t.text("One point a line."),
        optional=True,
    )


def _call(t: Translator, page: OptionPage) -> Iterator[Block]:
    yield from _who_rings(t, page)
    yield _pre_read(t, page)


def _who_rings(t: Translator, page: OptionPage) -> Iterator[Block]:
    name = one_line(page.contact.name, NAME // 2) if page.contact else ""
    yield blocks.input_(
        t.text("Phone number of {name}", name=name) if name else t.text("Phone number of the client"),
        blocks.text_input(action_id=VALUE, initial=readable_phone(page.phone), max_length=40),
        block_id=Field.PHONE,
        hint=t.text("With the country code, such as +31 6 1234 5678. I keep it for the next time."),
    )
    someone = name or t.text("the client")
    choices = [
        blocks.option(t.text("I ring {name}", name=someone), WhoRings.OWNER.value),
        blocks.option(_first_capital(t.text("{name} rings me", name=someone)), WhoRings.CONTACT.value),
    ]
    yield blocks.input_(
        t.text("Who rings?"),
        blocks.radios(action_id=Action.WHO_RINGS, options=choices, initial=page.who_rings.value),
        block_id=Field.WHO_RINGS,
        dispatch=True,
    )


def _email(t: Translator, page: OptionPage) -> Iterator[Block]:
    yield blocks.input_(
        t.text("Where things stand"),
        blocks.text_input(action_id=VALUE, initial=page.status, multiline=True, max_length=STATUS),
        block_id=Field.STATUS,
    )
    yield blocks.input_(
        t.text("Decisions you need from the client"),
        blocks.text_input(action_id=VALUE, initial=page.decisions_needed, multiline=True, max_length=DECISIONS),
        block_id=Field.DECISIONS_NEEDED,
    )
    yield blocks.input_(
        t.text("Next contact on"),
        blocks.date_picker(action_id=VALUE, initial=page.next_contact.isoformat() if page.next_contact else ""),
        block_id=Field.NEXT_CONTACT,
    )
    serious = blocks.option(t.text("This matter is important or serious"), "yes")
    yield blocks.input_(
        t.text("Serious?"),
        blocks.checkboxes(action_id=VALUE, options=[serious], ticked=["yes"] if page.serious else []),
        block_id=Field.SERIOUS,
        hint=t.text("Then a date for a call is needed, and I remind you of it."),
        optional=True,
    )
    yield blocks.input_(
        t.text("Call on"),
        blocks.date_picker(action_id=VALUE, initial=page.call_on.isoformat() if page.call_on else ""),
        block_id=Field.CALL_ON,
        optional=True,
    )


def _handoff(t: Translator, page: OptionPage) -> Iterator[Block]:
    yield blocks.input_(
        t.text("Who takes it over?"),
        blocks.users_select(
            action_id=Action.DELEGATE, initial=page.delegate_id or None, placeholder=t.text("Choose a colleague")
        ),
        block_id=Field.DELEGATE,
        dispatch=True,
    )
    yield blocks.section(t.text("*The brief.* Your colleague gets all of this, and nothing of your reason."))
    excused = page.reason in _EXCUSED
    texts = for_a_view(page.sections)
    for section in Section:
        yield blocks.input_(
            form_label(t, section),
            blocks.text_input(action_id=VALUE, initial=texts.get(section, ""), multiline=True, max_length=LONGEST),
            block_id=f"{BRIEF_SECTION_PREFIX}{section.value}",
            hint=section_hint(t, section),
            optional=excused or section not in REQUIRED_SECTIONS,
        )


def _keep(t: Translator, page: OptionPage) -> Iterator[Block]:
    """Keeping a meeting asks for nothing."""
    del t, page
    yield from ()


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_FIELDS: Mapping[Option, Callable[[Translator, OptionPage], Iterator[Block]]] = {
    Option.SHORTER: _shorter,
    Option.CALL: _call,
    Option.EMAIL: _email,
    Option.HANDOFF: _handoff,
    Option.KEEP: _keep,
}
