"""A real SMTP server (aiosmtpd) that keeps what it gets and fails as it is told."""

import asyncio
import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum, auto
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True, kw_only=True)
class Received:
    """One mail that the server accepted or at least read to its end."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    raw: bytes
    encrypted: bool
    user: str | None


class Mood(Enum):
    FINE = auto()
    HANG = auto()
    """Reads the message, keeps it, and never answers."""
    DROP = auto()
    """Reads the message, keeps it, and closes the connection instead of answering."""
    DROP_EARLY = auto()
    """Closes the connection when it is told the first recipient."""


class MailServer:
    """Runs in a thread of its own, so that tests with and without an event loop can use it."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.mood = Mood.FINE
        self.answers: dict[str, str] = {}
        """What is answered to a recipient instead of 250, such as `550 no such user`."""
        self.data_answer = "250 taken"
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mood is Mood.DROP_EARLY:
            _hang_up(server)
        answer = self.answers.get(address, "250 fine")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = bytes(envelope.original_content or b"")
        if self.data_answer.startswith("250"):
            self.received.append(
                Received(
                    sender=envelope.mail_from or "",
                    recipients=tuple(envelope.rcpt_tos),
                    message=email.message_from_bytes(raw, policy=email.policy.default),
                    raw=raw,
                    encrypted=session.ssl is not None,
                    user=session.auth_data.decode() if session.auth_data else None,
                )
            )
        if self.mood is Mood.HANG:
            await asyncio.sleep(60)
        if self.mood is Mood.DROP:
            _hang_up(server)
        return self.data_answer


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


@contextmanager
def mail_server(
    *,
    tls_context: ssl.SSLContext | None = None,
    starttls: bool = False,
    password: str | None = None,
    smtputf8: bool = True,
) -> Iterator[MailServer]:
    """A server on a free port. With `tls_context` it speaks TLS from the first byte, or after STARTTLS."""
    server = MailServer()
    listener = socket.create_server(("127.0.0.1", 0))
    server.port = listener.getsockname()[1]
    loop = asyncio.new_event_loop()

    def authenticate(smtp: SMTP, session: Session, envelope: Envelope, mechanism: str, credentials: Any) -> AuthResult:
        right = password is not None and credentials.password == password.encode()
        return AuthResult(success=right, handled=False, auth_data=credentials.login if right else None)

    def make() -> SMTP:
        return SMTP(
            server,
            hostname="mail.acme.example",
            enable_SMTPUTF8=smtputf8,
            tls_context=tls_context if starttls else None,
            authenticator=authenticate,
            auth_require_tls=False,
            loop=loop,
        )

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()

    async def start() -> asyncio.Server:
        return await loop.create_server(make, sock=listener, ssl=None if starttls else tls_context)

    async def stop(running: asyncio.Server) -> None:
        running.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    running = asyncio.run_coroutine_threadsafe(start(), loop).result(5)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(stop(running), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()
