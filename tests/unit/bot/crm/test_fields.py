from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.crm.fields import LONGEST_NAME, amount_of, date_of, domains_of, name_of

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        *[
            ("1250000", 1_250_000.0),
            (12.5, 12.5),
            (123.4567, 123.46),
            ("0", 0.0),
            ("-1", None),
            ("nan", None),
            ("inf", None),
        ],
        *[("", None), (None, None), (True, None), ("1,5", None), ("9" * 400, None)],
    ],
)
def test_a_revenue_is_a_number_that_is_not_negative(value: Any, amount: float | None) -> None:
    assert amount_of(value) == amount


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("2027-03-31T00:00:00Z", date(2027, 3, 31)),
        ("1806451200000", date(2027, 3, 31)),
        (1806451200000, date(2027, 3, 31)),
        ("", None),
        (None, None),
        (True, None),
        ("31-03-2027", None),
        ("9" * 30, None),
    ],
)
def test_a_renewal_is_read_in_each_way_that_the_systems_write_it(value: Any, day: date | None) -> None:
    assert date_of(value) == day


def test_domains_come_out_of_addresses_and_lists_and_those_of_everybody_stay_out() -> None:
    found = domains_of("https://www.Acme.example/about?x=1", "shop.acme.example; gmail.com,acme.example", None, 5, "?")

    assert found == ("acme.example", "shop.acme.example")


@given(ANYTHING)
def test_whatever_a_system_sends_is_read_or_left_out(value: Any) -> None:
    amount, day = amount_of(value), date_of(value)

    assert amount is None or amount >= 0
    assert day is None or isinstance(day, date)
    assert len(name_of(value)) <= LONGEST_NAME
    assert "\n" not in name_of(value)
    assert all("." in domain for domain in domains_of(value))
