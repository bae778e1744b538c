"""What comes back from Slack, as plain values. All of it is untrusted: ids are looked up, never believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.brief import Section
from domain.errors import FieldErrors
from messages.i18n import Translator
from messages.ids import BRIEF_SECTION_PREFIX, unnumbered, unpack
from messages.problems import invalid

Body = Mapping[str, Any]
Values = dict[str, str | list[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Modal:
    """An open modal: the form's id, what its fields hold by name, and the names that its blocks have."""

    view_id: str
    hash: str
    form_id: str
    values: Values
    block_ids: Mapping[str, str]
    """Field → `block_id`, which may carry the number of an edition."""

    @property
    def sections(self) -> dict[Section, str]:
        """The sections of a brief among the fields."""
        texts = {section: self.values.get(f"{BRIEF_SECTION_PREFIX}{section.value}") for section in Section}
        return {section: text for section, text in texts.items() if isinstance(text, str)}

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def chosen(self, name: str) -> list[str]:
        value = self.values.get(name, [])
        return value if isinstance(value, list) else []

    def errors(self, t: Translator, found: FieldErrors) -> dict[str, str]:
        """By `block_id`, as a `response_action` wants them. What has no field here goes to the first one."""
        somewhere = next(iter(self.block_ids.values()), "")
        texts: dict[str, str] = {}
        for name, answer in found.errors.items():
            block_id = self.block_ids.get(name, somewhere)
            texts[block_id] = " ".join(filter(None, [texts.get(block_id, ""), invalid(t, answer)]))
        return texts


def modal_of(body: Body) -> Modal:
    view = body.get("view") or {}
    state = (view.get("state") or {}).get("values") or {}
    inputs = [block.get("block_id", "") for block in view.get("blocks") or [] if block.get("type") == "input"]
    return Modal(
        view_id=str(view.get("id", "")),
        hash=str(view.get("hash", "")),
        form_id=str(view.get("private_metadata", ""))[:255],
        values={unnumbered(block_id): _value(elements) for block_id, elements in state.items()},
        block_ids={unnumbered(block_id): block_id for block_id in inputs},
    )


def action_of(body: Body) -> Mapping[str, Any]:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, Sequence) and actions else {}
    return first if isinstance(first, Mapping) else {}


def id_of(body: Body) -> str:
    """The one id in the value of the button that was pressed; empty where there is none."""
    parts = unpack(str(action_of(body).get("value", "")), 1)
    return parts[0] if parts else ""


def is_ephemeral(body: Body) -> bool:
    return bool((body.get("container") or {}).get("is_ephemeral"))


def response_url_of(body: Body) -> str:
    return str(body.get("response_url") or "")


def trigger_of(body: Body) -> str:
    return str(body.get("trigger_id") or "")


def _value(elements: object) -> str | list[str]:
    """What one field holds: its text, its choice, or the list of its ticks."""
    element: object = next(iter(elements.values()), None) if isinstance(elements, Mapping) else None
    if not isinstance(element, Mapping):
        return ""
    if isinstance(element.get("selected_options"), list):
        return [str(option.get("value", "")) for option in element["selected_options"]]
    option = element.get("selected_option")
    if isinstance(option, Mapping):
        return str(option.get("value", ""))
    names = ("value", "selected_user", "selected_date", "selected_time")
    return next((str(element[name]) for name in names if element.get(name)), "")
