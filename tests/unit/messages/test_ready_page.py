"""The draft handed over ready to send, and what is to be changed in a calendar that can only be read."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.correction import Correction
from domain.decision import (
    CallTerms,
    Draft,
    EffectState,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    ShorterTerms,
    Terms,
    WhoRings,
)
from messages.i18n import LANGUAGES, translator
from messages.ids import Action
from messages.ready_page import calendar_sentence, correction, ready_to_send
from tests.support.wording import AMSTERDAM, CONTACT, EXTREMES, MEETING, NOW, assert_slack_takes

EN, NL = translator("en"), translator("nl")
DRAFT = Draft(language="en", subject="By phone?", body="Dear Sanne,\n\n<b> & co", to=("sanne@acme.example",))
CALL = CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER)


def test_the_text_stands_there_to_copy_with_a_link_to_the_mail_program() -> None:
    shown = ready_to_send(EN, DRAFT, CONTACT, "mailto:sanne@acme.example", "decision-1")

    assert shown.text == (
        "*Ready to send.* This message to Sanne Jansen waits for you to send it.\n"
        "To: sanne@acme.example\nSubject: By phone?\nDear Sanne,\n\n&lt;b&gt; &amp; co"
    )
    copies = [block["elements"][0]["elements"][0]["text"] for block in shown.blocks if block["type"] == "rich_text"]
    assert copies == ["By phone?", "Dear Sanne,\n\n<b> & co"]
    mail, sent = shown.blocks[-1]["elements"]
    assert (mail["action_id"], mail["url"]) == (Action.MAILTO, "mailto:sanne@acme.example")
    assert (sent["action_id"], sent["value"]) == (Action.MARK_SENT, "decision-1")


@pytest.mark.parametrize("link", ["", "mailto:" + "x" * 3000])
def test_without_a_link_that_slack_takes_there_is_only_the_text(link: str) -> None:
    shown = ready_to_send(EN, DRAFT, CONTACT, link, "decision-1")

    assert [element["action_id"] for element in shown.blocks[-1]["elements"]] == [Action.MARK_SENT]


def test_without_an_address_it_says_so() -> None:
    shown = ready_to_send(NL, replace(DRAFT, to=()), None, "", "decision-1")

    assert shown.text.splitlines()[:2] == [
        "*Klaar om te versturen.* Dit bericht aan de klant hoef je alleen nog te sturen.",
        "Ik weet hun e-mailadres niet.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", EXTREMES)
def test_slack_takes_it_whatever_was_typed(text: str, language: str) -> None:
    draft = Draft(language="en", subject=text, body=text, to=(text,) * 5)

    shown = ready_to_send(translator(language), draft, replace(CONTACT, name=text), "mailto:a@acme.example", "d")

    assert_slack_takes(shown, "message")
    assert "<!channel>" not in shown.text


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            ShorterTerms(minutes=30),
            "Change the entry in your calendar: 30 minutes, Tue 24 Nov, 10:00 to 10:30.",
        ),
        (
            ShorterTerms(minutes=30, call=CALL),
            "Change the entry in your calendar: 30 minutes, Tue 24 Nov, 10:00 to 10:30, by phone, +31 20 123 4567.",
        ),
        (CALL, "Change the entry of Tue 24 Nov, 10:00 in your calendar: by phone, +31 20 123 4567."),
        (
            EmailTerms(status="", decisions_needed="", next_contact_on=date(2026, 11, 27)),
            "Take the entry of Tue 24 Nov, 10:00 out of your calendar.",
        ),
        (
            HandoffTerms(delegate_id="U2", brief_id="b"),
            "Pass the invitation of Tue 24 Nov, 10:00 on to Noor de Wit.",
        ),
        (KeepTerms(), ""),
    ],
)
def test_the_calendar_to_do_is_one_clear_sentence(terms: Terms, said: str) -> None:
    assert calendar_sentence(EN, MEETING, terms, AMSTERDAM, NOW, "Noor de Wit") == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "terms",
    [
        ShorterTerms(minutes=30),
        ShorterTerms(minutes=30, call=CALL),
        CALL,
        EmailTerms(status="", decisions_needed="", next_contact_on=date(2026, 11, 27)),
        HandoffTerms(delegate_id="U2", brief_id="b"),
    ],
)
def test_a_time_is_never_followed_by_a_colon_as_in_the_name_of_an_emoji(terms: Terms, language: str) -> None:
    said = calendar_sentence(translator(language), MEETING, terms, AMSTERDAM, NOW, "Noor de Wit")

    assert "10:00" in said
    assert re.search(r":\S+:", said) is None


def test_the_calendar_to_do_is_in_dutch_for_who_reads_dutch() -> None:
    said = [
        calendar_sentence(NL, MEETING, terms, AMSTERDAM, NOW)
        for terms in (CALL, HandoffTerms(delegate_id="U2", brief_id="b"))
    ]

    assert said == [
        "Pas de afspraak van di 24 nov 10:00 in je agenda aan: telefonisch, +31 20 123 4567.",
        "Stuur de uitnodiging van di 24 nov 10:00 door naar je collega.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "state",
    [
        {"state": EffectState.HANDED_OVER},
        {"state": EffectState.WAITING},
        {"state": EffectState.FAILED},
        {"state": EffectState.FAILED, "in_doubt": True},
        {"state": EffectState.DONE},
        {"state": EffectState.DONE, "by_hand": True},
        {"state": EffectState.DONE, "refused": ("bob@acme.example",) * 10},
    ],
)
def test_a_correction_can_be_sent_once_and_stays_to_be_read(language: str, state: dict[str, Any]) -> None:
    kept = Correction(
        decision_id="decision-1",
        team_id="T1",
        owner_id="U1",
        draft=replace(DRAFT, body="w" * 3000),
        made_at=NOW,
        **state,
    )

    shown = correction(translator(language), kept, CONTACT, "mailto:sanne@acme.example")

    assert_slack_takes(shown, "message")
    offered = [
        element["action_id"] for block in shown.blocks for element in block.get("elements", []) if "value" in element
    ]
    sends = [Action.PUT_RIGHT, Action.MARK_SENT] if kept.state is EffectState.HANDED_OVER else [Action.MARK_SENT]
    assert offered == (sends if kept.state in {EffectState.HANDED_OVER, EffectState.FAILED} else [])
