"""Help, the welcome, and words that are no command."""

import pytest

from messages import help_page
from messages.help_page import HelpLine
from messages.i18n import translator
from tests.support.meeting_views import LANGUAGES, buttons
from tests.support.wording import EXTREMES, assert_slack_takes, texts

EN, NL = translator("en"), translator("nl")


def test_help_lists_the_commands_and_translates_their_sentences() -> None:
    made = help_page.help_message(NL, [HelpLine(usage="/meetdown <words>", sentence="Good to know")])

    lines = made.text.splitlines()
    assert lines[0].startswith("*Lukt een klantafspraak niet?*")
    assert lines[5] == "`/meetdown &lt;words&gt;` Goed om te weten"
    assert lines[-1].startswith("Ik herinner je op tijd")


def test_help_names_the_four_ways() -> None:
    made = help_page.help_message(EN, [])

    assert all(word in made.text for word in ("Make it a call", "Make it shorter", "E-mail for now", "Hand over"))


def test_the_welcome_says_what_to_do_first() -> None:
    made = help_page.welcome(EN)

    assert made.text.startswith("*Hello, I am Meetdown.*")
    assert buttons(made) == [("Connect your calendar", "calendar.connect"), ("Enter a meeting", "meeting.new")]


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_help(text: str, language: str) -> None:
    t = translator(language)
    made = [help_page.help_message(t, [HelpLine(usage=text, sentence="Good to know")] * 20), help_page.welcome(t)]

    for item in made:
        assert_slack_takes(item, "message")
        assert "<" not in texts(item)
