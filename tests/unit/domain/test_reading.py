from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90", 90),
        ("90m", 90),
        ("45 min", 45),
        (" 45  Minuten ", 45),
        ("30'", 30),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 m", 90),
        ("1u15", 75),
        ("1:30", 90),
        ("1.5h", 90),
        ("1,5 uur", 90),
        ("2 hours", 120),
        ("half uur", 30),
        ("anderhalf uur", 90),
        ("half an hour", 30),
        ("kwartier", 15),
        ("24h", 1440),
    ],
)
def test_lengths_are_read_in_minutes(text: str, expected: int) -> None:
    assert reading.minutes(text) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "0", "-5", "25h", "1441", "1h75", "1,5", "90 apples", "９" * 50, "1" * 9999]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        reading.minutes(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12%", 0.12),
        ("12 %", 0.12),
        ("12,5%", 0.125),
        ("0.12", 0.12),
        ("0,12", 0.12),
        ("0", 0.0),
        ("1", 1.0),
        ("100%", 1.0),
    ],
)
def test_shares_are_read_between_0_and_1(text: str, expected: float) -> None:
    assert reading.share(text) == expected


@pytest.mark.parametrize("text", ["", "12", "101%", "-1%", "nan", "1e-1", "a lot", "=1/8"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a share"):
        reading.share(text)


def test_dates_are_read_in_the_one_form_that_is_the_same_everywhere() -> None:
    assert reading.iso_date(" 2026-12-31 ") == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "31-12-2026", "2026-02-30", "20261231", "2026-W01-1", "２０２６-12-31x"])
def test_what_is_no_iso_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        reading.iso_date(text)


@given(st.text())
def test_reading_gives_a_value_in_range_or_a_refusal(text: str) -> None:
    for read, lowest, highest in ((reading.minutes, 1, 1440), (reading.share, 0, 1)):
        try:
            value = read(text)
        except ValueError:
            continue
        assert lowest <= value <= highest


@given(st.integers(1, 1440))
def test_a_length_written_out_is_read_back(length: int) -> None:
    hours, rest = divmod(length, 60)

    assert (reading.minutes(f"{length}m"), reading.minutes(f"{hours}h{rest:02}") if hours else length) == (
        length,
        length,
    )


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_date_written_out_is_read_back(day: date) -> None:
    assert reading.iso_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1.250.000,50", 1_250_000.5),
        ("1 250 000", 1_250_000),
        ("€ 12.5k", 12_500),
        ("1,2 mln", 1_200_000),
        ("1.500", 1_500),
        ("EUR 100", 100),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_write_money(text: str, amount: float) -> None:
    assert reading.amount(text) == amount


@pytest.mark.parametrize(
    "text", ["", "lots", "-5", "1.250m", "12,500 k", "1,25,000", "1.250,000", "12,34.5", "1e9", "99999999999999"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        reading.amount(text)
