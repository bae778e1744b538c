"""Every message that the product's templates make, whole, as plain text and as HTML.

`UPDATE_SNAPSHOTS=1 uv run pytest tests/unit/messages/test_draft_snapshots.py` writes the files anew: read what changed
as the client would, before it is committed.
"""

import re

import pytest

from domain.words import Formality, Mode, Option
from messages import linter
from messages.drafting import html
from tests.support.drafts import LANGUAGES, Combination, combinations, made
from tests.support.snapshots import stored
from tests.support.wording import TERMS

ALL = list(combinations())
FAMILIAR = {"en": r"(?!)", "nl": r"\b(?:je|jou|jouw|jij|hoi)\b"}
POLITE = {"en": r"\bdear\b", "nl": r"\b(?:u|uw)\b"}


@pytest.mark.parametrize("option", TERMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_draft_reads_as_it_is_kept(language: str, option: Option) -> None:
    texts = []
    for combination in ALL:
        draft = made(option, language, combination)
        texts.append(f"## {combination.name}\n\n{draft.subject}\n\n{draft.body}\n")

    text = "\n".join(texts)

    assert text == stored(f"drafts/{language}/{option.value}.txt", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_and_video_meetings_are_called_what_they_are(language: str) -> None:
    """A call cannot become a call: that option is not offered for one."""
    texts = []
    for mode in (Mode.VIDEO, Mode.CALL):
        for option in [option for option in TERMS if (option, mode) != (Option.CALL, Mode.CALL)]:
            for combination in [one for one in ALL if one.contact and not one.slots]:
                draft = made(option, language, combination, mode)
                texts.append(
                    f"## {mode.value}, {option.value}, {combination.name}\n\n{draft.subject}\n\n{draft.body}\n"
                )
    text = "\n".join(texts)

    assert text == stored(f"drafts/{language}/modes.txt", text)


@pytest.mark.parametrize("option", TERMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_draft_reads_as_html_as_it_is_kept(language: str, option: Option) -> None:
    parts = [f"<!-- {one.name} -->\n{html(made(option, language, one).body, language)}\n" for one in ALL]

    text = "\n".join(parts)

    assert text == stored(f"drafts/{language}/{option.value}.html", text)


@pytest.mark.parametrize("combination", ALL, ids=[one.name for one in ALL])
@pytest.mark.parametrize("option", TERMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_draft_of_ours_needs_a_second_look(language: str, option: Option, combination: Combination) -> None:
    draft = made(option, language, combination)
    text = f"{draft.subject}\n{draft.body}"

    assert linter.findings(text, language) == ()
    assert not re.search(
        r" {2,}| [.,:;?)]|\n{3,}|[.,:;?!]{2,}|\( |^\s*$", draft.body.replace("\n\n", "¶"), re.MULTILINE
    )
    other = FAMILIAR if combination.formality is Formality.FORMAL else POLITE
    assert re.findall(other[language], text, re.IGNORECASE) == []


@pytest.mark.parametrize("option", TERMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_hears_from_us_for_the_first_time_is_told_more(language: str, option: Option) -> None:
    for combination in ALL:
        if combination.first_contact:
            first = made(option, language, combination).body
            later = Combination(
                formality=combination.formality,
                first_contact=False,
                slots=combination.slots,
                contact=combination.contact,
            )
            assert len(first) > len(made(option, language, later).body)
