from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.client import Client, Contact
from domain.matching import (
    ClientBook,
    Sides,
    clean_domain,
    domain_of,
    is_public_domain,
    own_domains,
    readable_domain,
    split_attendees,
    unknown_domains,
)
from domain.meeting import Attendee
from domain.words import Tier


def client(name: str, *domains: str, contacts: tuple[str, ...] = ()) -> Client:
    people = tuple(Contact(id=email, client_id=name, name=email, email=email) for email in contacts)
    return Client(id=name, team_id="T1", name=name, tier=Tier.B, domains=domains, contacts=people)


def people(*addresses: str) -> tuple[Attendee, ...]:
    return tuple(Attendee(email=address) for address in addresses)


ACME = client("Acme", "acme.example")
ACME_LABS = client("Acme Labs", "labs.acme.example")
MUNCHEN = client("München", "xn--mnchen-3ya.example")
BOOK = ClientBook.of([ACME, ACME_LABS, MUNCHEN])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("jane@acme.example", ACME),
        ("Jane@ACME.example", ACME),
        ("jane@mail.acme.example", ACME),
        ("jane@labs.acme.example", ACME_LABS),
        ("jane@eu.labs.acme.example", ACME_LABS),
        ("jane@münchen.example", MUNCHEN),
        ("jane@XN--MNCHEN-3YA.example", MUNCHEN),
        ("jane@notacme.example", None),
        ("jane@example", None),
        ("acme.example", None),
        ("", None),
    ],
)
def test_the_longest_domain_that_an_address_lies_in_finds_the_client(address: str, expected: Client | None) -> None:
    assert BOOK.client_of(address) == expected


def test_a_contact_is_found_at_any_address_also_a_public_one() -> None:
    bakery = client("Bakery", contacts=("baker@gmail.com",))

    book = ClientBook.of([ACME, bakery])

    assert book.client_of("Baker@Gmail.com") == bakery
    assert book.client_of("butcher@gmail.com") is None


def test_a_public_domain_in_a_clients_record_finds_nobody() -> None:
    assert ClientBook.of([client("Careless", "gmail.com")]).client_of("jane@gmail.com") is None


def test_of_two_clients_with_one_domain_the_first_has_it() -> None:
    assert ClientBook.of([ACME, client("Other", "acme.example")]).client_of("jane@acme.example") == ACME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme.example", "acme.example"),
        ("  ACME.Example. ", "acme.example"),
        ("@acme.example", "acme.example"),
        ("jane@acme.example", "acme.example"),
        ("https://www.acme.example/contact?x=1", "acme.example"),
        ("acme.example:8443", "acme.example"),
        ("www.example", "www.example"),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("例え。example", "xn--r8jz45g.example"),
    ],
)
def test_a_domain_is_cleaned_to_the_form_that_is_compared(text: str, expected: str) -> None:
    assert clean_domain(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "acme",
        "localhost",
        "192.168.0.1",
        "acme..example",
        "-acme.example",
        "acme-.example",
        "ac me.example",
        "acme.example\nbcc: x",
        "a" * 64 + ".example",
        ".".join(["a" * 60] * 5),
        "😀.example",
        "<!channel>",
        "a" * 10_000,
        "ü" * 10_000,
        "." * 10_000,
    ],
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a domain"):
        clean_domain(text)


def test_a_domain_reads_as_people_write_it() -> None:
    assert readable_domain("mail.xn--mnchen-3ya.example") == "mail.münchen.example"


@pytest.mark.parametrize("domain", ["gmail.com", "Outlook.com", "ziggo.nl", "mail.ziggo.nl", "t-online.de"])
def test_mail_services_and_providers_are_public(domain: str) -> None:
    assert is_public_domain(domain)


@pytest.mark.parametrize("domain", ["acme.example", "notgmail.com", "com", ""])
def test_other_domains_are_not_public(domain: str) -> None:
    assert not is_public_domain(domain)


def test_a_workspace_does_not_own_a_public_domain_that_a_member_uses() -> None:
    assert own_domains(["me@house.example", "me@gmail.com", "odd"]) == frozenset({"house.example"})


def test_attendees_are_split_into_colleagues_and_others_without_rooms_and_doubles() -> None:
    attendees = people(
        "me@house.example",
        "jane@acme.example",
        "JANE@acme.example",
        "c_188@resource.calendar.google.com",
        "freelancer@gmail.com",
        "joe@nl.house.example",
        "not an address",
    )

    sides = split_attendees(attendees, own_domains=["House.example"], own_addresses=["Freelancer@gmail.com"])

    assert sides == Sides(
        inside=people("me@house.example", "freelancer@gmail.com", "joe@nl.house.example"),
        outside=people("jane@acme.example"),
    )


def test_unknown_domains_are_those_of_nobody_known_and_of_no_mail_service() -> None:
    attendees = people(
        "me@house.example",
        "zoe@zebra.example",
        "jane@acme.example",
        "someone@gmail.com",
        "zed@zebra.example",
        "lea@münster.example",
        "odd@localhost",
    )

    assert unknown_domains(attendees, own_domains=["house.example"], clients=BOOK) == (
        "zebra.example",
        "xn--mnster-3ya.example",
    )


@given(st.text())
def test_no_address_whatever_makes_the_search_raise(text: str) -> None:
    assert BOOK.client_of(f"{text}@{text}") in (None, *BOOK.by_domain.values())
    assert unknown_domains(people(text, f"x@{text}"), own_domains=[text], clients=BOOK) is not None


@given(st.text())
def test_cleaning_a_domain_gives_a_clean_one_or_a_refusal(text: str) -> None:
    try:
        domain = clean_domain(text)
    except ValueError:
        return
    assert (clean_domain(domain), domain.isascii(), domain_of(f"x@{domain}")) == (domain, True, domain)


labels = st.text("abcdefghijklmnopqrstuvwxyz0123456789äöüß", min_size=1, max_size=12)


@given(st.lists(labels, min_size=1, max_size=3), labels)
def test_a_client_is_found_at_its_own_domain_and_below_in_either_spelling(found: list[str], below: str) -> None:
    domain = clean_domain(".".join([*found, "example"]))
    one = client("One", domain)

    book = ClientBook.of([one])

    for spelling in (domain, readable_domain(domain), f"{below}.{domain}".upper()):
        assert book.client_of(f"someone@{spelling}") == one


@pytest.mark.parametrize("hostile", ["." * 1_000_000, "a." * 500_000, "ü" * 300_000, "xn--" + "9" * 100_000])
def test_a_hostile_address_is_done_with_at_once(hostile: str) -> None:
    assert BOOK.client_of(f"x@{hostile}") is None


def test_an_archived_client_meets_nobody_and_is_not_asked_about_again() -> None:
    archived = Client(
        id="c",
        team_id="T",
        name="Acme",
        tier=Tier.B,
        domains=("acme.example",),
        archived_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    clients = ClientBook.of([archived])
    people = [Attendee(email="joe@acme.example"), Attendee(email="joe@globex.example")]

    assert clients.client_of("joe@acme.example") is None
    assert clients.knows("joe@acme.example")
    assert unknown_domains(people, own_domains=(), clients=clients) == ("globex.example",)
