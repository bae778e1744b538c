"""Bodies: whatever comes is a payload or malformed, and a command's text comes out as it was typed."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.body import FORM, JSON, MalformedBody, parse_body


@given(st.binary(max_size=300), st.sampled_from([JSON, FORM]))
def test_any_bytes_are_a_payload_or_malformed(raw: bytes, content_type: str) -> None:
    try:
        parsed: object = parse_body(raw, content_type)
    except MalformedBody:
        parsed = {}

    assert isinstance(parsed, dict)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_the_words_of_a_command_arrive_as_they_were_typed(words: str) -> None:
    raw = urlencode({"command": "/meetdown", "text": words}).encode()

    assert parse_body(raw, FORM) == {"command": "/meetdown", "text": words}
