"""*Why?* holds every rule with its numbers, in both languages, whatever the world is like."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessment import Facts, assess
from domain.policy import Policy
from domain.settings_behind import settings_behind
from domain.what_if import Change, Prospects, WhatIf, nearest, nearest_to_a_step_down
from domain.words import STEP_DOWNS, MeetingKind, Option, Reason, Tier, Verdict
from messages.i18n import LANGUAGES, translator
from messages.labels import option_label, verdict_label
from messages.sentences import sentence
from messages.setting_names import NAMES, settings_line
from messages.what_if_sentences import what_would_change
from messages.why_page import WhyPage, why_modal
from tests.support.judgement import any_facts, any_policy
from tests.support.wording import (
    AMSTERDAM,
    CLIENT,
    EXTREMES,
    MEETING,
    NOW,
    STARTS,
    assert_slack_takes,
    everywhere,
    texts,
)

EN, NL = translator("en"), translator("nl")
POLICY, GUESSED = Policy(), Prospects()


def page(policy: Policy = POLICY, prospects: Prospects = GUESSED, **facts: Any) -> WhyPage:
    known = Facts(**{"tier": Tier.B, "minutes": 90, "until": STARTS - NOW, **facts})
    return WhyPage(
        form_id="form-1",
        meeting=replace(MEETING, kind=known.kind),
        client=CLIENT,
        zone=AMSTERDAM,
        now=NOW,
        facts=known,
        assessment=assess(known, policy),
        policy=policy,
        kind_guessed=prospects.kind_guessed,
        changes={option: nearest(option, known, policy, prospects) for option in STEP_DOWNS},
        change_of_advice=nearest_to_a_step_down(known, policy, prospects),
    )


def shown(made: WhyPage, language: str = "en") -> str:
    return texts(why_modal(translator(language), made))


def test_the_whole_reasoning_reads_from_the_advice_to_the_numbers() -> None:
    made = shown(page(reason=Reason.CONFLICT, kind=MeetingKind.KICKOFF, step_downs_90d=2, last_five_stepped_down=2))

    for told in (
        "✓ *My advice: keep it.* None of the ways to step it down is fine for this client now.",
        "Your reason: “Two things at the same time”.",
        "*Kind of meeting: Kick-off.* That is my guess.",
        "*The client counts as tier B*\n• This client is tier B.",
        "*Make it shorter: ! Think twice*",
        "! You stepped down 2 meetings with them in the last 90 days; 2 is the most for tier B.",
        "all at their default: step-downs with a client of tier B: 2; days over which step-downs are counted: 90.",
        "*E-mail for now: ✕ Better not*",
        "! This meeting is a kick-off: that needs a conversation, not an e-mail.",
        "If I got the kind of meeting wrong and it is an ordinary one, say so above. Then it would be “think twice”.",
        "• It starts in 4 days, which is notice enough.",
        "• Budget for tier B: 2 step-downs in 90 days, of which 0 left.",
        "• 2 of the last 5 meetings with them were stepped down, which is no pattern.",
    ):
        assert told in made


def test_it_reads_in_dutch() -> None:
    made = shown(page(kind=MeetingKind.KICKOFF), "nl")

    for told in (
        "*Soort afspraak: Kick-off.* Dat schat ik zo in.",
        "*De klant telt als B-klant*",
        "Heb ik de soort afspraak verkeerd en is het een gewone, geef dat dan hierboven aan.",
        "• Budget voor een B-klant: 2 keer afschalen in 90 dagen, waarvan nog 2 over.",
    ):
        assert told in made


def test_a_number_of_the_workspaces_own_stands_beside_its_default() -> None:
    assert settings_line(EN, Policy(budget_b=1, revenue_share_lift=0.125), ["budget_b", "revenue_share_lift"]) == (
        "Settings: step-downs with a client of tier B: 1 (default 2); "
        "share of the revenue from which a client counts one tier higher: 12.5 % (default 10 %)."
    )
    assert settings_line(NL, Policy(revenue_share_lift=0.125), ["revenue_share_lift"]) == (
        "Instellingen: aandeel in de omzet vanaf waar een klant een niveau hoger telt: 12,5% (standaard 10%)."
    )
    assert settings_line(EN, Policy(budget_b=1), ["budget_b", "budget_window_days", "budget_b"]) == (
        "Settings: step-downs with a client of tier B: 1 (default 2); days over which step-downs are counted: 90."
    )
    assert settings_line(EN, Policy(), []) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", Change)
def test_each_change_can_be_said_with_what_comes_of_it(change: Change, language: str) -> None:
    t, facts = translator(language), Facts()
    found = WhatIf(change=change, facts=facts, days=3, verdict=Verdict.FINE, recommended=Option.CALL)

    fine = what_would_change(t, found, AMSTERDAM, NOW)
    better = what_would_change(t, replace(found, verdict=Verdict.THINK_TWICE), AMSTERDAM, NOW)

    assert fine != better
    assert "{" not in fine + better
    assert not set("✓!✕–") & set(fine + better.replace("!", ""))
    assert what_would_change(t, None, AMSTERDAM, NOW) not in {fine, better}


def test_waiting_names_the_moment_at_the_owners_time() -> None:
    found = WhatIf(change=Change.WAIT, facts=Facts(), days=1, verdict=Verdict.FINE, recommended=Option.SHORTER)

    assert what_would_change(EN, found, AMSTERDAM, NOW) == (
        "What would change it? Decide later (tomorrow, 10:00), when there is room for another step-down. "
        "Then it would be fine."
    )


def test_the_kind_can_be_chosen_and_says_whose_word_it_is() -> None:
    view = why_modal(EN, page(kind=MeetingKind.RENEWAL, prospects=Prospects(kind_guessed=False)))

    (chooser,) = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    assert chooser["initial_option"]["value"] == "renewal"
    assert [option["value"] for option in chooser["options"]] == list(MeetingKind)
    assert "You told me so" in texts(view)


def test_a_pattern_is_looked_for_among_as_many_meetings_as_there_were() -> None:
    assert "1 of the last 2 meetings with them was stepped down" in shown(
        page(meetings_total=2, last_five_stepped_down=1)
    )
    assert "no pattern" not in shown(page(meetings_total=0))


def test_what_is_excused_is_not_measured_by_the_budget() -> None:
    made = shown(page(reason=Reason.ILLNESS, step_downs_90d=5))

    assert "Step-downs for illness or an emergency are not held against you." in made
    assert "Budget for tier" not in made


@settings(max_examples=60, deadline=None)
@given(any_facts(), any_policy(), st.booleans())
def test_every_rule_that_applied_is_told_with_its_settings(facts: Facts, policy: Policy, guessed: bool) -> None:
    prospects = Prospects(kind_guessed=guessed, budget_eases_in=(timedelta(days=1),))
    for language in LANGUAGES:
        t = translator(language)
        made = page(policy, prospects, **{name: getattr(facts, name) for name in Facts.__dataclass_fields__})
        view = why_modal(t, made)
        read = texts(view)
        for option, judgement in made.assessment.judgements.items():
            assert f"*{option_label(t, option)}: {verdict_label(t, judgement.verdict)}*" in read
            for finding in judgement.findings:
                assert sentence(t, finding) in read
                assert all(t.text(NAMES[name]) in read for name in settings_behind(finding))
        assert_slack_takes(view, "modal")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", EXTREMES)
def test_slack_takes_it_whatever_stands_in_the_calendar(text: str, language: str) -> None:
    meeting, client, _ = everywhere(text)

    view = why_modal(translator(language), replace(page(), meeting=meeting, client=client))

    assert_slack_takes(view, "modal")
