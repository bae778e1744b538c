"""What a submitted option has to pass: the text to the client, and the warning that was shown."""

from collections.abc import Sequence

from bot.services.option_input import Errors, OptionInput
from domain.assessment import Requirement
from domain.errors import DomainError, Invalid, InvalidCode, Problem
from domain.overview import Overview
from domain.words import Option, Verdict
from messages import linter

MOST_SUBJECT = 200


def verdict_of(overview: Overview, option: Option, given: OptionInput) -> Verdict:
    """A shorter call is as bad as the worse of the two."""
    if option is Option.SHORTER and given.as_call:
        return overview.assessment.together(Option.SHORTER, Option.CALL).verdict
    return overview.assessment.for_option(option).verdict


def check_draft(given: OptionInput, *, needs_address: bool, known: Sequence[str] = ()) -> Errors:
    """`known` are texts that are not the owner's to change: a title may hold brackets."""
    errors: Errors = {}
    if not given.subject:
        errors["subject"] = Invalid(InvalidCode.REQUIRED)
    elif len(given.subject) > MOST_SUBJECT:
        errors["subject"] = Invalid(InvalidCode.TOO_LONG, limit=MOST_SUBJECT)
    if not given.body:
        errors["body"] = Invalid(InvalidCode.REQUIRED)
    for name, text in (("subject", given.subject), ("body", given.body)):
        unfilled = next((f.found for f in linter.findings(text, "en", known=known) if f.found.startswith("{")), "")
        if unfilled:
            errors[name] = Invalid(InvalidCode.UNFILLED_PLACEHOLDER, value=unfilled)
    if needs_address:
        errors["to"] = Invalid(InvalidCode.NO_RECIPIENT)
    return errors


def check_override(given: OptionInput, needs: Requirement, *, shown: Requirement) -> Errors:
    """A warning that the form has not shown yet is shown first, not held against the owner."""
    if needs is Requirement.IMPOSSIBLE:
        raise DomainError(Problem.OPTION_NOT_AVAILABLE)
    if needs is not shown:
        return {}
    if needs is Requirement.CONFIRM and not given.confirmed:
        return {"confirm": Invalid(InvalidCode.CONFIRM_FIRST)}
    if needs is Requirement.NOTE and not given.note:
        return {"note": Invalid(InvalidCode.NOTE_REQUIRED)}
    return {}
