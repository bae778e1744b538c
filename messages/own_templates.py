"""Templates that people write themselves: what is wrong with one, and the draft that it makes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from domain.decision import Draft
from domain.errors import Invalid, InvalidCode
from domain.wording import Template, Text
from messages.drafting import TEXT_OF
from messages.placeholders import placeholders
from messages.templating import LONGEST_OWN, TOO_DEEP, TOO_LONG, UnfilledError, names_in

LONGEST_DRAFT = 3000
"""Characters of a message, which is what a text field in Slack holds."""
OPTION_OF = {text: option for option, text in TEXT_OF.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDraft:
    """A draft, and why it is not from the template that should have made it."""

    draft: Draft
    left_aside: bool = False
    """The product's own text stands in for the template."""
    unfilled: str = ""
    """The placeholder that has nothing to say for this meeting, where that is why."""


def problem_of(text: Text, source: str, *, limit: int = LONGEST_OWN) -> Invalid | None:
    """Why this cannot be (a part of) a template for that text; None: it can."""
    if not source.strip():
        return Invalid(InvalidCode.REQUIRED)
    if len(source) > limit:
        return Invalid(InvalidCode.TOO_LONG, limit=limit)
    try:
        names = names_in(source)
    except TemplateSyntaxError as error:
        return Invalid(InvalidCode.TEMPLATE_BROKEN, line=error.lineno)
    except SecurityError as error:
        if str(error) in {TOO_DEEP, TOO_LONG}:
            return Invalid(InvalidCode.TEMPLATE_TOO_DEEP)
        return Invalid(InvalidCode.TEMPLATE_DOES_TOO_MUCH, value=str(error))
    known = placeholders(text)
    strange = next((name for name in names if name not in known), None)
    return _unknown(strange, list(known)) if strange is not None else None


def _unknown(name: str, known: Sequence[str]) -> Invalid:
    likely = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    values = {"suggestion": likely[0]} if likely else {}
    return Invalid(InvalidCode.UNKNOWN_PLACEHOLDER, value=name, **values)


def own_draft(make: Callable[[Template | None], Draft], template: Template | None) -> OwnDraft:
    """What `make` makes of the template; the product's own text where that is nothing for this meeting."""
    if template is None or template.is_reset:
        return OwnDraft(draft=make(None))
    unfilled = ""
    try:
        made = make(template)
        if made.subject and made.body and len(made.body) <= LONGEST_DRAFT:
            return OwnDraft(draft=made)
    except UnfilledError as error:
        unfilled = error.name
    except TemplateError:
        # It was checked when it was saved; a release may have taken a placeholder away since.
        unfilled = ""
    return OwnDraft(draft=make(None), left_aside=True, unfilled=unfilled)
