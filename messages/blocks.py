"""Block Kit as plain dicts, cut to the limits of Slack (16 blocks cost 14 µs this way; see docs/benchmarks.md)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from messages.escape import cut, cut_mrkdwn

Block = dict[str, Any]
Element = dict[str, Any]

TEXT, HEADER, FIELD, BUTTON, OPTION, TITLE = 3000, 150, 2000, 75, 75, 24
INPUT_MAX, PLACEHOLDER, LABEL = 3000, 150, 2000
EMAIL = 254
"""Characters of an address (RFC 5321)."""
MESSAGE_BLOCKS, MESSAGE_TEXT_TOTAL, FALLBACK = 50, 10_000, 4_000
_PARAGRAPHS = frozenset({"section", "context"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What `chat.postMessage` and `chat.update` take: `text` is the fallback, escaped like mrkdwn."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def plain(text: str, limit: int = TEXT) -> Element:
    return {"type": "plain_text", "text": cut(text, limit) or " ", "emoji": False}


def mrkdwn(text: str, limit: int = TEXT) -> Element:
    """`text` is escaped already; `verbatim` keeps Slack from making links and mentions of it."""
    return {"type": "mrkdwn", "text": cut_mrkdwn(text, limit) or " ", "verbatim": True}


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message of at most 50 blocks and 10,000 characters: the blocks that no longer fit are cut at the end."""
    kept = list(blocks[:MESSAGE_BLOCKS])
    lengths = [_text_length(block) for block in kept]
    if sum(lengths) > MESSAGE_TEXT_TOTAL:
        kept = _that_fit(kept, lengths)
    return Message(text=cut_mrkdwn(text, FALLBACK), blocks=kept)


def _that_fit(blocks: Sequence[Block], lengths: Sequence[int]) -> list[Block]:
    """Buttons and the like stay; paragraphs go from the first one on that finds no room."""
    room = MESSAGE_TEXT_TOTAL - sum(
        length for block, length in zip(blocks, lengths, strict=True) if block["type"] not in _PARAGRAPHS
    )
    kept = []
    for block, length in zip(blocks, lengths, strict=True):
        if block["type"] in _PARAGRAPHS:
            room = room - length if length <= room else -1
            if room < 0:
                continue
        kept.append(block)
    return kept


def _text_length(value: Any) -> int:
    """Characters of all texts anywhere inside. On the way of every message: exact types are the quick way to ask."""
    if type(value) is list:
        return sum([_text_length(item) for item in value if type(item) is dict or type(item) is list])
    length = 0
    for name, item in value.items():
        if type(item) is dict or type(item) is list:
            length += _text_length(item)
        elif name == "text" and type(item) is str:
            length += len(item)
    return length


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, *, accessory: Element | None = None, block_id: str | None = None) -> Block:
    """A paragraph of escaped mrkdwn."""
    return _with_id(
        {"type": "section", "text": mrkdwn(text)} | ({"accessory": accessory} if accessory else {}), block_id
    )


def fields(texts: Sequence[str], *, block_id: str | None = None) -> Block:
    """Up to ten short mrkdwn texts in two columns."""
    return _with_id({"type": "section", "fields": [mrkdwn(text, FIELD) for text in texts[:10]]}, block_id)


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(elements: Sequence[Element], *, block_id: str | None = None) -> Block:
    return _with_id({"type": "actions", "elements": list(elements[:25])}, block_id)


def button(
    label: str,
    *,
    action_id: str,
    value: str = "",
    style: str | None = None,
    url: str | None = None,
    confirm: Element | None = None,
) -> Element:
    extra: Element = {"value": value} if value else {}
    extra |= {"style": style} if style else {}
    extra |= {"url": url} if url else {}
    extra |= {"confirm": confirm} if confirm else {}
    return {"type": "button", "text": plain(label, BUTTON), "action_id": action_id} | extra


def confirm(*, title: str, text: str, yes: str, no: str) -> Element:
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(label: str, value: str, *, description: str = "") -> Element:
    extra = {"description": plain(description, OPTION)} if description else {}
    return {"text": plain(label, OPTION), "value": value} | extra


def select(*, action_id: str, options: Sequence[Element], initial: str | None = None, placeholder: str = "") -> Element:
    return _chooser("static_select", action_id, options[:100], initial) | _placeholder(placeholder)


