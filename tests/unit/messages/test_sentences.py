"""Every rule of the judgement is a sentence in each language."""

import pytest
from hypothesis import given

from domain.assessment import Facts, Finding, Rule, assess
from domain.policy import Policy
from domain.words import Formality, MeetingKind, Mode, Option, Reason, Tier, Verdict
from messages.i18n import translator
from messages.labels import (
    formality_label,
    kind_label,
    kind_name,
    language_label,
    mode_label,
    option_label,
    option_name,
    reason_label,
    tier_label,
    verdict_label,
)
from messages.sentences import SENTENCES, sentence
from tests.support.judgement import any_facts, any_policy
from tests.support.meeting_views import LANGUAGES, RULE_VALUES

EN, NL = translator("en"), translator("nl")


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_said_in_both_languages(rule: Rule) -> None:
    finding = Finding(rule=rule, values=RULE_VALUES)

    english, dutch = sentence(EN, finding), sentence(NL, finding)

    for said in (english, dutch):
        assert said[0].isupper() or said[0].isdigit()
        assert said.endswith(".")
        assert "{" not in said
    assert english != dutch


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(Rule)


@given(any_facts(), any_policy())
def test_whatever_is_judged_can_be_said(facts: Facts, policy: Policy) -> None:
    judged = assess(facts, policy)
    findings = [*judged.findings, judged.recommended_because]
    findings += [finding for judgement in judged.judgements.values() for finding in judgement.findings]

    for t in (EN, NL):
        for finding in findings:
            assert sentence(t, finding)


@pytest.mark.parametrize(
    ("rule", "values", "english", "dutch"),
    [
        (
            Rule.BUDGET_USED,
            {"tier": Tier.A, "step_downs": 0, "budget": 0, "days": 90},
            "Every step-down with a client of tier A needs a second thought here.",
            "Bij een A-klant vraagt elke keer afschalen hier om twee keer nadenken.",
        ),
        (
            Rule.TIER_RENEWAL,
            {"days": 1, "limit_days": 90, "from_tier": Tier.B, "to_tier": Tier.A},
            "The contract is up for renewal in 1 day, so they count as A instead of B.",
            "Het contract moet over 1 dag worden verlengd, dus telt deze klant als A in plaats van B.",
        ),
        (
            Rule.TIER_REVENUE,
            {"share_percent": 12.5, "limit_percent": 10.0, "from_tier": Tier.B, "to_tier": Tier.A},
            "They bring in 12.5 % of the revenue, so they count as A instead of B.",
            "Deze klant is goed voor 12,5% van de omzet en telt daarom als A in plaats van B.",
        ),
        (
            Rule.RING_FIRST,
            {"hours": 1, "minutes": 119, "limit_hours": 24},
            "It starts in 119 minutes: ring the client first, before you send anything.",
            "De afspraak begint over 119 minuten: bel de klant eerst, voordat je iets stuurt.",
        ),
        (
            Rule.TOO_LATE,
            {"hours": 2, "minutes": 125, "limit_hours": 2, "option": Option.CALL},
            "It starts in 2 hours, which is too late for a call instead: the client may be on the way.",
            "De afspraak begint over 2 uur; dat is te laat voor een belafspraak, want de klant kan al onderweg zijn.",
        ),
        (
            Rule.BASE_BLOCKED,
            {"tier": Tier.B, "option": Option.EMAIL, "reason": Reason.RATHER_NOT},
            "With tier B, “I would rather not” is not enough of a reason for an e-mail instead.",
            "Bij een B-klant is “Ik doe het liever niet” niet genoeg reden voor een e-mail in plaats daarvan.",
        ),
    ],
)
def test_sentences_read_like_this(rule: Rule, values: dict[str, str | int | float], english: str, dutch: str) -> None:
    finding = Finding(rule=rule, values=values)

    assert (sentence(EN, finding), sentence(NL, finding)) == (english, dutch)


def test_the_judgement_of_the_product_gives_its_reasons_in_dutch() -> None:
    judged = assess(Facts(tier=Tier.A, kind=MeetingKind.RENEWAL), Policy())

    said = [sentence(NL, finding) for finding in judged.judgements[Option.EMAIL].findings]

    assert said == [
        "Bij een A-klant en met deze reden kan een e-mail in plaats daarvan je goodwill kosten.",
        "Deze afspraak is over de contractverlenging: dat vraagt om een gesprek, niet om een e-mail.",
    ]


def test_buttons_hold_the_words_that_people_look_for() -> None:
    labels = {option: option_label(EN, option) for option in Option}

    assert labels == {
        Option.SHORTER: "Make it shorter",
        Option.CALL: "Make it a call",
        Option.HANDOFF: "Hand over",
        Option.EMAIL: "E-mail for now",
        Option.KEEP: "Keep it",
    }


def test_verdicts_begin_with_a_sign_of_their_own() -> None:
    for language in LANGUAGES:
        signs = [verdict_label(translator(language), verdict)[0] for verdict in Verdict]
        assert signs == ["✓", "!", "✕", "–"]


def test_every_word_has_a_label_in_both_languages() -> None:
    for t in (EN, NL):
        labels = [reason_label(t, reason) for reason in Reason] + [kind_label(t, kind) for kind in MeetingKind]
        labels += [kind_name(t, kind) for kind in MeetingKind] + [mode_label(t, mode) for mode in Mode]
        labels += [option_name(t, option) for option in Option] + [tier_label(t, tier) for tier in Tier]
        labels += [formality_label(t, formality) for formality in Formality]
        assert all(0 < len(label) <= 75 for label in labels)
        assert len(set(labels)) == len(labels)


def test_a_language_without_a_name_is_its_code() -> None:
    assert [language_label(NL, code) for code in ("en", "nl", "fr")] == ["Engels", "Nederlands", "fr"]
