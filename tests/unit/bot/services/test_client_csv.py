from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.client_cells import RowProblem
from bot.services.client_csv import ClientRow, ContactRow, ParsedClients, parse_clients
from domain.client_file import COLUMNS
from domain.errors import InvalidCode
from domain.words import Tier

HEADER = ",".join(COLUMNS)


def problems(content: str | bytes) -> list[tuple[int, str, InvalidCode, str]]:
    return [(one.line, one.column, one.code, one.value) for one in parse_clients(content).problems]


def row(**cells: str) -> str:
    """A row of good cells, but for those given."""
    good = {"name": "Acme", "tier": "A"}
    return ",".join({**good, **cells}.get(column, "") for column in COLUMNS)


def test_rows_of_one_name_become_one_client_with_its_contacts() -> None:
    header = (
        "name,tier,revenue_share,domains,language,lead_email,contact_name,contact_email,contact_phone,renewal_on,notes"
    )
    content = f"""{header}
Acme,a,12%,acme.example;acme.test,nl-NL,Lead@House.example,Jane Doe,Jane@acme.example,020-7941234,2026-12-31,"two
lines"
ACME,,,,,,Joe Low,joe@acme.example,+44 20 7946 0018,,
"""

    assert parse_clients(content) == ParsedClients(
        clients=(
            ClientRow(
                line=2,
                name="Acme",
                tier=Tier.A,
                revenue_share=0.12,
                domains=("acme.example", "acme.test"),
                language="nl",
                lead_email="lead@house.example",
                renewal_on=date(2026, 12, 31),
                notes="two\nlines",
                contacts=(
                    ContactRow(line=2, name="Jane Doe", email="jane@acme.example", phone="+31207941234"),
                    ContactRow(line=4, name="Joe Low", email="joe@acme.example", phone="+442079460018"),
                ),
            ),
        )
    )


@pytest.mark.parametrize("separator", [" ", ";", "|", " ; ", "\n"])
def test_domains_may_be_separated_in_several_ways(separator: str) -> None:
    cell = separator.join(["acme.example", "https://labs.example/", "ACME.example"])

    (client,) = parse_clients(f"{HEADER}\n{row(domains=chr(34) + cell + chr(34))}").clients

    assert client.domains == ("acme.example", "labs.example")


@pytest.mark.parametrize(
    "content",
    [
        "name,tier,notes\nAcme,A,\n",
        "name;tier;notes\nAcme;A;\n",
        "name\ttier\nAcme\tA",
        "\ufeffname,tier\r\nAcme,A\r\n",
        "\n\n TIER , Name \n\nA, Acme \n,,\n",
        '"name","tier"\n"Acme","A"\n',
        "name,tier,,\nAcme,A,,\n",
        "name,tier\nAcme,A,,,\n",
    ],
)
def test_the_ways_in_which_spreadsheets_write_a_file_read_the_same(content: str) -> None:
    clients = parse_clients(content).clients

    assert [(client.name, client.tier) for client in clients] == [("Acme", Tier.A)]
    assert parse_clients(content.encode()).clients == clients


def test_a_cell_that_looks_like_a_formula_stays_text() -> None:
    (client,) = parse_clients(f"{HEADER}\n{row(name='=1+1', notes='@SUM(A1)')}").clients

    assert (client.name, client.notes) == ("=1+1", "@SUM(A1)")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", (1, "", InvalidCode.EMPTY_FILE, "")),
        ("\n \n", (1, "", InvalidCode.EMPTY_FILE, "")),
        ('""\n', (1, "", InvalidCode.EMPTY_FILE, "")),
        (HEADER, (1, "", InvalidCode.EMPTY_FILE, "")),
        ("name,tier\nAcme,\0", (2, "", InvalidCode.NOT_A_CSV_FILE, "")),
        ('name,tier\nAcme,A\n"Zebra,B\n', (3, "", InvalidCode.NOT_A_CSV_FILE, "unexpected end of data")),
        ('name,tier\n"Ac"me,A\n', (2, "", InvalidCode.NOT_A_CSV_FILE, "',' expected after '\"'")),
        ("tier\nA", (1, "name", InvalidCode.MISSING_COLUMN, "name")),
        ("name,tier,colour\nAcme,A,red", (1, "colour", InvalidCode.UNKNOWN_COLUMN, "colour")),
        ("name,tier,Name\nAcme,A,Acme", (1, "name", InvalidCode.REPEATED_COLUMN, "name")),
        ("name,tier\nAcme,A,red", (2, "", InvalidCode.TOO_MANY_CELLS, "red")),
        ("name,,tier\nAcme,red,A", (2, "", InvalidCode.TOO_MANY_CELLS, "red")),
    ],
)
def test_a_file_that_is_none_says_what_is_wrong(content: str, problem: tuple[int, str, InvalidCode, str]) -> None:
    assert parse_clients(content).clients == ()
    assert problems(content) == [problem]


def test_a_file_in_another_encoding_says_in_which_line() -> None:
    assert problems("name,tier\nAcme,A\nCafé,B\n".encode("cp1252")) == [(3, "", InvalidCode.NOT_UTF8, "")]


