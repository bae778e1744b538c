"""Links that open somebody's mail program with a draft in it (RFC 6068)."""

from collections.abc import Sequence
from urllib.parse import quote

LONGEST = 2_000
"""Characters. Slack takes 3,000 in a button, but mail programs on Windows stop at about 2,000."""

_IN_ADDRESS = "@!$'*+-._~"
"""What may stand unescaped in an address here; `&`, `=`, `?`, `%` and `,` would end it."""


def mailto_link(to: Sequence[str], subject: str, body: str, *, longest: int = LONGEST) -> str:
    """A `mailto:` URL of at most `longest` characters.

    A letter is never cut in the middle: where the body does not fit, it is left out (the text to copy stands beside
    the button), and after it the subject, and then recipients from the end.
    """
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    subject_part = f"subject={_escaped(' '.join(subject.split()))}"
    body_part = "body=" + "%0D%0A".join(_escaped(line) for line in lines)
    recipients = list(to)
    for parts in ((subject_part, body_part), (subject_part,), ()):
        link = _link(recipients, parts)
        if len(link) <= longest:
            return link
    while recipients and len(_link(recipients, ())) > longest:
        recipients.pop()
    return _link(recipients, ())


def _link(recipients: Sequence[str], parts: Sequence[str]) -> str:
    addresses = ",".join(_escaped(one, safe=_IN_ADDRESS) for one in recipients)
    return f"mailto:{addresses}{'?' if parts else ''}{'&'.join(parts)}"


def _escaped(text: str, *, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")
