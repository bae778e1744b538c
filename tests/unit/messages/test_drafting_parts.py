"""The pieces that messages to clients are made of: zone, language, names, numbers, HTML."""

from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from domain.client import Contact
from domain.words import Formality, Option
from messages.drafting import client_language, client_zone, draft, first_name, html, readable_phone
from messages.templating import render
from tests.support.wording import AMSTERDAM, CLIENT, CONTACT, LONDON, facts


def test_the_zone_of_the_contact_comes_before_the_clients_and_the_owners() -> None:
    at_home = replace(CLIENT, time_zone=LONDON)

    assert client_zone(at_home, replace(CONTACT, time_zone="Asia/Tokyo"), AMSTERDAM) == "Asia/Tokyo"
    assert client_zone(at_home, CONTACT, AMSTERDAM) == LONDON
    assert client_zone(CLIENT, None, AMSTERDAM) == AMSTERDAM
    assert client_zone(None, None, AMSTERDAM) == AMSTERDAM


def test_the_language_of_the_contact_comes_before_the_clients_and_english_is_the_rest() -> None:
    dutch = replace(CLIENT, language="nl")

    assert client_language(dutch, replace(CONTACT, language="en-GB")) == "en"
    assert client_language(dutch, CONTACT) == "nl"
    assert client_language(replace(CLIENT, language="de"), CONTACT) == "en"
    assert client_language(None, None) == "en"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("S.M. Jansen", "S.M. Jansen"),
        ("S Jansen", "S Jansen"),
        ("Jansen, J.-P.", "J.-P. Jansen"),
        ("Jo Jansen", "Jo"),
        ("Sanne Jansen", "Sanne"),
        ("Jansen, Sanne", "Sanne"),
        ("Sanne", "Sanne"),
        ("Dr. Jansen", "Dr. Jansen"),
        ("Mevrouw Jansen", "Mevrouw Jansen"),
        ("", ""),
        (",", ","),
    ],
)
def test_a_letter_calls_people_by_their_first_name_or_by_title_and_name(name: str, called: str) -> None:
    assert first_name(name) == called


@pytest.mark.parametrize(("stored", "read"), [("+31201234567", "+31 20 123 4567"), ("ext. 12", "ext. 12"), ("", "")])
def test_phone_numbers_are_written_to_be_read(stored: str, read: str) -> None:
    assert readable_phone(stored) == read


def test_the_html_alternative_is_the_same_text_escaped() -> None:
    body = 'Dear <b>Sanne</b> & "co",\n\nIn that time:\n- one\n- two <script>\n\nKind regards,\nRobin'

    assert html(body) == (
        '<!doctype html><html><head><meta charset="utf-8"></head>'
        '<body dir="auto" style="font-family:sans-serif;font-size:15px;line-height:1.5">'
        "<p>Dear &lt;b&gt;Sanne&lt;/b&gt; &amp; &quot;co&quot;,</p>"
        "<p>In that time:</p><ul><li>one</li><li>two &lt;script&gt;</li></ul>"
        "<p>Kind regards,<br>Robin</p></body></html>"
    )


def test_a_template_without_a_value_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError):
        render("en/call.body.j2", {})


def test_a_screen_reader_is_told_the_language() -> None:
    assert html("Beste Sanne,", "nl").startswith('<!doctype html><html lang="nl">')
    assert html("Dear Sanne,").startswith("<!doctype html><html>")
    assert '"><script>' not in html("", '"><script>')


def test_a_list_in_a_paragraph_stays_with_its_line_and_is_escaped() -> None:
    made = html("Which of these:\n- Thursday <26>\n- Monday & Tuesday\n\nBye,\nRobin")

    assert made.endswith(
        "<p>Which of these:</p><ul><li>Thursday &lt;26&gt;</li><li>Monday &amp; Tuesday</li></ul>"
        "<p>Bye,<br>Robin</p></body></html>"
    )


def test_lines_and_lists_keep_their_order_in_html() -> None:
    shown = html("Done:\n- pages\nStill open:\n- photos\n- texts")

    body = "<p>Done:</p><ul><li>pages</li></ul><p>Still open:</p><ul><li>photos</li><li>texts</li></ul>"
    assert f">{body}</body>" in shown


@pytest.mark.parametrize("name", ["sanne@acme.example", "+31 20 123 4567", "acme", " "])
def test_nobody_is_greeted_by_their_address_their_number_or_their_company(name: str) -> None:
    unnamed = Contact(id="k", client_id="c", name=name, email="sanne@acme.example")

    made = draft(
        Option.CALL, facts(Option.CALL, client=replace(CLIENT, name="Acme"), contact=unnamed), "en", Formality.FORMAL
    )

    assert made.body.splitlines()[0] == "Dear Acme team,"
    assert made.to == ("sanne@acme.example",)
