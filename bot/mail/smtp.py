"""Sending through an SMTP server, with an honest answer to "was it sent?"."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.mail import compose
from bot.mail.compose import OutgoingMail
from bot.mail.problems import MailCode, MailProblem

__all__ = ["MailCode", "MailProblem", "Mailer", "SmtpServer", "parse_smtp_url"]

_TIMEOUT = 30.0
_SUBMISSION, _SUBMISSIONS = 587, 465
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpServer:
    host: str
    port: int
    tls: bool
    """From the first byte on (`smtps`); without it, STARTTLS is used where the server offers it."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)


def parse_smtp_url(url: str) -> SmtpServer:
    """`smtp://user:password@host:port` or `smtps://…`; user and password percent-encoded."""
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname or "localhost",
        port=parts.port or (_SUBMISSIONS if tls else _SUBMISSION),
        tls=tls,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


class Mailer:
    """One connection for each mail: mails are few, and a connection kept open is a connection found dead."""

    def __init__(
        self, *, url: str, sender: str, timeout: float = _TIMEOUT, tls_context: ssl.SSLContext | None = None
    ) -> None:
        """`sender` is MEETDOWN_MAIL_FROM, an address or a name and an address. `timeout` (seconds) is for each step."""
        self._server = parse_smtp_url(url)
        self._sender = sender
        self._timeout = timeout
        self._tls_context = tls_context

    def message_id(self, key: str) -> str:
        return compose.message_id(key, self._sender)

    async def send(self, mail: OutgoingMail) -> tuple[str, ...]:
        """Send, and return the recipients that the server refused while it took the mail for others.

        Raises MailProblem: TEMPORARY and PERMANENT mean that nobody got it.
        """
        message = compose.compose(mail, self._sender)
        envelope_from = compose.address(parseaddr(self._sender)[1])
        recipients = [compose.address(one) for one in mail.to]
        international = any(compose.is_international(one) for one in recipients)
        async with self._connected() as client:
            if international and not client.supports_extension("smtputf8"):
                raise MailProblem(MailCode.PERMANENT, "the server does not take international addresses")
            encoding = "utf-8" if international else "ascii"
            with _refusals():
                await client.mail(
                    envelope_from.addr_spec, options=["SMTPUTF8"] if international else [], encoding=encoding
                )
            refused = await self._name_recipients(client, [one.addr_spec for one in recipients], encoding)
            await self._hand_in(client, message.as_bytes())
        return refused

    async def check(self) -> None:
        """Connect and log in, and send nothing. Raises MailProblem."""
        async with self._connected() as client:
            with _refusals():
                await client.noop()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=False if server.tls else None,
            timeout=self._timeout,
            tls_context=self._tls_context,
            local_hostname=compose.address(parseaddr(self._sender)[1]).domain,
        )
        try:
            with _refusals():
                await client.connect()
                await self._log_in(client)
            yield client
        finally:
            await _leave(client)

    async def _log_in(self, client: aiosmtplib.SMTP) -> None:
        if self._server.username is None:
            return
        encrypted = self._server.tls or client.get_transport_info("sslcontext") is not None
        if not encrypted and self._server.host not in _LOOPBACK:
            raise MailProblem(MailCode.PERMANENT, "the server offers no encryption: the password is not sent")
        await client.login(self._server.username, self._server.password or "")

    async def _name_recipients(self, client: aiosmtplib.SMTP, recipients: list[str], encoding: str) -> tuple[str, ...]:
        refusals: dict[str, aiosmtplib.SMTPRecipientRefused] = {}
        with _refusals():
            for recipient in recipients:
                try:
                    await client.rcpt(recipient, encoding=encoding)
                except aiosmtplib.SMTPRecipientRefused as refusal:
                    refusals[recipient] = refusal
        if len(refusals) == len(recipients):
            # One that may be taken later is enough to try again.
            raise _of_reply(min(refusals.values(), key=lambda refusal: refusal.code))
        return tuple(refusals)

    async def _hand_in(self, client: aiosmtplib.SMTP, content: bytes) -> None:
        try:
            await client.data(content)
        except aiosmtplib.SMTPResponseException as refusal:
            raise _of_reply(refusal) from refusal
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailProblem(MailCode.UNCERTAIN, f"no answer to the message ({type(error).__name__})") from error


@contextmanager
def _refusals() -> Iterator[None]:
    """Turns what goes wrong before the message is handed in into a MailProblem: nobody got anything."""
    try:
        yield
    except aiosmtplib.SMTPResponseException as refusal:
        raise _of_reply(refusal) from refusal
    except aiosmtplib.SMTPNotSupported as error:
        raise MailProblem(MailCode.PERMANENT, str(error)) from error
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise MailProblem(MailCode.TEMPORARY, type(error).__name__) from error


def _of_reply(refusal: aiosmtplib.SMTPResponseException) -> MailProblem:
    """By RFC 5321 a code of 5xx is final and one of 4xx is not."""
    code = MailCode.PERMANENT if 500 <= refusal.code < 600 else MailCode.TEMPORARY
    words = " ".join(refusal.message.split())[:200]
    return MailProblem(code, f"{refusal.code} {words}")


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye where there is somebody to say it to; what happens now changes nothing about the mail."""
    if client.is_connected:
        with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
            async with asyncio.timeout(1.0):
                await client.quit()
    client.close()
