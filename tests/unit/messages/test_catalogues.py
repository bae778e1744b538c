"""The catalogues are complete, and bringing them up to date loses nothing."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from shutil import copytree
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from messages.catalogue import extracted, lacking, main, updated, write
from messages.i18n import CATALOGUES, LANGUAGES, Translator, translator


def stored(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "meetdown.po").open("rb") as source:
        return read_po(source, locale=language)


def sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


@cache
def in_the_source() -> frozenset[object]:
    """Read once: it takes a quarter of a second."""
    return frozenset(message.id for message in sentences(extracted()))


def both(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Singular and plural, or the one there is."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_source_is_in_the_catalogue_and_no_other(language: str) -> None:
    fresh = in_the_source()
    kept = {message.id for message in sentences(stored(language))}

    assert kept - fresh == set(), "run `poe catalogues --tidy`"
    assert fresh - kept == set(), "run `poe catalogues` and translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_a_guess(language: str) -> None:
    catalogue = stored(language)

    assert lacking(catalogue) == ()
    assert not catalogue.obsolete


def test_english_says_what_the_source_says() -> None:
    assert {message.id: message.string for message in sentences(stored("en"))} == {
        sentence: sentence for sentence in in_the_source()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_use_the_placeholders_of_the_source(language: str) -> None:
    for message in sentences(stored(language)):
        allowed = set().union(*(placeholders(text) for text in both(message.id)))
        for text in both(message.string):
            assert placeholders(text) <= allowed, message.id
        assert placeholders(both(message.string)[-1]) == placeholders(both(message.id)[-1]), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_an_emoji_code(language: str) -> None:
    for message in sentences(stored(language)):
        for text in both(message.string):
            filled = re.sub(r"\{(moment|clock|when|begin|end|time|again|at)\}", "10:00", text)
            assert not re.search(r":[\w+'-]+:", filled), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_and_code_are_closed_in_every_sentence(language: str) -> None:
    for message in sentences(stored(language)):
        for text in both(message.string):
            assert text.count("*") % 2 == 0, text
            assert text.count("`") % 2 == 0, text


def source(root: Path, text: str) -> Path:
    (root / "messages").mkdir(exist_ok=True)
    (root / "messages" / "page.py").write_text(text)
    return root


def test_sentences_are_found_wherever_they_are_said(tmp_path: Path) -> None:
    source(tmp_path, 'A = N_("one" " two")\nt.mrkdwn("outer {x}", x=t.text("inner"))\nt.count("{n} a", "{n} b", 2)\n')
    (tmp_path / "messages" / "mail.html.j2").write_text("{{ _('From a template') }}")
    (tmp_path / "bot" / "listeners").mkdir(parents=True)
    (tmp_path / "bot" / "listeners" / "commands.py").write_text('HELP = N_("a line of help")')
    (tmp_path / "bot" / "doctor.py").write_text('text("SELECT 1")\nmodal.text("name")\nX = N_("marked")')
    (tmp_path / "bot" / "answers.py").write_text("""f"{caller.t.text('told' if new else 'told again')}!\"""")

    found = {message.id for message in sentences(extracted(tmp_path))}

    assert found == {
        "one two",
        "outer {x}",
        "inner",
        ("{n} a", "{n} b"),
        "From a template",
        "a line of help",
        "marked",
        "told",
        "told again",
    }


def test_a_sentence_that_goes_and_comes_back_keeps_its_translation(tmp_path: Path) -> None:
    catalogues = tmp_path / "catalogues"
    with_it = extracted(source(tmp_path, 't.text("Hello")'))
    first = updated("nl", with_it, catalogues)
    first["Hello"].string = "Hallo"
    write(first, "nl", catalogues)
    write(updated("nl", extracted(source(tmp_path, 't.text("Other")')), catalogues), "nl", catalogues)

    again = updated("nl", extracted(source(tmp_path, 't.text("Hello")')), catalogues)

    assert {message.id: message.string for message in sentences(again)} == {"Hello": "Hallo"}


def test_tidying_drops_what_is_no_longer_said(tmp_path: Path) -> None:
    catalogues = tmp_path / "catalogues"
    write(updated("en", extracted(source(tmp_path, 't.text("Hello")')), catalogues), "en", catalogues)

    gone = updated("en", extracted(source(tmp_path, 't.text("Other")')), catalogues)
    write(gone, "en", catalogues, tidy=True)

    assert "Hello" not in (catalogues / "en" / "LC_MESSAGES" / "meetdown.po").read_text()


def test_a_changed_sentence_is_not_translated_by_a_guess(tmp_path: Path) -> None:
    catalogues = tmp_path / "catalogues"
    first = updated("nl", extracted(source(tmp_path, 't.text("The meeting was moved.")')), catalogues)
    first["The meeting was moved."].string = "De afspraak is verzet."
    write(first, "nl", catalogues)

    changed = updated("nl", extracted(source(tmp_path, 't.text("The meeting was removed.")')), catalogues)

    assert lacking(changed) == ("The meeting was removed.",)


@pytest.mark.parametrize("arguments", [[], ["--tidy"]])
def test_a_run_on_finished_catalogues_changes_nothing(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "catalogues"
    copytree(CATALOGUES, copy)

    assert main(arguments, copy) == 0

    names = [Path(language) / "LC_MESSAGES" / "meetdown.po" for language in LANGUAGES]
    assert [(copy / name).read_bytes() for name in names] == [(CATALOGUES / name).read_bytes() for name in names]
    assert capsys.readouterr().out.count(" 0 to translate") == len(LANGUAGES)


def test_values_are_escaped_in_mrkdwn_and_left_alone_in_plain_text() -> None:
    t = translator("en")

    assert t.mrkdwn("With {people}", people="<!channel> & co") == "With &lt;!channel&gt; &amp; co"
    assert t.text("With {people}", people="<!channel> & co") == "With <!channel> & co"


def test_counts_choose_the_form_of_the_language() -> None:
    t = translator("nl")

    said = [t.count("{n} hour", "{n} hours", n) for n in (1, 2)]
    met = [t.count("*{n} client*", "*{n} clients*", n) for n in (0, 1, 2)]

    assert said == ["1 uur", "2 uur"]
    assert met == ["*0 klanten*", "*1 klant*", "*2 klanten*"]


def test_a_language_without_a_catalogue_is_english() -> None:
    t = translator("fr")

    assert isinstance(t, Translator)
    assert (t.language, t.text("today")) == ("en", "today")


def test_braces_in_values_stay_as_they_are() -> None:
    assert translator("en").text("With {people}", people="{client}") == "With {client}"
