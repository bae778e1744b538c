"""What the linter found in a draft, below its text in a modal, with the offers to put it right."""

from collections.abc import Iterator, Sequence

from messages import blocks
from messages.blocks import Block
from messages.escape import escape
from messages.i18n import Translator
from messages.ids import Action
from messages.labels import language_label
from messages.lint_fixes import mark_of
from messages.linter import LintCode, LintFinding, lint_sentence

EVERYTHING = "all"
"""Value of the button that puts everything right at once."""
MOST_SHOWN = 6


def lint_blocks(
    t: Translator, found: Sequence[LintFinding], fixes: Sequence[LintFinding], language: str
) -> Iterator[Block]:
    """`fixes` are those that can be put right; `language` is the client's."""
    for finding in found[:MOST_SHOWN]:
        sentence = t.mrkdwn("! {warning}", warning=lint_sentence(t, finding))
        if finding not in fixes:
            yield blocks.context(sentence)
        elif finding.code is LintCode.WRONG_LANGUAGE:
            yield blocks.section(sentence, accessory=_anew(t, finding, language))
        else:
            button = blocks.button(t.text("Fix this"), action_id=Action.LINT_FIX, value=mark_of(finding))
            yield blocks.section(sentence, accessory=button)
    if len(found) > MOST_SHOWN:
        more = len(found) - MOST_SHOWN
        yield blocks.context(escape(t.count("And {n} more.", "And {n} more.", more)))
    if sum(finding.code is not LintCode.WRONG_LANGUAGE for finding in fixes) > 1:
        yield blocks.actions([blocks.button(t.text("Fix all"), action_id=Action.LINT_FIX, value=EVERYTHING)])


def fixed_notice(t: Translator, gone: Sequence[str], came: Sequence[str]) -> str:
    """Plain text: what was done to the owner's words."""
    said = []
    if gone:
        said.append(t.text("Taken out: {sentences}", sentences=_quoted(gone)))
    if came:
        said.append(t.text("Put in: {sentences}", sentences=_quoted(came)))
    return " · ".join(said) or t.text("Done.")


def _anew(t: Translator, finding: LintFinding, language: str) -> Block:
    name = language_label(t, language)
    return blocks.button(
        t.text("Write it in {language}", language=name),
        action_id=Action.LINT_FIX,
        value=mark_of(finding),
        confirm=blocks.confirm(
            title=t.text("Write it anew?"),
            text=t.text(
                "The template's text in {language} takes the place of what stands in the field.", language=name
            ),
            yes=t.text("Write it anew"),
            no=t.text("Leave it"),
        ),
    )


def _quoted(sentences: Sequence[str]) -> str:
    return " ".join(f"“{sentence}”" for sentence in sentences)
