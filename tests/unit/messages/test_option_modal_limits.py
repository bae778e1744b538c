"""The modals hold Slack's limits whatever was typed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.assessment import Requirement
from domain.brief import Section
from domain.decision import Draft
from domain.words import STEP_DOWNS, Option
from messages.i18n import LANGUAGES, translator
from messages.linter import LintCode, LintFinding
from messages.option_modals import OptionPage, option_modal
from tests.support.wording import EXTREMES, assert_slack_takes, everywhere, page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("option", STEP_DOWNS)
@pytest.mark.parametrize("text", EXTREMES)
def test_slack_takes_it_whatever_was_typed(text: str, option: Option, language: str) -> None:
    shown = _extreme(text, option)

    for needs, until in ((Requirement.NOTE, timedelta(hours=1)), (Requirement.CONFIRM, timedelta(days=9))):
        assessment = page(option, until=until).assessment
        view = option_modal(translator(language), replace(shown, needs=needs, assessment=assessment))
        assert_slack_takes(view, "modal")


def _extreme(text: str, option: Option) -> OptionPage:
    meeting, client, contact = everywhere(text)
    return replace(
        page(option),
        meeting=meeting,
        client=client,
        contact=contact,
        draft=Draft(language=text[:8], subject=text, body=text, to=(text,) * 5),
        lint=tuple(LintFinding(code=code, found=text[:60]) for code in LintCode) * 3,
        notice=text[:500],
        stays=(text,) * 12,
        to_writing=(text,) * 12,
        pre_read=(text,) * 12,
        as_call=True,
        phone=text,
        status=text,
        decisions_needed=text,
        sections=dict.fromkeys(Section, text),
    )
