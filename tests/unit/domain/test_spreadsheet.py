import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spreadsheet import MARKS, guarded, unguarded

TEXTS = st.text() | st.text("'=+-@\t a1")


@given(TEXTS)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert guarded(text)[:1] not in MARKS


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+31207940800", "'+31207940800"),
        ("@here", "'@here"),
        ("'=1", "''=1"),
        ("'t Hoen", "'t Hoen"),
        ("Acme", "Acme"),
        ("", ""),
    ],
)
def test_only_what_a_spreadsheet_would_run_is_guarded(cell: str, safe: str) -> None:
    assert guarded(cell) == safe
