"""Mail as bytes: headers that nobody can break out of, names and addresses of the whole world, calendars."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.compose import CalendarPart, OutgoingMail, compose, message_id
from bot.mail.problems import MailCode, MailProblem

SENDER = "Meetdown <bot@acme.example>"
DATE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def mail(
    *,
    to: tuple[str, ...] = ("grace@client.example",),
    reply_to: str = "ada@acme.example",
    reply_to_name: str = "Ada",
    subject: str = "Our meeting",
    text: str = "Dear Grace,\n\nlet us talk.\n",
    html: str = "",
    calendar: CalendarPart | None = None,
    message_id: str = "<meetdown.d1@acme.example>",
) -> OutgoingMail:
    return OutgoingMail(
        message_id=message_id,
        to=to,
        reply_to=reply_to,
        reply_to_name=reply_to_name,
        subject=subject,
        text=text,
        html=html,
        date=DATE,
        calendar=calendar,
    )


def sent(outgoing: OutgoingMail) -> EmailMessage:
    """As the receiving side reads it."""
    raw = compose(outgoing, SENDER).as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_plain_mail_has_exactly_the_headers_that_were_asked_for() -> None:
    message = sent(mail())

    assert dict(message.items()) == {
        "From": "Meetdown <bot@acme.example>",
        "To": "grace@client.example",
        "Reply-To": "Ada <ada@acme.example>",
        "Subject": "Our meeting",
        "Date": "Mon, 23 Nov 2026 09:30:00 +0000",
        "Message-ID": "<meetdown.d1@acme.example>",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
        "MIME-Version": "1.0",
    }
    assert text_of(message) == "Dear Grace,\n\nlet us talk.\n"


def test_the_same_mail_is_the_same_message_each_time() -> None:
    assert message_id("d1", SENDER) == message_id("d1", SENDER) == "<meetdown.d1@acme.example>"
    assert message_id("d1", SENDER) != message_id("d2", SENDER)


@pytest.mark.parametrize("key", ["d1>\r\nBcc: x@y.example", "", "é", "x" * 500])
def test_any_key_makes_a_message_id_that_can_be_used(key: str) -> None:
    made = message_id(key, SENDER)

    assert sent(mail(message_id=made))["Message-ID"] == made


def test_html_is_an_alternative_to_the_text() -> None:
    message = sent(mail(html="<p>Dear Grace</p>"))

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert text_of(message, "html") == "<p>Dear Grace</p>\n"


def test_a_calendar_goes_along_with_its_method() -> None:
    content = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

    message = sent(mail(html="<p>x</p>", calendar=CalendarPart(content=content, method="REQUEST")))
    (part,) = message.iter_attachments()

    assert (part.get_content_type(), part.get_filename(), part["Content-Type"].params) == (
        "text/calendar",
        "meeting.ics",
        {"method": "REQUEST", "charset": "utf-8"},
    )
    assert part.get_payload(decode=True) == content


@pytest.mark.parametrize("method", ["", "request", "REQUEST; x=y", "REQUEST\r\nX: y"])
def test_a_calendar_method_that_is_none_is_refused(method: str) -> None:
    with pytest.raises(ValueError, match="not a method"):
        compose(mail(calendar=CalendarPart(content=b"", method=method)), SENDER)


def test_names_and_domains_of_the_whole_world_arrive() -> None:
    message = sent(
        mail(to=("info@bücher.example",), reply_to="ada@müller.example", reply_to_name="Adä, «Ö» 🌷", subject="مساء 🌷")
    )

    assert (str(message["To"]), str(message["Subject"])) == ("info@xn--bcher-kva.example", "مساء 🌷")
    assert message["Reply-To"].addresses[0].display_name == "Adä, «Ö» 🌷"
    assert message["Reply-To"].addresses[0].addr_spec == "ada@xn--mller-kva.example"


def test_an_ascii_mail_is_ascii_on_the_wire() -> None:
    raw = compose(mail(text="Beste mevrouw Ödön,\ntot morgen\n", subject="Überblick"), SENDER).as_bytes()

    assert raw.isascii()
    assert b"\r\n" in raw


def test_lines_stay_within_what_smtp_allows() -> None:
    raw = compose(mail(text="x" * 10_000, subject="y" * 10_000), SENDER).as_bytes()

    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.parametrize("bad", ["a@b.example\r\nBcc: c@d.example", "x", "a@b@c.example", "", "a b@c.example", "@"])
def test_an_address_that_is_none_is_refused_for_good(bad: str) -> None:
    with pytest.raises(MailProblem) as to_refused:
        compose(mail(to=(bad,)), SENDER)

    assert (to_refused.value.code, to_refused.value.passes) == (MailCode.PERMANENT, False)


def test_a_mail_to_nobody_is_refused_for_good() -> None:
    with pytest.raises(MailProblem, match="nobody"):
        compose(mail(to=()), SENDER)


def test_without_an_address_of_the_owner_there_is_no_reply_to() -> None:
    assert "Reply-To" not in sent(mail(reply_to=""))


@given(
    subject=st.text(max_size=400),
    name=st.text(max_size=100),
    text=st.text(max_size=400),
)
def test_whatever_people_type_no_header_is_added_or_lost(subject: str, name: str, text: str) -> None:
    message = sent(mail(subject=f"{subject}\r\nBcc: eve@evil.example", reply_to_name=f"{name}\nX-Evil: 1", text=text))

    assert sorted(set(message.keys()) - {"Content-Transfer-Encoding"}) == [
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Reply-To",
        "Subject",
        "To",
    ]
    assert message["Reply-To"].addresses[0].addr_spec == "ada@acme.example"
    assert message["To"].addresses[0].addr_spec == "grace@client.example"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=500))
def test_the_text_arrives_as_it_was_written(text: str) -> None:
    assert text_of(sent(mail(text=text))).removesuffix("\n") == text.removesuffix("\n")