def overflow(*, action_id: str, options: Sequence[Element]) -> Element:
    """A menu behind three dots; at most five options."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)[:5]}


def radios(*, action_id: str, options: Sequence[Element], initial: str | None = None) -> Element:
    return _chooser("radio_buttons", action_id, options[:10], initial)


def checkboxes(*, action_id: str, options: Sequence[Element], ticked: Sequence[str] = ()) -> Element:
    chosen = [item for item in options[:10] if item["value"] in ticked]
    return {"type": "checkboxes", "action_id": action_id, "options": list(options[:10])} | (
        {"initial_options": chosen} if chosen else {}
    )


def users_select(*, action_id: str, initial: str | None = None, placeholder: str = "") -> Element:
    extra = {"initial_user": initial} if initial else {}
    return {"type": "users_select", "action_id": action_id} | extra | _placeholder(placeholder)


def text_input(
    *,
    action_id: str,
    initial: str = "",
    multiline: bool = False,
    max_length: int = INPUT_MAX,
    placeholder: str = "",
) -> Element:
    limit = min(max_length, INPUT_MAX)
    extra: Element = {"initial_value": cut(initial, limit)} if initial else {}
    return (
        {"type": "plain_text_input", "action_id": action_id, "multiline": multiline, "max_length": limit}
        | extra
        | _placeholder(placeholder)
    )


def url_input(*, action_id: str, initial: str = "", placeholder: str = "") -> Element:
    """An `initial` that is no web address is left out: Slack would refuse the whole view because of it."""
    usable = initial.startswith(("https://", "http://")) and initial.isprintable() and len(initial) <= INPUT_MAX
    return _typed_input("url_text_input", action_id, initial if usable else "", placeholder)


def email_input(*, action_id: str, initial: str = "", placeholder: str = "") -> Element:
    """An `initial` that is no address is left out, as in `url_input`."""
    usable = "@" in initial.strip("@") and initial.isprintable() and " " not in initial and len(initial) <= EMAIL
    return _typed_input("email_text_input", action_id, initial if usable else "", placeholder)


def number_input(
    *, action_id: str, initial: str = "", minimum: int | None = None, maximum: int | None = None
) -> Element:
    bounds = {"min_value": str(minimum)} if minimum is not None else {}
    bounds |= {"max_value": str(maximum)} if maximum is not None else {}
    return _typed_input("number_input", action_id, initial, "") | {"is_decimal_allowed": False} | bounds


def date_picker(*, action_id: str, initial: str = "") -> Element:
    """`initial` is YYYY-MM-DD."""
    return {"type": "datepicker", "action_id": action_id} | ({"initial_date": initial} if initial else {})


def time_picker(*, action_id: str, initial: str = "") -> Element:
    """`initial` is HH:MM."""
    return {"type": "timepicker", "action_id": action_id} | ({"initial_time": initial} if initial else {})


def input_(
    label: str, element: Element, *, block_id: str, hint: str = "", optional: bool = False, dispatch: bool = False
) -> Block:
    """A labelled field of a modal; with `dispatch` a change is sent to the bot at once."""
    extra = {"hint": plain(hint, LABEL)} if hint else {}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL),
        "element": element,
        "optional": optional,
        "dispatch_action": dispatch,
    } | extra


def modal(
    *,
    title: str,
    blocks: Sequence[Block],
    callback_id: str,
    close: str,
    submit: str | None = None,
    private_metadata: str = "",
    notify_on_close: bool = False,
) -> Block:
    """A view for `views.open`. `private_metadata` holds an opaque form id only: it comes back untrusted."""
    return {
        "type": "modal",
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "callback_id": callback_id,
        "private_metadata": private_metadata,
        "notify_on_close": notify_on_close,
        "blocks": list(blocks[:100]),
    } | ({"submit": plain(submit, TITLE)} if submit else {})


def _chooser(kind: str, action_id: str, options: Sequence[Element], initial: str | None) -> Element:
    chosen = next((item for item in options if item["value"] == initial), None)
    return {"type": kind, "action_id": action_id, "options": list(options)} | (
        {"initial_option": chosen} if chosen else {}
    )


def _typed_input(kind: str, action_id: str, initial: str, placeholder: str) -> Element:
    extra = {"initial_value": initial} if initial else {}
    return {"type": kind, "action_id": action_id} | extra | _placeholder(placeholder)


def _placeholder(text: str) -> Element:
    return {"placeholder": plain(text, PLACEHOLDER)} if text else {}


def _with_id(block: Block, block_id: str | None) -> Block:
    return block | ({"block_id": block_id} if block_id else {})
