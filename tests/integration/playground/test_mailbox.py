"""The clients' mailbox: real SMTP in, files out."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from playground.mailbox import Mail, Mailbox

NOON = datetime(2026, 11, 23, 12, 0, 0, 250, tzinfo=UTC)


class StoppedClock:
    def now(self) -> datetime:
        return NOON


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
async def mailbox(tmp_path: Path, told: list[str]) -> AsyncIterator[Mailbox]:
    box = Mailbox(tmp_path / "mails", StoppedClock(), lambda: told.append("mail"))
    await box.start()
    yield box
    await box.stop()


def a_mail(subject: str = "Shorter, if you agree") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"] = "Anna Berg <anna@northlight.example>", "i@fjordbank.example", "l@x.example"
    mail["Reply-To"], mail["Subject"], mail["Message-ID"] = "anna@northlight.example", subject, "<1@northlight.example>"
    mail.set_content("Zou dit korter kunnen? Één half uur.\n")
    mail.add_alternative("<p>Zou dit korter kunnen?</p>\n", subtype="html")
    mail.add_attachment("BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar")
    return mail


async def send(box: Mailbox, mail: EmailMessage) -> None:
    port = int(box.url.rpartition(":")[2])
    recipients = ["i@fjordbank.example", "blind@fjordbank.example"]
    await aiosmtplib.send(mail, sender="a@northlight.example", hostname="127.0.0.1", port=port, recipients=recipients)


async def test_a_mail_is_shown_as_it_was_received(mailbox: Mailbox, told: list[str]) -> None:
    await send(mailbox, a_mail())

    assert told == ["mail"]
    assert mailbox.mails == [
        Mail(
            id="000001-20261123T120000000250Z",
            sender="Anna Berg <anna@northlight.example>",
            to=("i@fjordbank.example", "blind@fjordbank.example"),
            reply_to="anna@northlight.example",
            subject="Shorter, if you agree",
            text="Zou dit korter kunnen? Één half uur.\n",
            html="<p>Zou dit korter kunnen?</p>\n",
            calendars=("BEGIN:VCALENDAR\nEND:VCALENDAR\n",),
            message_id="<1@northlight.example>",
            at=NOON,
        )
    ]


async def test_mails_are_there_after_a_restart_in_the_order_in_which_they_came(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    for number in range(3):
        await send(mailbox, a_mail(f"Mail {number}"))
    (tmp_path / "mails" / "notes.eml").write_text("not one of ours")
    (tmp_path / "mails" / "000009-20261123T120000000250Z.part").write_text("cut off")

    again = Mailbox(tmp_path / "mails", StoppedClock(), lambda: None)
    await again.start()
    await again.stop()

    assert again.mails == mailbox.mails
    assert [mail.subject for mail in again.mails] == ["Mail 0", "Mail 1", "Mail 2"]


async def test_a_mail_without_any_header_does_no_harm(mailbox: Mailbox) -> None:
    mail = EmailMessage()
    mail.set_content("Only a body\n")

    await send(mailbox, mail)

    assert [(mail.subject, mail.text) for mail in mailbox.mails] == [("", "Only a body\n")]


async def test_a_character_set_that_nobody_knows_does_no_harm(mailbox: Mailbox) -> None:
    mail = EmailMessage()
    mail.set_content("Only a body\n")
    mail.set_param("charset", "x-unheard-of")

    await send(mailbox, mail)

    assert [mail.text for mail in mailbox.mails] == ["Only a body\n"]


async def test_the_oldest_go_when_there_are_too_many(
    mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.mailbox.MOST", 2)

    for number in range(4):
        await send(mailbox, a_mail(f"Mail {number}"))

    assert [mail.subject for mail in mailbox.mails] == ["Mail 2", "Mail 3"]
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 2
