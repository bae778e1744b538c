"""Sending through a real SMTP server: what arrives, and what is said when it does not."""

import socket
import ssl
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.mail.compose import OutgoingMail
from bot.mail.problems import MailCode, MailProblem
from bot.mail.smtp import Mailer, SmtpServer, parse_smtp_url
from tests.support.mail import MailServer, Mood, mail_server

SENDER = "Meetdown <bot@acme.example>"


def mailer(server: MailServer, *, url: str = "", timeout: float = 5.0, tls: ssl.SSLContext | None = None) -> Mailer:
    return Mailer(url=url or server.url, sender=SENDER, timeout=timeout, tls_context=tls)


def mail(*to: str) -> OutgoingMail:
    return OutgoingMail(
        message_id="<meetdown.d1@acme.example>",
        to=to or ("grace@client.example",),
        reply_to="ada@acme.example",
        reply_to_name="Ada",
        subject="Our meeting",
        text="Dear Grace,\n.\nlet us talk.\n",
        date=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


async def test_a_mail_arrives_with_its_envelope_and_its_lone_dot() -> None:
    with mail_server() as server:
        refused = await mailer(server).send(mail("grace@client.example", "alan@client.example"))

        (received,) = server.received
        assert (refused, received.sender, received.recipients, received.message["Message-ID"]) == (
            (),
            "bot@acme.example",
            ("grace@client.example", "alan@client.example"),
            "<meetdown.d1@acme.example>",
        )
        assert b"\r\n.\r\nlet us talk.\r\n" in received.raw


async def test_a_recipient_that_is_refused_does_not_keep_the_mail_from_the_others() -> None:
    with mail_server() as server:
        server.answers["alan@client.example"] = "550 no such user"

        refused = await mailer(server).send(mail("grace@client.example", "alan@client.example"))

        assert (refused, [one.recipients for one in server.received]) == (
            ("alan@client.example",),
            [("grace@client.example",)],
        )


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (["550 no such user"], MailCode.PERMANENT),
        (["451 greylisted"], MailCode.TEMPORARY),
        (["550 no such user", "451 greylisted"], MailCode.TEMPORARY),
        (["550 no such user", "553 no such domain"], MailCode.PERMANENT),
    ],
)
async def test_where_nobody_is_accepted_one_maybe_is_enough_to_try_again(answers: list[str], code: MailCode) -> None:
    recipients = [f"r{number}@client.example" for number in range(len(answers))]
    with mail_server() as server:
        server.answers.update(zip(recipients, answers, strict=True))

        with pytest.raises(MailProblem) as caught:
            await mailer(server).send(mail(*recipients))

        assert (caught.value.code, server.received) == (code, [])


@pytest.mark.parametrize(("answer", "code"), [("554 spam", MailCode.PERMANENT), ("452 disk full", MailCode.TEMPORARY)])
async def test_what_the_server_says_of_the_message_decides(answer: str, code: MailCode) -> None:
    with mail_server() as server:
        server.data_answer = answer

        with pytest.raises(MailProblem) as caught:
            await mailer(server).send(mail())

        assert (caught.value.code, caught.value.reply, server.received) == (code, answer, [])


@pytest.mark.parametrize("mood", [Mood.DROP, Mood.HANG])
async def test_a_connection_lost_after_the_message_is_uncertain_and_it_may_well_have_arrived(mood: Mood) -> None:
    with mail_server() as server:
        server.mood = mood

        with pytest.raises(MailProblem) as caught:
            await mailer(server, timeout=0.2).send(mail())

        assert (caught.value.code, caught.value.passes, len(server.received)) == (MailCode.UNCERTAIN, True, 1)


async def test_the_second_try_after_an_uncertain_one_is_the_same_message() -> None:
    with mail_server() as server:
        server.mood = Mood.DROP
        with pytest.raises(MailProblem):
            await mailer(server).send(mail())
        server.mood = Mood.FINE

        await mailer(server).send(mail())

        assert [one.message["Message-ID"] for one in server.received] == ["<meetdown.d1@acme.example>"] * 2


