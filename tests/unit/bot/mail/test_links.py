"""mailto links: what the mail program shows is what was written, or nothing of it."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.links import LONGEST, mailto_link


def test_a_link_holds_recipients_subject_and_body() -> None:
    link = mailto_link(("a@b.example", "c@d.example"), "Hello & you", "Dear Grace,\n\n50% now?")

    assert link == (
        "mailto:a@b.example,c@d.example?subject=Hello%20%26%20you&body=Dear%20Grace%2C%0D%0A%0D%0A50%25%20now%3F"
    )


@pytest.mark.parametrize(
    ("address", "escaped"),
    [
        ("a+b@c.example", "a+b@c.example"),
        ("a?b@c.example", "a%3Fb@c.example"),
        ("a&bcc=x@c.example", "a%26bcc%3Dx@c.example"),
    ],
)
def test_an_address_cannot_break_out_of_its_place(address: str, escaped: str) -> None:
    assert mailto_link((address,), "", "") == f"mailto:{escaped}?subject=&body="


def test_a_body_that_does_not_fit_is_left_out_whole() -> None:
    assert mailto_link(("a@b.example",), "Hello", "x" * LONGEST) == "mailto:a@b.example?subject=Hello"


def test_a_subject_that_does_not_fit_is_left_out_too() -> None:
    assert mailto_link(("a@b.example",), "x" * LONGEST, "y") == "mailto:a@b.example"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
)
def test_what_is_in_the_link_is_what_was_written_and_it_never_gets_too_long(subject: str, body: str) -> None:
    link = mailto_link(("a@b.example",), subject, body)

    assert len(link) <= LONGEST
    fields = parse_qs(urlsplit(link).query.replace("+", "%2B"), keep_blank_values=True)
    assert unquote(urlsplit(link).path) == "a@b.example"
    for name, written in (("subject", " ".join(subject.split())), ("body", body)):
        if name in fields:
            assert fields[name] == [written.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")]


@given(st.lists(st.emails(), max_size=200))
def test_many_recipients_never_make_it_too_long(recipients: list[str]) -> None:
    assert len(mailto_link(recipients, "Hello", "Dear all")) <= LONGEST
