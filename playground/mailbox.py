"""The clients' mailbox: a real SMTP server inside, and what it received, kept as files."""

import asyncio
import contextlib
import email
import email.policy
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from domain.clock import Clock

MOST = 500
"""Mails that are kept; the oldest go first."""
LARGEST = 10 * 1024 * 1024
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail as it was received."""

    id: str
    sender: str
    """The From header."""
    to: tuple[str, ...]
    """Who it was delivered to."""
    reply_to: str
    subject: str
    text: str
    html: str
    """Empty where the mail has none."""
    calendars: tuple[str, ...]
    """The text of each text/calendar part."""
    message_id: str
    at: datetime
    """By the playground's clock."""


class Mailbox:
    """`start` before the first mail, `stop` in the end. Files are `<number>-<moment>.eml`, with the envelope's
    recipients in a header of their own.
    """

    def __init__(self, folder: Path, clock: Clock, changed: Callable[[], None]) -> None:
        self._folder = folder
        self._clock = clock
        self._changed = changed
        self._server: asyncio.Server | None = None
        self._port = 0
        self._numbers = itertools.count(1)
        self.mails: list[Mail] = []
        """Oldest first."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Raises OSError where the folder cannot be used."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.mails = [_mail(path.stem, path.read_bytes()) for path in sorted(self._folder.glob("??????-*Z.eml"))]
        self._numbers = itertools.count(1 + max((int(mail.id.partition("-")[0]) for mail in self.mails), default=0))
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    def _protocol(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.playground.example",
            ident="Playground",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST,
            loop=asyncio.get_running_loop(),
        )

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = email.message_from_bytes(bytes(envelope.original_content or b""), policy=email.policy.SMTP)
        del message["X-Playground-To"]
        message["X-Playground-To"] = ", ".join(envelope.rcpt_tos)
        name = f"{next(self._numbers):06d}-{self._clock.now().strftime(_STAMP)}"
        raw = message.as_bytes()
        await asyncio.to_thread(_write, self._folder / f"{name}.eml", raw)
        self.mails.append(_mail(name, raw))
        for old in self.mails[:-MOST]:
            self.mails.remove(old)
            with contextlib.suppress(OSError):
                (self._folder / f"{old.id}.eml").unlink()
        self._changed()
        return "250 kept"


def _mail(name: str, raw: bytes) -> Mail:
    """Raises ValueError where the name holds no moment."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return Mail(
        id=name,
        sender=str(message["From"] or ""),
        to=tuple(one.strip() for one in str(message["X-Playground-To"] or "").split(",") if one.strip()),
        reply_to=str(message["Reply-To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        calendars=tuple(_text(part) for part in message.walk() if part.get_content_type() == "text/calendar"),
        message_id=str(message["Message-ID"] or ""),
        at=datetime.strptime(name.partition("-")[2], _STAMP).replace(tzinfo=UTC),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else _text(part)


def _text(part: MIMEPart) -> str:
    """With plain line ends, whatever its character set."""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return text.replace("\r\n", "\n")


def _write(path: Path, content: bytes) -> None:
    aside = path.with_suffix(".part")
    aside.write_bytes(content)
    os.replace(aside, path)
