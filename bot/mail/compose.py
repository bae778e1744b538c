"""A mail as values, and as the bytes of RFC 5322: nothing here knows a server."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from email_validator import EmailNotValidError, validate_email

from bot.mail.problems import MailCode, MailProblem
from domain.clock import require_aware

_POLICY = SMTP.clone(cte_type="7bit", utf8=False)
"""ASCII on the wire whatever the server can do; header lines are folded."""
_INTERNATIONAL = _POLICY.clone(utf8=True)
"""For an address whose part before the @ is not ASCII: it cannot be written otherwise (RFC 6531)."""

_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
_METHOD = re.compile(r"[A-Z]{1,20}", re.ASCII)
_LONGEST_SUBJECT = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPart:
    """A calendar to go with the mail; `method` is iTIP's (REQUEST, CANCEL, PUBLISH), the one in the content."""

    content: bytes
    method: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingMail:
    message_id: str
    """With angle brackets, from `message_id`: the same for every try."""
    to: tuple[str, ...]
    reply_to: str
    """Address of the owner; empty where none is known."""
    reply_to_name: str = ""
    subject: str
    text: str
    html: str = ""
    date: datetime
    calendar: CalendarPart | None = None

    def __post_init__(self) -> None:
        require_aware(self.date, "date")


def message_id(key: str, sender: str) -> str:
    """A Message-ID that depends on nothing but the key and the sender's domain, so that a second try has the same."""
    name = key if _SAFE_ID.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
    return f"<meetdown.{name}@{address(parseaddr(sender)[1]).domain}>"


def address(text: str, name: str = "") -> Address:
    """An address for a header and for the envelope; its domain in ASCII. Raises MailProblem where it is none."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        raise MailProblem(MailCode.PERMANENT, "not an e-mail address") from None
    domain = found.ascii_domain or found.domain
    return Address(display_name=_one_line(name), username=found.local_part, domain=domain)


def is_international(one: Address) -> bool:
    """Whether it can only be written to through a server with SMTPUTF8."""
    return not one.username.isascii()


def compose(mail: OutgoingMail, sender: str) -> EmailMessage:
    """The message, headers and all. Raises MailProblem where an address or the Message-ID cannot be used."""
    recipients = tuple(address(one) for one in mail.to)
    if not recipients:
        raise MailProblem(MailCode.PERMANENT, "nobody to send it to")
    if not re.fullmatch(r"<[\x21-\x3b\x3d\x3f-\x7e]+>", mail.message_id):
        raise MailProblem(MailCode.PERMANENT, "not a Message-ID")
    sender_name, sender_address = parseaddr(sender)
    reply_to = (address(mail.reply_to, mail.reply_to_name),) if mail.reply_to else ()
    international = any(is_international(one) for one in (*recipients, *reply_to))
    message = EmailMessage(policy=_INTERNATIONAL if international else _POLICY)
    message["From"] = address(sender_address, sender_name)
    message["To"] = recipients
    if reply_to:
        message["Reply-To"] = reply_to
    message["Subject"] = _one_line(mail.subject)[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = mail.message_id
    message.set_content(_body(mail.text))
    if mail.html:
        message.add_alternative(_body(mail.html), subtype="html")
    if mail.calendar is not None:
        _attach(message, mail.calendar)
    return message


def _attach(message: EmailMessage, calendar: CalendarPart) -> None:
    if not _METHOD.fullmatch(calendar.method):
        raise ValueError(f"not a method of iTIP: {calendar.method!r}")
    message.add_attachment(
        calendar.content,
        maintype="text",
        subtype="calendar",
        filename="meeting.ics",
        params={"method": calendar.method, "charset": "utf-8"},
    )


def _one_line(text: str) -> str:
    """Without line breaks and control characters: what people type must not become a header of its own."""
    cleaned = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if unicodedata.category(char) != "Cs"
    )
    return " ".join(cleaned.split())


def _body(text: str) -> str:
    """With plain line ends, and without what UTF-8 cannot say (lone surrogates) and NUL."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-8", "replace").decode("utf-8")
