"""Templates that people write themselves: what they may name, and what they cannot reach."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from domain.decision import CallTerms, ShorterTerms, WhoRings
from domain.wording import Template, TemplateKey, Text
from domain.words import Formality, Option
from messages.drafting import TEXT_OF, draft
from messages.placeholders import placeholders
from tests.support.wording import SLOTS, TERMS, facts

CALL = CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER, pre_read=("The plan",))
FULL = {
    **TERMS,
    Option.CALL: CALL,
    Option.SHORTER: ShorterTerms(
        minutes=30, stays=("Launch date",), to_writing=("Budget",), pre_read=("The plan",), call=CALL
    ),
}
"""Nothing is left empty."""


def template(option: Option, *, subject: str = "", body: str = "") -> Template:
    return Template(
        id="template-1",
        team_id="T1",
        key=TemplateKey(text=TEXT_OF[option], language="en", formality=Formality.FORMAL),
        version=1,
        subject=subject,
        body=body,
        saved_by="U1",
        saved_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("option", TERMS)
def test_every_placeholder_of_a_text_can_be_named_and_none_has_two_meanings(option: Option, language: str) -> None:
    known = placeholders(TEXT_OF[option])
    own = template(option, subject="x", body="\n".join(f"{name}: {{{{ {name} }}}}" for name in known))

    made = draft(option, facts(option, slots=SLOTS, terms=FULL[option]), language, Formality.FORMAL, template=own)

    assert [line.partition(":")[0] for line in made.body.splitlines() if re.match(r"\w+:", line)] == list(known)
    assert not re.search(r"[{}]|ClientMoment|\[", made.body)


def test_an_own_template_takes_the_place_of_the_products_text() -> None:
    own = template(
        Option.SHORTER,
        subject="{{ title }}: {{ new_minutes }} minutes\nor so",
        body="{{ greeting }}\n\nShall we take {{ new_minutes }} minutes for:\n{{ stays }}\n\n"
        "{% if slots %}Or rather:\n{{ slots }}{% endif %}\n\n{{ closing }}",
    )

    made = draft(Option.SHORTER, facts(Option.SHORTER), "en", Formality.FORMAL, template=own)

    assert made.subject == "Website refresh: 30 minutes or so"
    assert made.body == (
        "Dear Sanne Jansen,\n\nShall we take 30 minutes for:\n- Launch date\n- Budget\n\nKind regards,\nRobin Visser"
    )


def test_who_rings_is_said_in_a_sentence_where_it_is_a_call() -> None:
    call = CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER)
    own = template(Option.CALL, subject="x", body="{{ ringing }}")

    made = draft(Option.CALL, facts(Option.CALL, terms=call), "en", Formality.FORMAL, template=own)

    assert made.body.startswith("I will ring you at 10:00 on +31 20 123 4567.")


def test_a_template_that_was_reset_stands_for_the_products_own_text() -> None:
    made = draft(Option.CALL, facts(Option.CALL), "en", Formality.FORMAL, template=template(Option.CALL))

    assert made == draft(Option.CALL, facts(Option.CALL), "en", Formality.FORMAL)


def test_an_unknown_placeholder_is_an_error_that_names_it() -> None:
    own = template(Option.CALL, subject="x", body="{{ discount }}")

    with pytest.raises(UndefinedError, match="discount"):
        draft(Option.CALL, facts(Option.CALL), "en", Formality.FORMAL, template=own)


@pytest.mark.parametrize(
    "body",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ title.format_map }}",
        "{{ 'x' * 1000000000 }}",
        "{% for one in title %}{% for other in title %}x{% endfor %}{% endfor %}",
        "{% include 'en/call.body.j2' %}",
        "{% set title = owner %}",
        "{{ title | center(1000000000) }}",
        "{{ [title] }}",
    ],
)
def test_a_template_does_nothing_but_name_values_and_choose(body: str) -> None:
    with pytest.raises(SecurityError):
        draft(Option.CALL, facts(Option.CALL), "en", Formality.FORMAL, template=template(Option.CALL, body=body))


def test_a_template_may_choose_and_change_the_case() -> None:
    own = template(
        Option.CALL, body="{% if slots %}no{% else %}{{ company | upper }}{% endif %} {{ 'a' if title else 'b' }}"
    )

    assert draft(Option.CALL, facts(Option.CALL), "en", Formality.FORMAL, template=own).body == "ACME a"


@pytest.mark.parametrize("name", ["range", "lipsum", "cycler", "joiner", "namespace", "dict"])
def test_the_languages_own_helpers_are_unknown_to_a_template(name: str) -> None:
    own = template(Option.CALL, subject="x", body=f"{{{{ {name} }}}}")

    with pytest.raises(UndefinedError, match=name):
        draft(Option.CALL, facts(Option.CALL), "en", Formality.FORMAL, template=own)


def test_what_somebody_typed_is_text_and_never_a_template() -> None:
    sly = replace(facts(Option.CALL).meeting, title="{{ owner }} {% if %}")

    made = draft(
        Option.CALL,
        facts(Option.CALL, meeting=sly),
        "en",
        Formality.FORMAL,
        template=template(Option.CALL, subject="{{ title }}", body="{{ meeting }}"),
    )

    assert (made.subject, "{{ owner }} {% if %}" in made.body) == ("{{ owner }} {% if %}", True)


def test_only_texts_that_have_points_offer_them() -> None:
    assert {text: "stays" in placeholders(text) for text in Text} == {
        Text.SHORTER: True,
        Text.CALL: False,
        Text.HANDOFF: False,
        Text.EMAIL: False,
        Text.UNDO: False,
    }
