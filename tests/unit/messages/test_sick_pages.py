"""The windows and the message of a sick day: Slack takes them whatever is in them, and nothing is lost in silence."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.decision import Decision, DecisionState, Draft, EffectState
from domain.errors import Problem
from domain.overview import Overview
from domain.sick_day import MOST_AT_ONCE, Bundle, Made, SickDay
from domain.words import STEP_DOWNS, Option, Reason
from messages.blocks import MESSAGE_TEXT_TOTAL
from messages.i18n import translator
from messages.sick_page import Days, SickPage, SickRow, nothing_to_do, offer, sick_modal
from messages.sick_page_bundle import bundle_message
from messages.sick_page_drafts import SickDraft, SickDrafts, drafts_modal
from tests.support.meeting_views import buttons, decision, effects
from tests.support.wording import (
    AMSTERDAM,
    EXTREMES,
    NOW,
    OWNER,
    TERMS,
    assert_slack_takes,
    everywhere,
    overview,
    texts,
)

EN = translator("en")
TODAY = NOW.date()
SOON = NOW + timedelta(hours=3)
OPTIONS = [*STEP_DOWNS, Option.KEEP]


def meetings(count: int, text: str = "Planning") -> list[Overview]:
    """So many of today, with `text` wherever a person can write."""
    meeting, client, contact = everywhere(text)
    return [
        overview(
            meeting=replace(
                meeting, id=f"m{number}", starts_at=SOON + timedelta(minutes=number), ends_at=SOON + timedelta(hours=2)
            ),
            client=client,
            contact=replace(contact, phone="" if number % 2 else contact.phone),
        )
        for number in range(count)
    ]


def first(rows: int, text: str = "Planning", **changes: Any) -> SickPage:
    page = SickPage(
        form_id="form-1",
        reason=Reason.ILLNESS,
        today=TODAY,
        last_day=TODAY,
        rows=tuple(
            SickRow(overview=one, options=tuple(OPTIONS), chosen=OPTIONS[number % 5], phone=text)
            for number, one in enumerate(meetings(rows, text))
        ),
        next_contact=date(2026, 11, 23),
        zone=AMSTERDAM,
        now=NOW,
    )
    return replace(page, **changes)


def bundle(made: list[tuple[Overview, Decision]], **changes: Any) -> Bundle:
    day = SickDay(reason=Reason.ILLNESS, last_day=TODAY, confirmed=True)
    known = Bundle(
        id="form-1",
        team_id="T1",
        owner=OWNER,
        day=day,
        made=tuple(
            Made(decision=one, effects=effects(mail=EffectState.DONE, calendar=EffectState.HANDED_OVER), overview=where)
            for where, one in made
        ),
    )
    return replace(known, **changes)


def all_ways(text: str = "Planning", **changes: Any) -> list[tuple[Overview, Decision]]:
    """As many as one form holds, decided on in turn in each way."""
    return [
        (one, replace(decision(OPTIONS[number % 5]), id=f"d{number}", **changes))
        for number, one in enumerate(meetings(MOST_AT_ONCE, text))
    ]


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_slack_takes_every_window_and_message_whatever_people_wrote(language: str, text: str) -> None:
    tongue = translator(language)
    page = first(MOST_AT_ONCE, text, rest=3, settled=2, days=Days.UNTIL, last_day=date(2026, 11, 27))
    drafts = SickDrafts(
        form_id="form-1",
        drafts=tuple(
            SickDraft(
                overview=one,
                option=option,
                terms=TERMS[option],
                draft=Draft(language="en", subject=text, body=text, to=("sanne@acme.example",)),
                notice=text,
                delegate_name=text,
                think_twice=True,
            )
            for one, option in zip(meetings(MOST_AT_ONCE, text), [*STEP_DOWNS] * 3, strict=False)
        ),
        kept=tuple(meetings(4, text)),
        left=tuple(meetings(4, text)),
        skipped=(Problem.MEETING_MOVED, Problem.MEETING_CANCELLED),
        zone=AMSTERDAM,
        now=NOW,
    )
    skipped = tuple((one, Problem.MEETING_MOVED) for one in meetings(2, text))
    told = bundle(all_ways(text), skipped=skipped, left=tuple(meetings(3, text)))

    assert_slack_takes(sick_modal(tongue, page), "modal")
    assert_slack_takes(offer(tongue, page), "message")
    assert_slack_takes(nothing_to_do(tongue, page), "message")
    assert_slack_takes(drafts_modal(tongue, drafts), "modal")
    assert_slack_takes(bundle_message(tongue, told, NOW, sends_mail=True), "message")


def test_where_there_is_too_much_to_say_every_meeting_is_still_told() -> None:
    def told(text: str, count: int = MOST_AT_ONCE) -> tuple[int, int, int]:
        shown = bundle_message(EN, bundle(all_ways(text)[:count]), NOW, sends_mail=True)
        said = texts(shown.blocks)
        assert len(said) < MESSAGE_TEXT_TOTAL
        sections = [one for one in shown.blocks if one["type"] == "section"]
        return len(sections) - 1, said.count("*Ring first.*"), said.count("You could say:")

    assert told("Planning", 3) == (3, 3, 3)
    assert told("R&D, B&W & more " * 10) == (10, 8, 0)
    assert told("&" * 200) == (10, 0, 0)


def test_undo_all_is_there_as_long_as_one_can_be_undone() -> None:
    made = all_ways()
    over = NOW + timedelta(days=1)
    ended = all_ways(state=DecisionState.UNDONE)

    assert buttons(bundle_message(EN, bundle(made), NOW, sends_mail=True)) == [("Undo all", "sick.undo_all")]
    assert buttons(bundle_message(EN, bundle(made), over, sends_mail=True)) == []
    assert buttons(bundle_message(EN, bundle(ended), NOW, sends_mail=True)) == []


def test_a_hand_over_that_was_declined_asks_for_another_way() -> None:
    one = meetings(1)[0]
    declined = replace(decision(Option.HANDOFF), state=DecisionState.DECLINED)

    told = texts(bundle_message(EN, bundle([(one, declined)]), NOW, sends_mail=True).blocks)

    assert "Your colleague cannot take it over: please choose another way." in told


def test_only_what_the_choices_need_is_asked() -> None:
    def asked(*chosen: Option | None) -> list[str]:
        page = first(len(chosen))
        rows = tuple(replace(row, chosen=option) for row, option in zip(page.rows, chosen, strict=True))
        view = sick_modal(EN, replace(page, rows=rows))
        return [one["block_id"].partition(".")[0] for one in view["blocks"] if one["type"] == "input"]

    always = ["reason", "sick_days"]
    assert asked(Option.SHORTER, Option.KEEP, None) == always
    assert asked(Option.EMAIL, Option.EMAIL) == [*always, "next_contact"]
    assert asked(Option.HANDOFF, Option.HANDOFF) == [*always, "delegate"]
    assert asked(Option.CALL, Option.CALL) == [*always, "sick_phone_m1"]
