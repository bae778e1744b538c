"""The client book as a file: whatever is in it comes back as it was."""

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.services.client_csv import ContactRow, parse_clients
from domain.client import Client, Contact
from domain.client_file import as_csv
from domain.spreadsheet import MARKS
from domain.words import Formality, Tier

TEXT = st.text(st.sampled_from("aZé€ '\"=+-@;,\t\r\n\\|＝"), max_size=30)
NAME = TEXT.map(lambda text: " ".join(f"N {text}".split()) if not text.strip() else " ".join(text.split()))


@st.composite
def books(draw: st.DrawFn) -> Client:
    contacts = [
        Contact(id=f"k{number}", client_id="c", name=draw(NAME), email=f"p{number}@acme.example", phone="+31207940800")
        for number in range(draw(st.integers(0, 3)))
    ]
    return Client(
        id="c",
        team_id="T1",
        name=draw(NAME),
        tier=draw(st.sampled_from(Tier)),
        revenue=draw(st.none() | st.floats(0, 1e12)),
        revenue_share=draw(st.none() | st.floats(0, 1).map(lambda share: round(share, 8))),
        domains=("acme.example", "acme.co.example"),
        language="nl",
        formality=draw(st.none() | st.sampled_from(Formality)),
        time_zone="Europe/London",
        lead_email="lead@meetdown.example",
        renewal_on=date(2027, 3, 31),
        open_complaint=draw(st.booleans()),
        glad_to_write=draw(st.booleans()),
        notes=draw(TEXT).strip(),
        contacts=tuple(contacts),
    )


@given(books())
def test_a_client_comes_back_from_its_file_as_it_went_out(client: Client) -> None:
    content = as_csv([client], {})

    parsed = parse_clients(content)

    assert parsed.problems == ()
    (back,) = parsed.clients
    assert (back.name, back.tier, back.domains) == (client.name, client.tier, client.domains)
    assert (back.notes, back.formality, back.renewal_on) == (client.notes, client.formality, client.renewal_on)
    assert (back.open_complaint, back.glad_to_write) == (client.open_complaint, client.glad_to_write)
    assert back.revenue == (None if client.revenue is None else round(client.revenue, 2))
    assert back.revenue_share == client.revenue_share
    assert back.contacts == tuple(
        ContactRow(line=row.line, name=one.name, email=one.email, phone=one.phone)
        for row, one in zip(back.contacts, client.contacts, strict=True)
    )


@given(books())
def test_no_cell_of_the_file_begins_as_a_formula_does(client: Client) -> None:
    rows = csv.reader(io.StringIO(as_csv([client], {}).decode("utf-8-sig"), newline=""))

    assert [cell for row in rows for cell in row if cell[:1] in MARKS and cell] == []
