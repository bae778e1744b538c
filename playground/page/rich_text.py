"""Rich text blocks as HTML, and typed text as the rich text that Slack's editor would send."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from playground.page.emoji import with_emoji
from playground.page.mrkdwn import Names, safe_link
from playground.records import Json

_STYLE_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}


def rich_text(block: Mapping[str, Any], names: Names) -> Markup:
    return Markup("").join(_part(part, names) for part in _objects(block.get("elements")))


def typed_rich_text(text: str) -> Json:
    """One section; what the editor sends for text without any styling."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def words_of(value: Any) -> str:
    """The bare text of a rich text value."""
    if not isinstance(value, Mapping):
        return ""
    own = value.get("text")
    inside = "".join(words_of(one) for one in _objects(value.get("elements")))
    return f"{own if isinstance(own, str) else ''}{inside}"


def _part(part: Mapping[str, Any], names: Names) -> Markup:
    kind = part.get("type")
    if kind == "rich_text_list":
        tag = "ol" if part.get("style") == "ordered" else "ul"
        items = Markup("").join(
            Markup("<li>{}</li>").format(_inline(item, names)) for item in _objects(part.get("elements"))
        )
        return Markup(f"<{tag}>{{}}</{tag}>").format(items)
    tags = {"rich_text_preformatted": "pre", "rich_text_quote": "blockquote", "rich_text_section": "div"}
    if kind not in tags:
        return Markup('<p class="unsupported">{} is not shown here</p>').format(kind)
    return Markup(f"<{tags[kind]}>{{}}</{tags[kind]}>").format(_inline(part, names))


def _inline(part: Mapping[str, Any], names: Names) -> Markup:
    return Markup("").join(_leaf(leaf, names) for leaf in _objects(part.get("elements")))


def _leaf(leaf: Mapping[str, Any], names: Names) -> Markup:
    kind = leaf.get("type")
    if kind == "text":
        shown = Markup("<br>").join(escape(line) for line in str(leaf.get("text", "")).split("\n"))
    elif kind == "link":
        url = str(leaf.get("url", ""))
        label = leaf.get("text") or url
        link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        shown = link.format(url, label) if safe_link(url) else escape(label)
    elif kind == "user":
        known = names.people.get(str(leaf.get("user_id")), leaf.get("user_id"))
        shown = Markup('<span class="mention">@{}</span>').format(known)
    elif kind == "channel":
        known = names.channels.get(str(leaf.get("channel_id")), leaf.get("channel_id"))
        shown = Markup('<span class="mention">#{}</span>').format(known)
    elif kind == "emoji":
        shown = escape(with_emoji(f":{leaf.get('name')}:"))
    elif kind == "date":
        shown = escape(leaf.get("fallback", ""))
    else:
        shown = Markup('<span class="unsupported">[{}]</span>').format(kind)
    style = leaf.get("style")
    for name, tag in _STYLE_TAGS.items():
        if isinstance(style, Mapping) and style.get(name):
            shown = Markup(f"<{tag}>{{}}</{tag}>").format(shown)
    return shown


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
