"""Phone numbers and addresses of contacts, checked and in the one form in which they are stored."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from domain.errors import Invalid, InvalidCode
from domain.matching import readable_domain

LONGEST_PHONE = 40
LONGEST_EMAIL = 254
"""RFC 5321, section 4.5.3.1.3, less the angle brackets."""

_REGIONS = {"nl": "NL", "en": "GB", "de": "DE", "fr": "FR", "es": "ES", "it": "IT"}


def region_of(language: str, country: str = "") -> str:
    """Whose numbers may be written without a country code: the given country's, else the language's home."""
    return country.strip().upper() or _REGIONS.get(language.replace("_", "-").partition("-")[0].lower(), "")


def clean_phone(text: str, region: str) -> str:
    """The number in E.164 (`+31201234567`). `region` is an ISO 3166 code, or empty: then only numbers with a country
    code are understood.

    Raises ValueError for what is no number, and for one with an extension: E.164 would lose it.
    """
    try:
        number = phonenumbers.parse(text[: LONGEST_PHONE + 1], region.upper() or None)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"not a phone number: {text[:80]!r}") from error
    if len(text) > LONGEST_PHONE or number.extension or not phonenumbers.is_valid_number(number):
        raise ValueError(f"not a phone number: {text[:80]!r}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_email(text: str) -> str:
    """The address in lower case, its domain as `xn--` where it is international. Raises ValueError.

    Whether the domain takes mail is not asked: that would be a look-up in the middle of a form.
    """
    try:
        checked = validate_email(text.strip()[: LONGEST_EMAIL + 1], check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(f"not an e-mail address: {text[:80]!r}") from error
    if checked.ascii_email is None or len(checked.ascii_email) > LONGEST_EMAIL:
        raise ValueError(f"not an e-mail address: {text[:80]!r}")
    return checked.ascii_email.lower()


def read_reachable(email: str, phone: str, region: str, errors: dict[str, Invalid]) -> tuple[str, str]:
    """E-mail address and phone number of a contact as a modal has them; what is wrong goes into `errors`."""
    clean = ["", ""]
    if email:
        try:
            clean[0] = clean_email(email)
        except ValueError:
            errors["contact_email"] = Invalid(InvalidCode.NOT_AN_EMAIL, value=email[:80])
    if phone:
        try:
            clean[1] = clean_phone(phone, region)
        except ValueError:
            errors["phone"] = Invalid(InvalidCode.NOT_A_PHONE_NUMBER)
    return clean[0], clean[1]


def readable_email(address: str) -> str:
    """The address as people write it."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{readable_domain(domain)}"
