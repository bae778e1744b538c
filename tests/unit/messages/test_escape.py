"""User text in Slack stays dead, fits, and is never cut inside an entity."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages.escape import ELLIPSIS, cut, cut_mrkdwn, escape, escape_and_cut, one_line
from tests.support.wording import EXTREMES

TEXTS = st.text(st.one_of(st.sampled_from("&<>;ampltg "), st.characters()), max_size=200)


@given(TEXTS)
@example("<!channel> & <@U1>")
def test_escaped_text_holds_no_bracket_and_reads_as_before(text: str) -> None:
    escaped = escape(text)

    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(TEXTS, st.integers(1, 120))
@example("&" * 3000, 2999)
def test_escaped_and_cut_text_fits_and_is_the_beginning_of_what_it_was(text: str, limit: int) -> None:
    short = escape_and_cut(text, limit)

    assert len(short) <= limit
    assert "<" not in short
    assert ">" not in short
    kept = short if short == escape(text) else short.removesuffix(ELLIPSIS)
    assert escape(text).startswith(kept)
    assert escape(unescaped(kept)) == kept


@given(TEXTS, st.integers(6, 120))
@example("&amp;" * 10, 8)
def test_cutting_escaped_text_never_leaves_half_an_entity(text: str, limit: int) -> None:
    short = cut_mrkdwn(escape(text), limit)

    assert len(short) <= limit
    kept = short if short == escape(text) else short.removesuffix(ELLIPSIS)
    assert escape(text).startswith(kept)
    assert escape(unescaped(kept)) == kept


@pytest.mark.parametrize("limit", range(4, 30))
def test_cutting_never_leaves_half_a_mention(limit: int) -> None:
    short = cut_mrkdwn("Led by <@U0123456789> since May", limit)

    assert len(short) <= limit
    assert short.count("<") == short.count(">")


@given(TEXTS, st.integers(1, 120))
def test_cut_text_fits_and_begins_as_it_did(text: str, limit: int) -> None:
    short = cut(text, limit)

    assert len(short) <= limit
    assert text.startswith(short if short == text else short.removesuffix(ELLIPSIS))


@given(TEXTS, st.integers(1, 120))
def test_one_line_is_one_short_line(text: str, limit: int) -> None:
    line = one_line(text, limit)

    assert len(line) <= limit
    assert line == " ".join(line.split())


@pytest.mark.parametrize("text", EXTREMES)
def test_one_line_takes_every_extreme(text: str) -> None:
    assert len(one_line(text, 60)) <= 60


def test_a_right_to_left_override_does_not_turn_the_line_round() -> None:
    assert one_line("Acme\u202e fdp.exe\u0000\u2066", 60) == "Acme fdp.exe"


def test_emoji_of_several_parts_and_names_in_hebrew_stay_whole() -> None:
    assert one_line("🧑‍🚀 ❤️ שלום", 60) == "🧑‍🚀 ❤️ שלום"


def test_lines_and_tabs_become_spaces() -> None:
    assert one_line("  Acme\r\n\tLtd\u2028 ", 60) == "Acme Ltd"


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