async def test_a_connection_lost_before_the_message_is_temporary() -> None:
    with mail_server() as server:
        server.mood = Mood.DROP_EARLY

        with pytest.raises(MailProblem) as caught:
            await mailer(server).send(mail())

        assert (caught.value.code, server.received) == (MailCode.TEMPORARY, [])


async def test_a_server_that_is_not_there_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(MailProblem) as caught:
        await Mailer(url=f"smtp://127.0.0.1:{port}", sender=SENDER, timeout=1).send(mail())

    assert caught.value.code is MailCode.TEMPORARY


async def test_a_server_that_accepts_and_never_speaks_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailProblem) as caught:
        await Mailer(url=f"smtp://127.0.0.1:{silent.getsockname()[1]}", sender=SENDER, timeout=0.1).send(mail())

    assert caught.value.code is MailCode.TEMPORARY


async def test_starttls_is_used_where_it_is_offered(certificate: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    with mail_server(tls_context=server_side(certificate), starttls=True) as server:
        await mailer(server, tls=trusting).send(mail())

        assert [one.encrypted for one in server.received] == [True]


async def test_smtps_speaks_tls_from_the_first_byte(certificate: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    with mail_server(tls_context=server_side(certificate)) as server:
        await mailer(server, url=f"smtps://127.0.0.1:{server.port}", tls=trusting).send(mail())

        assert len(server.received) == 1


async def test_a_certificate_that_nobody_vouches_for_is_not_accepted(certificate: Path) -> None:
    with mail_server(tls_context=server_side(certificate), starttls=True) as server:
        with pytest.raises(MailProblem) as caught:
            await mailer(server).send(mail())

        assert (caught.value.code, server.received) == (MailCode.TEMPORARY, [])


async def test_user_and_password_come_percent_encoded_from_the_url() -> None:
    with mail_server(password="p@ss/word") as server:
        await mailer(server, url=f"smtp://ada%40acme.example:p%40ss%2Fword@127.0.0.1:{server.port}").send(mail())

        assert [one.user for one in server.received] == ["ada@acme.example"]


async def test_a_wrong_password_is_permanent_and_not_repeated_in_the_error() -> None:
    with mail_server(password="right") as server:
        with pytest.raises(MailProblem) as caught:
            await mailer(server, url=f"smtp://ada:hush@127.0.0.1:{server.port}").check()

        assert (caught.value.code, "hush" in str(caught.value)) == (MailCode.PERMANENT, False)


async def test_checking_sends_nothing() -> None:
    with mail_server() as server:
        await mailer(server).check()

        assert server.received == []


async def test_a_password_is_never_sent_in_the_clear_over_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mail.smtp._LOOPBACK", ())
    with mail_server(password="right") as server:
        with pytest.raises(MailProblem) as caught:
            await mailer(server, url=f"smtp://ada:right@127.0.0.1:{server.port}").send(mail())

        assert (caught.value.code, server.received) == (MailCode.PERMANENT, [])
        assert "password is not sent" in caught.value.reply


async def test_an_international_address_needs_a_server_that_takes_it() -> None:
    with mail_server(smtputf8=True) as able, mail_server(smtputf8=False) as unable:
        await mailer(able).send(mail("jürgen@client.example"))
        with pytest.raises(MailProblem) as caught:
            await mailer(unable).send(mail("jürgen@client.example"))

        assert [one.recipients for one in able.received] == [("jürgen@client.example",)]
        assert (caught.value.code, unable.received) == (MailCode.PERMANENT, [])


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.acme.example", SmtpServer(host="mail.acme.example", port=587, tls=False)),
        ("smtps://mail.acme.example", SmtpServer(host="mail.acme.example", port=465, tls=True)),
        ("smtp://u:p%40@h.example:25", SmtpServer(host="h.example", port=25, tls=False, username="u", password="p@")),
    ],
)
def test_an_smtp_url_says_where_how_and_as_whom(url: str, server: SmtpServer) -> None:
    assert parse_smtp_url(url) == server