def test_a_web_page_is_not_taken_for_a_file_of_clients() -> None:
    assert {code for _, _, code, _ in problems("<!doctype html>\n<p>Log in, please</p>")} == {
        InvalidCode.UNKNOWN_COLUMN,
        InvalidCode.MISSING_COLUMN,
    }


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("name", "", InvalidCode.REQUIRED),
        ("name", "n" * 151, InvalidCode.TOO_LONG),
        ("tier", "D", InvalidCode.NOT_A_TIER),
        ("tier", "", InvalidCode.REQUIRED),
        ("revenue_share", "12", InvalidCode.NOT_A_SHARE),
        ("domains", "acme", InvalidCode.NOT_A_DOMAIN),
        ("domains", "acme.example gmail.com", InvalidCode.PUBLIC_DOMAIN),
        ("language", "tlh", InvalidCode.NOT_A_LANGUAGE),
        ("lead_email", "me", InvalidCode.NOT_AN_EMAIL),
        ("contact_name", "n" * 151, InvalidCode.TOO_LONG),
        ("contact_email", "a@b", InvalidCode.NOT_AN_EMAIL),
        ("contact_phone", "ring me", InvalidCode.NOT_A_PHONE_NUMBER),
        ("renewal_on", "31-12-2026", InvalidCode.NOT_A_DATE),
        ("notes", "n" * 10_000, InvalidCode.TOO_LONG),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_and_its_row_left_out(
    column: str, value: str, code: InvalidCode
) -> None:
    parsed = parse_clients(f"{HEADER}\n{row(**{column: value})}\n{row(name='Zebra')}")

    assert [client.name for client in parsed.clients] == ["Zebra"]
    assert [(one.line, one.column, one.code) for one in parsed.problems] == [(2, column, code)]


def test_all_bad_cells_of_a_row_are_named_at_once() -> None:
    found = problems(f"{HEADER}\n{row(tier='x', revenue_share='y', renewal_on='z')}")

    assert [column for _, column, _, _ in found] == ["tier", "revenue_share", "renewal_on"]


def test_a_shown_value_is_short_and_cannot_steer_a_terminal() -> None:
    found = problems(f"{HEADER}\n{row(tier=chr(27) + '[2J')}\n{row(name='n' * 200)}")

    assert [value for _, _, _, value in found] == [" [2J", "n" * 59 + "…"]


def test_a_contact_needs_a_name() -> None:
    assert problems(f"{HEADER}\n{row(contact_email='jane@acme.example')}") == [
        (2, "contact_name", InvalidCode.REQUIRED, "")
    ]


def test_rows_of_one_client_that_contradict_each_other_are_named() -> None:
    second = row(tier="B", language="nl", contact_name="Joe")
    assert problems(f"{HEADER}\n{row(contact_name='Jane')}\n{second}") == [(3, "tier", InvalidCode.CONTRADICTION, "B")]


def test_a_row_that_brings_no_other_contact_is_a_repetition() -> None:
    jane = row(contact_name="Jane", contact_email="jane@acme.example")
    janet = row(contact_name="Janet", contact_email="JANE@acme.example")

    assert problems(f"{HEADER}\n{jane}\n{jane}\n{janet}") == [
        (3, "name", InvalidCode.REPEATED_ROW, "Acme"),
        (4, "contact_email", InvalidCode.REPEATED_ROW, "jane@acme.example"),
    ]


def test_a_domain_belongs_to_the_first_client_that_lists_it() -> None:
    parsed = parse_clients(f"{HEADER}\n{row(domains='acme.example')}\n{row(name='Zebra', domains='ACME.example')}")

    assert [client.name for client in parsed.clients] == ["Acme"]
    assert parsed.problems == (
        RowProblem(line=3, column="domains", code=InvalidCode.DOMAIN_TAKEN, value="acme.example"),
    )


@pytest.mark.parametrize(
    ("language", "country", "row_language", "phone"),
    [
        ("nl", "", "", "+31207941234"),
        ("en", "NL", "", "+31207941234"),
        ("en", "", "nl", "+31207941234"),
        ("nl", "BE", "", ""),
    ],
)
def test_a_phone_number_without_country_code_is_one_of_the_country_else_of_the_language(
    language: str, country: str, row_language: str, phone: str
) -> None:
    content = f"{HEADER}\n{row(contact_name='Jane', contact_phone='020-7941234', language=row_language)}"

    clients = parse_clients(content, language=language, country=country).clients

    assert "".join(contact.phone for client in clients for contact in client.contacts) == phone


def test_a_thousand_clients_are_read_well_within_two_seconds() -> None:
    rows = "\n".join(row(name=f"Client {i}", domains=f"c{i}.example", contact_name="Jane") for i in range(1000))

    assert len(parse_clients(f"{HEADER}\n{rows}").clients) == 1000


cells = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["A", "acme.example", "12%", "nl", "2026-12-31", "+31207941234", "a@acme.example", '"', "=1+1"]),
)


@given(st.one_of(st.text(), st.binary()))
def test_no_content_whatever_makes_the_reading_raise(content: str | bytes) -> None:
    parsed = parse_clients(content)

    assert parsed.clients or parsed.problems


@given(st.lists(st.lists(cells, max_size=12), max_size=5), st.sampled_from(",;\t"))
def test_no_rows_whatever_make_the_reading_raise(rows: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(COLUMNS), *(delimiter.join(line) for line in rows)]

    parsed = parse_clients("\n".join(lines))

    assert all(client.name and client.line > 1 for client in parsed.clients)
    assert all(len(problem.value) <= 60 for problem in parsed.problems)
