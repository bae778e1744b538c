"""The answers to `/meetdown`."""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from domain.planned import Proposal
from domain.upcoming import Coming, Upcoming
from domain.words import Mode, Option
from messages import meeting_list
from messages.i18n import translator
from tests.support.meeting_views import LANGUAGES, buttons, decision, extreme_view, upcoming, view
from tests.support.wording import AMSTERDAM, EXTREMES, NOW, STARTS, assert_slack_takes, texts

EN, NL = translator("en"), translator("nl")
ALL_SIX = ["Make it a call", "Make it shorter", "E-mail for now", "Hand over", "Keep it", "Remind me later"]
PROPOSAL = Proposal(
    team_id="T1", domain="globex.example", sample_email="hank@globex.example", member_id="U1", seen_at=NOW
)


def lines(count: int, **changes: Any) -> tuple[Upcoming, ...]:
    return tuple(upcoming(number, **changes) for number in range(count))


def found(*meetings: Upcoming, **changes: Any) -> Coming:
    return replace(Coming(meetings=meetings, total=len(meetings), has_calendar=True), **changes)


def test_a_short_list_has_the_buttons_of_each_meeting() -> None:
    made = meeting_list.coming(EN, found(*lines(2), total=2), AMSTERDAM, NOW)

    assert made.text.splitlines() == [
        "*2 client meetings are coming up.*",
        "*Acme* · tier B · Website refresh",
        "Tue 24 Nov, 10:00 to 11:30 (90 min)",
        "*Acme* · tier B · Website refresh",
        "Wed 25 Nov, 10:00 to 11:30 (90 min)",
    ]
    assert [label for label, _ in buttons(made)] == ALL_SIX * 2


def test_a_long_list_has_them_for_the_nearest_ones_and_says_how_to_find_the_rest() -> None:
    made = meeting_list.coming(EN, found(*lines(50), total=63), AMSTERDAM, NOW)

    assert [label for label, _ in buttons(made)] == ALL_SIX * 3 + ["Options…"] * 7
    assert made.text.splitlines()[0] == "*63 client meetings are coming up.*"
    assert "And 53 more: find them with `/meetdown` and a name, such as `/meetdown acme`." in made.text


def test_a_meeting_that_is_decided_on_shows_what_was_decided() -> None:
    line = upcoming(0, terms=decision(Option.SHORTER).terms)

    made = meeting_list.coming(NL, found(line), AMSTERDAM, NOW)

    assert made.text.splitlines()[-1] == "✓ Korter: 30 min in plaats van 90, 10:00 tot 10:30"
    assert buttons(made) == [("Bekijken", "meeting.chosen")]


def test_a_list_offers_no_call_instead_of_a_call_and_nothing_below_the_shortest() -> None:
    short = upcoming(0, mode=Mode.CALL, ends_at=STARTS + timedelta(minutes=15))

    made = meeting_list.coming(EN, found(short), AMSTERDAM, NOW)

    assert [label for label, _ in buttons(made)] == ["E-mail for now", "Hand over", "Keep it", "Remind me later"]


def test_a_list_ends_with_the_domains_that_may_be_clients() -> None:
    made = meeting_list.coming(EN, found(*lines(1), proposals=(PROPOSAL,) * 3), AMSTERDAM, NOW)

    assert buttons(made)[6:] == [("Add as a client", "proposal.add"), ("Not a client", "proposal.dismiss")] * 2


def test_the_list_is_quick() -> None:
    listed = found(*lines(50))

    def once() -> float:
        began = perf_counter()
        meeting_list.coming(NL, listed, AMSTERDAM, NOW)
        return perf_counter() - began

    assert min(once() for _ in range(20)) < 0.001


def test_the_one_that_matches_is_shown_with_advice_and_buttons() -> None:
    made = meeting_list.one(EN, view(), NOW)

    assert made.text.startswith("*Acme* · tier B · Website refresh\n")
    assert [label for label, _ in buttons(made)] == ["Why?", *ALL_SIX]
    assert "My advice: make it shorter." in texts(made)


def test_the_one_that_matches_shows_its_state_once_decided() -> None:
    made = meeting_list.one(EN, view(decision=decision(Option.CALL)), NOW)

    assert "✓ *A call instead. You ring +31 20 123 4567.*" in made.text


def test_the_one_that_matches_may_be_over() -> None:
    made = meeting_list.one(EN, view(), STARTS)

    assert made.text == "Acme · Website refresh has started already, so there is nothing left to step down."
    assert buttons(made) == []


def test_several_matches_are_a_choice() -> None:
    made = meeting_list.choice(NL, "acme", lines(2), AMSTERDAM, NOW)

    assert made.text.splitlines()[0] == "Bij “acme” passen meerdere afspraken. Welke bedoel je?"
    assert buttons(made) == [("Opties…", "meeting.chosen")] * 2


def test_too_many_matches_ask_for_another_word() -> None:
    made = meeting_list.choice(EN, "acme", lines(20), AMSTERDAM, NOW)

    assert len(buttons(made)) == meeting_list.SHOWN
    assert "add a word of the title" in texts(made)


def test_no_match_says_what_was_looked_for_and_what_to_try() -> None:
    with_calendar = meeting_list.nothing(EN, "initech", NOW, True)
    without = meeting_list.nothing(EN, "initech", NOW, False)

    assert with_calendar.text.splitlines()[0] == "I find no coming client meeting for “initech”."
    assert "`/meetdown new`" in with_calendar.text
    assert buttons(with_calendar) == []
    assert buttons(without)[0] == ("Connect your calendar", "calendar.connect")


def test_an_empty_list_offers_the_next_step() -> None:
    assert buttons(meeting_list.empty(EN, False)) == [
        ("Connect your calendar", "calendar.connect"),
        ("Enter a meeting", "meeting.new"),
    ]
    assert buttons(meeting_list.empty(EN, True)) == [("Enter a meeting", "meeting.new"), ("Add a client", "client.add")]
    assert meeting_list.coming(EN, found(), AMSTERDAM, NOW) == meeting_list.empty(EN, True)


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_list(text: str, language: str) -> None:
    t, seen = translator(language), extreme_view(text)
    terms = decision(Option.HANDOFF).terms
    many = tuple(
        upcoming(number, title=text, client_name=text, terms=terms if number % 3 == 0 else None) for number in range(60)
    )
    unknown = upcoming(1, client_name=None, tier=None, attendees=seen.meeting.attendees)
    proposal = replace(PROPOSAL, domain=text or "a.example", sample_email=text)

    made = [
        meeting_list.coming(t, found(*many), AMSTERDAM, NOW),
        meeting_list.coming(t, found(*many[1:3], unknown), text, NOW),
        meeting_list.choice(t, text, many, AMSTERDAM, NOW),
        meeting_list.nothing(t, text, NOW, False),
        meeting_list.one(t, seen, NOW),
    ]
    if 0 < len(text) <= 253:
        made.append(meeting_list.coming(t, found(*many, proposals=(proposal,) * 2), AMSTERDAM, NOW))

    for item in made:
        assert_slack_takes(item, "message")
        assert "<" not in texts(item)
