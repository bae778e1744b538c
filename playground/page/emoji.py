"""The `:names:` of a few emoji; those that are not known stay as they were typed."""

import re

_KNOWN = {
    "+1": "👍",
    "alarm_clock": "⏰",
    "arrow_right": "➡️",
    "bell": "🔔",
    "bulb": "💡",
    "calendar": "📅",
    "date": "📅",
    "clock3": "🕒",
    "email": "📧",
    "envelope": "✉️",
    "eyes": "👀",
    "handshake": "🤝",
    "hourglass": "⌛",
    "information_source": "ℹ️",
    "memo": "📝",
    "no_entry": "⛔",
    "ok_hand": "👌",
    "pencil": "📝",
    "pray": "🙏",
    "question": "❓",
    "smile": "😄",
    "tada": "🎉",
    "telephone": "☎️",
    "telephone_receiver": "📞",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}
_NAME = re.compile(r":([a-z0-9_+-]+):")


def with_emoji(text: str) -> str:
    return _NAME.sub(lambda found: _KNOWN.get(found[1], found[0]), text)
