from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.contact_details import clean_email, clean_phone, readable_email, region_of


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("020-794 1234", "NL", "+31207941234"),
        ("020-794 1234", "nl", "+31207941234"),
        ("06 12345678", "NL", "+31612345678"),
        ("0031 20 794 1234", "NL", "+31207941234"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("+44 20 7946 0018", "", "+442079460018"),
        ("tel:+44-20-7946-0018", "NL", "+442079460018"),
        ("+44 20 7946 0018", "nowhere", "+442079460018"),
    ],
)
def test_phone_numbers_are_kept_in_one_form(text: str, region: str, expected: str) -> None:
    assert clean_phone(text, region) == expected


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", "NL"),
        ("ring me", "NL"),
        ("12", "NL"),
        ("020-7941234", ""),
        ("020-7941234", "nowhere"),
        ("+31 20 794 1234 ext 12", "NL"),
        ("1" * 10_000, "NL"),
        ("+31 20 794 1234" + " " * 100, "NL"),
    ],
)
def test_what_is_no_phone_number_is_refused(text: str, region: str) -> None:
    with pytest.raises(ValueError, match="not a phone number"):
        clean_phone(text, region)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Jane.Doe@ACME.example ", "jane.doe@acme.example"),
        ("jane+news@acme.example", "jane+news@acme.example"),
        ("jane@münchen.example", "jane@xn--mnchen-3ya.example"),
    ],
)
def test_addresses_are_kept_in_one_form(text: str, expected: str) -> None:
    assert clean_email(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jane",
        "jane@",
        "jane@acme",
        "jane doe@acme.example",
        "jane@acme.example, joe@acme.example",
        "Jane <jane@acme.example>",
        "jane@acme.example\nbcc: joe@acme.example",
        "jané@acme.example",
        "jane@[127.0.0.1]",
        "j" * 10_000 + "@acme.example",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        clean_email(text)


def test_an_address_reads_as_people_write_it() -> None:
    assert readable_email("jane@xn--mnchen-3ya.example") == "jane@münchen.example"


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [("nl", "", "NL"), ("en-US", "", "GB"), ("nl", "be", "BE"), ("tlh", "", ""), ("", "", "")],
)
def test_the_region_of_a_number_is_the_country_else_the_languages_home(
    language: str, country: str, expected: str
) -> None:
    assert region_of(language, country) == expected


@given(st.text(), st.sampled_from(["NL", "US", ""]))
def test_cleaning_gives_a_clean_value_or_a_refusal(text: str, region: str) -> None:
    with suppress(ValueError):
        number = clean_phone(text, region)
        assert clean_phone(number, "") == number
    with suppress(ValueError):
        address = clean_email(text)
        assert clean_email(address) == address
