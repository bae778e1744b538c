"""Texts that people write themselves: what they may do, what is refused with its name, and what comes of them."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError

from domain.errors import Invalid, InvalidCode
from domain.wording import TemplateKey, Text
from domain.words import Formality
from messages.i18n import translator
from messages.linter import findings
from messages.own_templates import problem_of
from messages.placeholders import placeholders
from messages.problems import invalid
from messages.template_samples import sample_draft, sample_title, starting_text
from messages.templates_page import packed, unpacked
from messages.templating import UnfilledError, render_own

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEYS = [
    TemplateKey(text=text, language=language, formality=formality, first_contact=first)
    for text, language, formality, first in product(Text, ("en", "nl"), Formality, (False, True))
]
KEY = KEYS[0]
HOSTILE = [
    "{{ title.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ title['__class__'] }}",
    "{{ title|attr('__class__') }}",
    "{{ title.format(1) }}",
    "{{ self.__init__ }}",
    "{{ self }}",
    "{{ cycler }}",
    "{{ lipsum() }}",
    "{{ range(10**9) }}",
    "{% for a in range(10) %}x{% endfor %}",
    "{% for a in slots %}{% for b in slots %}x{% endfor %}{% endfor %}",
    "{{ 'x' * 10**9 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ title|center(1000000) }}",
    "{{ title|replace('a', 'b') }}",
    "{{ '%1000000d'|format(1) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'en/_parts.j2' as p %}",
    "{% extends 'en/call.body.j2' %}",
    "{% macro m() %}{% endmacro %}",
    "{% set x = 1 %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block b %}{% endblock %}",
    "{% call m() %}{% endcall %}",
    "{{ [title] }}",
    "{{ {'a': title} }}",
    "{{ title[:1] }}",
    "{{ " + "(" * 700 + "title" + ")" * 700 + " }}",
    "{{ " + "not " * 700 + "title }}",
    "{% if title %}" * 120 + "{% endif %}" * 120,
    "{{ title" + "|upper" * 480 + " }}",
    "{{ title" + " or title" * 300 + " }}",
    "{{ title" + " and title" * 26 + " }}",
    "{% if minutes > 30 %}x{% endif %}",
    "{% if 30 <= minutes < 60 %}x{% endif %}",
    "{% if (not title) in minutes %}x{% endif %}",
    "{% if none in minutes %}x{% endif %}",
    "{% if minutes in true %}x{% endif %}",
    "{{ title|trim(5) }}",
    "{{ title|upper(1) }}",
    "{{ title|lower(**title) }}",
    "x" * 3001,
]


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:40])
def test_a_text_that_does_more_than_name_words_is_refused_and_never_rendered(source: str) -> None:
    assert problem_of(Text.CALL, source) is not None
    with pytest.raises(TemplateError):
        render_own(source, dict.fromkeys(placeholders(Text.CALL), "x"))


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{{ frist_name }}", Invalid(InvalidCode.UNKNOWN_PLACEHOLDER, value="frist_name", suggestion="first_name")),
        ("{{ qqq }}", Invalid(InvalidCode.UNKNOWN_PLACEHOLDER, value="qqq")),
        ("{% if statsu %}x{% endif %}", Invalid(InvalidCode.UNKNOWN_PLACEHOLDER, value="statsu", suggestion="stays")),
        ("\n\n{{ title", Invalid(InvalidCode.TEMPLATE_BROKEN, line=3)),
        ("{% for a in slots %}{% endfor %}", Invalid(InvalidCode.TEMPLATE_DOES_TOO_MUCH, value="for")),
        (" \n ", Invalid(InvalidCode.REQUIRED)),
        ("x" * 3001, Invalid(InvalidCode.TOO_LONG, limit=3000)),
        ("{{ title }} {% if slots and not phone %}{{ slots }}{% else %}{{ day|upper }}{% endif %}", None),
    ],
)
def test_what_is_wrong_is_said_with_its_name(source: str, problem: Invalid | None) -> None:
    assert problem_of(Text.SHORTER, source) == problem


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_sentence_about_an_unknown_word_names_it_and_the_likely_one(language: str) -> None:
    found = problem_of(Text.CALL, "{{ frist_name }}")
    assert found is not None

    said = invalid(translator(language), found)

    assert "frist_name" in said
    assert "first_name" in said


@pytest.mark.parametrize("key", KEYS, ids=packed)
def test_every_text_to_begin_with_can_be_saved_reads_well_and_makes_a_whole_message(key: TemplateKey) -> None:
    subject, body = starting_text(key, NOW)
    assert (problem_of(key.text, subject, limit=200), problem_of(key.text, body)) == (None, None)
    assert "{{ greeting }}" in body
    assert "{{ closing }}" in body

    made = sample_draft(key, subject, body, "Anna Berg", NOW)

    assert not made.left_aside
    assert "{" not in made.draft.subject + made.draft.body
    assert made.draft.body.endswith("Anna Berg")
    assert findings(made.draft.body, key.language, known=(sample_title(key.language),)) == ()


@pytest.mark.parametrize("key", KEYS, ids=packed)
def test_the_key_of_a_row_survives_its_button(key: TemplateKey) -> None:
    assert unpacked(packed(key)) == key


@pytest.mark.parametrize(
    "value",
    ["", "call", "call.en.formal.never", "call.fr.formal.first", "x.en.formal.first", "call.en.x.first", "..."],
)
def test_a_value_that_is_no_key_is_none(value: str) -> None:
    assert unpacked(value) is None


def test_an_empty_word_may_be_asked_about_but_not_put_in() -> None:
    values = {"phone": "", "title": "Plan"}

    assert render_own("{% if phone %}{{ phone }}{% else %}{{ title }}{% endif %}", values) == "Plan"
    for source in ("{{ phone }}", "{{ phone|upper|trim }}", "{{ phone if title }}"):
        with pytest.raises(UnfilledError) as refused:
            render_own(source, values)
        assert refused.value.name == "phone"


def test_a_text_that_needs_an_empty_word_gives_way_to_the_products_own_and_says_which() -> None:
    made = sample_draft(KEY, "{{ title }}", "{{ phone }} {{ greeting }}", "Anna Berg", NOW)

    assert (made.left_aside, made.unfilled) == (True, "phone")
    assert "I suggest that we keep" in made.draft.body


@pytest.mark.parametrize("body", ["{% if phone %}x{% endif %}", "{{ greeting }}" * 200, "{{ gone_since }}"])
def test_a_text_that_makes_nothing_or_too_much_gives_way_too(body: str) -> None:
    made = sample_draft(KEY, "{{ title }}", body, "Anna Berg", NOW)

    assert (made.left_aside, made.unfilled) == (True, "")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("minutes == 60", True),
        ("minutes != 60", False),
        ("minutes == '60'", True),
        ("6 in minutes", True),
        ("title in 60", False),
        ("minutes == 1e999", False),
        ("title|lower == 'plan' and not phone", True),
    ],
)
def test_words_are_compared_as_they_are_read(condition: str, holds: bool) -> None:
    source = f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}"
    assert problem_of(Text.CALL, source) is None

    made = render_own(source, {"minutes": "60", "title": "Plan", "phone": ""})

    assert made == ("yes" if holds else "no")


def test_a_hundred_conditions_beside_each_other_are_not_too_deep() -> None:
    assert problem_of(Text.CALL, "{% if phone %}x{% endif %}" * 100) is None
    assert problem_of(Text.CALL, "{% if phone %}x{% elif title %}y" + "{% elif day %}z" * 100 + "{% endif %}") is None


VALUES = ["title", "minutes", "phone", "'a'", "5", "1e999", "true", "none", "title|upper", "title|trim(2)"]
BETWEEN = [" and ", " or ", " not ", " in ", " not in ", " == ", " > ", " if ", " else ", "(", ")", "-", "%"]
EXPRESSIONS = st.lists(st.sampled_from([*VALUES, *BETWEEN]), max_size=9).map("".join)


@given(expression=EXPRESSIONS, template=st.sampled_from(["{{{{ {} }}}}", "{{% if {} %}}x{{% endif %}}"]))
def test_a_text_that_may_be_saved_is_rendered_or_refused_by_name(expression: str, template: str) -> None:
    source = template.format(expression)
    if problem_of(Text.CALL, source) is None:
        for phone in ("", "+31 20 123 4567"):
            with suppress(TemplateError):
                render_own(source, dict.fromkeys(placeholders(Text.CALL), "x") | {"phone": phone})


@given(st.text(alphabet=st.sampled_from("{}%() |.[]'ifendtsloxrang_0*~\n"), max_size=60))
def test_no_source_is_too_strange_to_judge(source: str) -> None:
    if problem_of(Text.CALL, source) is None:
        made = sample_draft(KEYS[8], "x", source, "Anna Berg", NOW)
        assert made.draft.body
