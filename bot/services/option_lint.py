"""The linter at work on an option's draft: with what is known of the meeting, and the fixes that the owner asks for."""

from dataclasses import replace

from bot.services.option_input import OptionInput
from domain.decision import Draft
from domain.overview import Overview
from messages.drafting import LINE
from messages.escape import cut, one_line
from messages.i18n import translator
from messages.lint_fixes import Around, changed, fix, fix_all, mark_of
from messages.lint_page import EVERYTHING, fixed_notice
from messages.linter import LintCode

SHORTEST_NAME = 3
LONGEST_NOTICE = 600


def lint_around(overview: Overview, fresh: Draft) -> Around:
    """`fresh` is the text as the template makes it now: where fixes take words from."""
    meeting, client, contact = overview.meeting, overview.client, overview.contact
    names = [overview.owner.name, *([client.name] if client else []), *([contact.name] if contact else [])]
    wanted = (contact.language if contact else "") or (client.language if client else "")
    own_names = [name for name in names if len(name) >= SHORTEST_NAME]
    return Around(
        language=fresh.language,
        known=(meeting.title, one_line(meeting.title, LINE), *own_names),
        # A client who reads German is written to in German by whoever can, though the bot cannot.
        welcome=(wanted.replace("_", "-").partition("-")[0].lower(),) if wanted else (),
        anew=fresh.body,
    )


def fixed(
    given: OptionInput, which: str, around: Around, fresh: Draft, language: str
) -> tuple[OptionInput, str] | None:
    """What was given with the finding put right that bears this mark (or all of them), and a sentence on what was done.

    None where nothing was: the text has changed since the button was drawn. `language` is the owner's.
    """
    body, subject = given.body, given.subject
    if which == EVERYTHING:
        text: str | None = fix_all(body, around)
    else:
        finding = next((one for one in around.lint(body) if mark_of(one) == which), None)
        text = fix(body, finding, around) if finding else None
        subject = fresh.subject if finding and finding.code is LintCode.WRONG_LANGUAGE else subject
    if text is None or text == body:
        return None
    notice = cut(fixed_notice(translator(language), *changed(body, text)), LONGEST_NOTICE)
    return replace(given, body=text, subject=subject), notice
