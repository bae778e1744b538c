"""Slack's mrkdwn as HTML. Whatever is not markup stays text: the result never holds a tag that was typed.

Source: docs.slack.dev/messaging/formatting-message-text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from playground.page.emoji import with_emoji

_PRE = re.compile(r"```(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_ANGLES = re.compile(r"<([^<>\n]+)>")
_STYLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]*?\S){mark}(?![\w{mark}])"), tag)
    for mark, tag in ((r"\*", "strong"), ("_", "em"), ("~", "s"))
)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_KEPT = re.compile("\ue000(\\d+)\ue001")
_DATES: Mapping[str, Callable[[datetime], str]] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date_short_pretty": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_long_pretty": lambda at: f"{at:%A}, {at:%B} {at.day}, {at.year}",
    "date_pretty": lambda at: f"{at:%B} {at.day}, {at.year}",
    "date_short": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_long": lambda at: f"{at:%A}, {at:%B} {at.day}, {at.year}",
    "date": lambda at: f"{at:%B} {at.day}, {at.year}",
    "time_secs": lambda at: f"{at:%H:%M:%S}",
    "time": lambda at: f"{at:%H:%M}",
}
_DATE_TOKEN = re.compile(r"\{(" + "|".join(_DATES) + r")\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Who and what ids stand for, and in which zone dates are shown."""

    people: Mapping[str, str]
    channels: Mapping[str, str]
    zone: str


def mrkdwn(text: str, names: Names) -> Markup:
    """A text in which `&`, `<` and `>` are escaped already, as Slack's API wants it."""
    return _Writer(names).all_of(text)


def plain(text: str, *, emoji: bool = True) -> Markup:
    """Plain text: only line breaks and, unless told otherwise, `:emoji:` mean something."""
    shown = with_emoji(text) if emoji else text
    return Markup("<br>").join(escape(line) for line in shown.split("\n"))


def safe_link(url: str) -> str:
    """The address where it leads to the web, to a mail program or to a phone; else nothing."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return ""
    return url if scheme in {"http", "https", "mailto", "tel"} else ""


class _Writer:
    """Takes out code and links first, so that no style reaches into them, and puts them back at the end."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._kept: list[Markup] = []

    def all_of(self, text: str) -> Markup:
        text = text.replace("\ue000", "").replace("\ue001", "")
        text = _PRE.sub(lambda found: self._keep(Markup("<pre>{}</pre>").format(_raw(found[1].strip("\n")))), text)
        text = _CODE.sub(lambda found: self._keep(Markup("<code>{}</code>").format(_raw(found[1]))), text)
        text = _ANGLES.sub(lambda found: self._keep(self._angle(found[1])), text)
        return self._put_back(_paragraphs(str(escape(_raw(with_emoji(text))))))

    def _keep(self, html: Markup) -> str:
        self._kept.append(html)
        return f"\ue000{len(self._kept) - 1}\ue001"

    def _put_back(self, html: str) -> Markup:
        while _KEPT.search(html):
            html = _KEPT.sub(lambda found: str(self._kept[int(found[1])]), html)
        return Markup(html)

    def _angle(self, inside: str) -> Markup:
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return _mention("@" + (self._names.people.get(target[1:]) or label or target[1:]))
        if target.startswith("#"):
            return _mention("#" + (self._names.channels.get(target[1:]) or label or target[1:]))
        if target.startswith("!date^"):
            return self._date(target, label)
        if target.startswith("!"):
            return _mention("@" + (label.lstrip("@") or target[1:].partition("^")[0]))
        url = safe_link(_raw(target))
        if not url:
            return escape(_raw(f"<{inside}>"))
        link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        return link.format(url, _raw(label) or _raw(target))

    def _date(self, target: str, fallback: str) -> Markup:
        parts = target.split("^")
        try:
            at = datetime.fromtimestamp(int(parts[1]), UTC).astimezone(ZoneInfo(self._names.zone))
            shown = _DATE_TOKEN.sub(lambda found: _DATES[found[1]](at), parts[2])
        except (IndexError, ValueError, OverflowError, OSError, KeyError):
            return escape(_raw(fallback))
        return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), _raw(fallback), _raw(shown))


def _mention(text: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(_raw(text))


def _raw(text: str) -> str:
    """Slack's three entities as the characters they stand for; to be escaped again for HTML."""
    return re.sub("&lt;|&gt;|&amp;", lambda found: _ENTITIES[found[0]], text)


def _paragraphs(html: str) -> str:
    """Styles, quotes and line breaks of a text that is escaped."""
    for pattern, tag in _STYLES:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    pieces: list[str] = []
    quote: list[str] = []
    for line in html.split("\n"):
        if line.startswith("&gt;"):
            quote.append(line.removeprefix("&gt;").strip())
            continue
        if quote:
            pieces.append(f"<blockquote>{'<br>'.join(quote)}</blockquote>")
            quote = []
        pieces.append(line)
    if quote:
        pieces.append(f"<blockquote>{'<br>'.join(quote)}</blockquote>")
    return "<br>".join(pieces).replace("</blockquote><br>", "</blockquote>").replace("<br><blockquote>", "<blockquote>")
