"""Text and links of a feed, made safe to store: no control characters, no overlong text, no tags."""

import html
import re
from collections.abc import Iterable

MAX_TITLE = 255
MAX_LOCATION = 500
MAX_DESCRIPTION = 4_000
MAX_NAME = 120
MAX_EMAIL = 254
MAX_URL = 1_000

_TAG = re.compile(r"</?(?:a|b|br|div|em|h[1-6]|html-blob|i|li|ol|p|span|strong|u|ul)\b[^<>]{0,2000}>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/ul|/ol|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
_MANY_BREAKS = re.compile(r"\n{3,}")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of characters, and marks that turn the reading direction of what follows them."""
_LINK = re.compile(r"https://[^\s<>\"'\\|]{4,1000}", re.IGNORECASE)
_MEETING_HOSTS = (
    re.compile(r"https://(?:[\w-]+\.)*zoom\.us/(?:j|my|w|s)/", re.IGNORECASE),
    re.compile(r"https://(?:[\w-]+\.)*zoomgov\.com/j/", re.IGNORECASE),
    re.compile(r"https://teams\.microsoft\.(?:com|us)/(?:l/meetup-join|meet)/", re.IGNORECASE),
    re.compile(r"https://teams\.live\.com/meet/", re.IGNORECASE),
    re.compile(r"https://meet\.google\.com/[a-z]{3}-", re.IGNORECASE),
    re.compile(r"https://(?:[\w-]+\.)+webex\.com/", re.IGNORECASE),
    re.compile(r"https://(?:meet\.goto\.com|[\w-]+\.gotomeeting\.com|global\.gotomeeting\.com)/", re.IGNORECASE),
    re.compile(r"https://(?:[\w-]+\.)?whereby\.com/", re.IGNORECASE),
    re.compile(r"https://meet\.jit\.si/", re.IGNORECASE),
)


def one_line(text: str, limit: int) -> str:
    """`text` in one line of at most `limit` characters."""
    return _cut(" ".join(without_controls(text[: limit * 8]).split()), limit)


def many_lines(text: str, limit: int = MAX_DESCRIPTION) -> str:
    """`text` with its lines kept; where it is HTML (Google's descriptions are), its words with list items as `- `."""
    plain = text[: limit * 8]
    if _TAG.search(plain):
        plain = _ITEM.sub("\n- ", _BREAK.sub("\n", plain))
        plain = html.unescape(_TAG.sub("", plain))
    plain = without_controls(plain.replace("\r\n", "\n").replace("\r", "\n"))
    lines = "\n".join(line.strip() for line in plain.split("\n"))
    return _cut(_MANY_BREAKS.sub("\n\n", lines).strip(), limit)


def without_controls(text: str) -> str:
    """`text` without anything that is neither seen nor a line end nor a tab."""
    return _UNSEEN.sub("", text)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def https_link(text: str) -> str:
    """`text` if it is a web address that may be kept, else empty."""
    found = _LINK.fullmatch(text.strip())
    return found.group() if found and len(found.group()) <= MAX_URL else ""


def meeting_link(texts: Iterable[str]) -> str:
    """The first address of a known video service in any of the texts, else empty."""
    for text in texts:
        for found in _LINK.finditer(text[: MAX_DESCRIPTION * 8]):
            link = found.group().rstrip(".,;:!?)]}")
            if any(host.match(link) for host in _MEETING_HOSTS):
                return link[:MAX_URL]
    return ""
