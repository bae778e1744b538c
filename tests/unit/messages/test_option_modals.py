"""The modal of each option: what stands in it, in which order, and that Slack takes it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.assessment import Facts, Requirement, assess
from domain.brief import REQUIRED_SECTIONS, Section
from domain.decision import Draft, WhoRings
from domain.member import Member
from domain.policy import Policy
from domain.words import STEP_DOWNS, Mode, Option, Reason, Tier
from messages.from_overview import script_of
from messages.i18n import translator
from messages.ids import VALUE, Action, Field, View, numbered
from messages.linter import LintCode, LintFinding
from messages.option_modals import option_modal
from tests.support.wording import CLIENT, CONTACT, MEETING, NOW, assert_slack_takes, overview, page, texts

EN, NL = translator("en"), translator("nl")
SECTION_IDS = [f"brief_{section.value}" for section in Section]


def ids(view: dict[str, Any]) -> list[str]:
    """Block ids of the inputs, in order."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(block for block in view["blocks"] if block.get("block_id") == name)
    return found


def lines(view: dict[str, Any]) -> list[str]:
    """The texts between the fields."""
    shown = []
    for block in view["blocks"]:
        shown += [block["text"]["text"]] if block["type"] == "section" else []
        shown += [element["text"] for element in block["elements"]] if block["type"] == "context" else []
    return shown


@pytest.mark.parametrize(
    ("option", "own"),
    [
        (Option.SHORTER, ["length", "stays", "to_writing", "pre_read", "as_call"]),
        (Option.CALL, ["phone", "who_rings", "pre_read"]),
        (Option.EMAIL, ["status", "decisions_needed", "next_contact", "serious", "call_on"]),
        (Option.HANDOFF, ["delegate", *SECTION_IDS]),
    ],
)
def test_each_option_asks_for_its_own_between_the_reason_and_the_message(option: Option, own: list[str]) -> None:
    view = option_modal(EN, page(option, edition=3, needs=Requirement.NONE))

    assert ids(view) == ["reason", *own, "to", "subject.3", "body.3"]
    assert (view["callback_id"], view["private_metadata"]) == (View.OPTION, "form-1")


def test_the_meeting_the_verdict_and_what_happens_stand_between_the_fields() -> None:
    assert lines(option_modal(EN, page(Option.SHORTER, mail_will_be_sent=True))) == [
        "*Acme* · tier B · Website refresh\nTue 24 Nov, 10:00 to 11:30 (90 min)\nAcme, Keizersgracht 1",
        "*✓ Fine*\n• With tier B and this reason, a shorter meeting is fine.",
        "*The message to the client*, in English",
        "The e-mail goes out in your name as soon as you confirm. Answers come to you.",
    ]


def test_what_holds_for_the_meeting_as_a_whole_stands_under_the_verdict() -> None:
    judged = assess(Facts(tier=Tier.B, open_complaint=True, last_five_stepped_down=3), Policy())

    said = lines(option_modal(EN, page(Option.SHORTER, assessment=judged)))[2]

    assert said.startswith("They have an open complaint, so they count as A instead of B.\n3 of the last 5 meetings")


def test_the_advice_is_named_where_it_is_another_option() -> None:
    said = lines(option_modal(EN, page(Option.EMAIL)))

    assert said[1].startswith("*! Think twice*\n• ")
    assert said[2].startswith("*My advice: make it shorter.* ")


@pytest.mark.parametrize(
    ("option", "sent", "label", "dutch"),
    [
        (Option.CALL, True, "Send the e-mail", "Verstuur de e-mail"),
        (Option.CALL, False, "Decide and get the text", "Beslis en toon de tekst"),
        (Option.HANDOFF, True, "Ask my colleague", "Vraag mijn collega"),
        (Option.HANDOFF, False, "Ask my colleague", "Vraag mijn collega"),
    ],
)
def test_the_button_says_what_will_happen(option: Option, sent: bool, label: str, dutch: str) -> None:
    shown = page(option, mail_will_be_sent=sent)

    assert option_modal(EN, shown)["submit"]["text"] == label
    assert option_modal(NL, shown)["submit"]["text"] == dutch
    assert field(option_modal(EN, shown), "to")["optional"] is not sent


def test_what_changes_more_than_itself_is_sent_at_once() -> None:
    views = [option_modal(EN, page(option, as_call=True)) for option in STEP_DOWNS]

    sent = {
        (block["block_id"], block["element"]["action_id"])
        for view in views
        for block in view["blocks"]
        if block["type"] == "input" and block["dispatch_action"]
    }
    assert sent == {
        (Field.REASON, Action.REASON),
        (Field.LENGTH, Action.LENGTH),
        (Field.AS_CALL, Action.AS_CALL),
        (Field.WHO_RINGS, Action.WHO_RINGS),
        (Field.DELEGATE, Action.DELEGATE),
    }
    silent = {
        block["element"]["action_id"]
        for view in views
        for block in view["blocks"]
        if block["type"] == "input" and not block["dispatch_action"]
    }
    assert silent == {VALUE}


def test_the_lengths_say_when_the_meeting_would_end() -> None:
    element = field(option_modal(NL, page(Option.SHORTER, lengths=(60, 30), length=60)), "length")["element"]

    assert [choice["text"]["text"] for choice in element["options"]] == [
        "60 minuten (10:00 tot 11:00)",
        "30 minuten (10:00 tot 10:30)",
    ]
    assert element["initial_option"]["value"] == "60"


def test_without_lengths_of_its_own_a_page_offers_those_below_the_present_one() -> None:
    element = field(option_modal(EN, page(Option.SHORTER)), "length")["element"]

    assert [choice["value"] for choice in element["options"]] == ["60", "45", "30", "20", "15"]
    assert element["initial_option"]["value"] == "15"


def test_agenda_points_stand_one_a_line() -> None:
    assert field(option_modal(EN, page(Option.SHORTER)), "stays")["element"]["initial_value"] == "Launch date\nBudget"


def test_a_shorter_call_asks_for_the_number_and_is_judged_as_both() -> None:
    view = option_modal(EN, page(Option.SHORTER, as_call=True))

    assert ids(view)[1:8] == ["length", "stays", "to_writing", "pre_read", "as_call", "phone", "who_rings"]
    assert lines(view)[1] == (
        "*✓ Fine*\n• With tier B and this reason, a shorter meeting is fine."
        "\n• With tier B and this reason, a call instead is fine."
    )


def test_a_meeting_that_is_a_call_is_not_asked_whether_it_should_be_one() -> None:
    view = option_modal(EN, page(Option.SHORTER, meeting=replace(MEETING, mode=Mode.CALL)))

    assert "as_call" not in ids(view)


def test_the_number_is_shown_to_be_read_and_who_rings_is_chosen() -> None:
    view = option_modal(EN, page(Option.CALL, who_rings=WhoRings.CONTACT))

    assert field(view, "phone")["element"]["initial_value"] == "+31 20 123 4567"
    chosen = field(view, "who_rings")["element"]["initial_option"]
    assert (chosen["value"], chosen["text"]["text"]) == ("contact", "Sanne Jansen rings me")


def test_without_a_contact_the_client_is_named() -> None:
    view = option_modal(NL, page(Option.CALL, contact=None, phone=""))

    assert field(view, "phone")["label"]["text"] == "Telefoonnummer van de klant"
    choices = field(view, "who_rings")["element"]["options"]
    assert [choice["text"]["text"] for choice in choices] == ["Ik bel de klant", "De klant belt mij"]


def test_an_email_keeps_what_was_filled_in() -> None:
    view = option_modal(
        EN,
        page(
            Option.EMAIL,
            status="Built.",
            decisions_needed="Photo?",
            next_contact=date(2026, 11, 27),
            serious=True,
            call_on=date(2026, 11, 25),
        ),
    )

    assert field(view, "status")["element"]["initial_value"] == "Built."
    assert field(view, "decisions_needed")["element"]["initial_value"] == "Photo?"
    assert field(view, "next_contact")["element"]["initial_date"] == "2026-11-27"
    assert field(view, "serious")["element"]["initial_options"][0]["value"] == "yes"
    assert field(view, "call_on")["element"]["initial_date"] == "2026-11-25"


@pytest.mark.parametrize(
    ("reason", "needed"),
    [(Reason.WORKLOAD, set(REQUIRED_SECTIONS)), (Reason.ILLNESS, set()), (Reason.EMERGENCY, set())],
)
def test_the_required_sections_must_be_filled_in_unless_there_is_no_time(reason: Reason, needed: set[Section]) -> None:
    view = option_modal(EN, page(Option.HANDOFF, reason=reason, delegate_id="U2", sections={Section.GOAL: "A date."}))

    assert {s for s in Section if not field(view, f"brief_{s.value}")["optional"]} == needed
    assert field(view, "brief_goal")["element"]["initial_value"] == "A date."
    assert field(view, "delegate")["element"]["initial_user"] == "U2"


@pytest.mark.parametrize(
    ("needs", "last"),
    [(Requirement.NONE, numbered("body", 1)), (Requirement.CONFIRM, "confirm"), (Requirement.NOTE, "note")],
)
def test_going_on_all_the_same_takes_a_tick_or_a_note(needs: Requirement, last: str) -> None:
    assert ids(option_modal(EN, page(Option.EMAIL, needs=needs)))[-1] == last


def test_an_option_that_is_not_possible_says_why_and_has_nothing_to_submit() -> None:
    facts = Facts(tier=Tier.B, mode=Mode.CALL)
    view = option_modal(EN, page(Option.CALL, assessment=assess(facts, Policy()), needs=Requirement.IMPOSSIBLE))

    assert "submit" not in view
    assert lines(view)[1] == "*– Not possible*\n• It is a call already."
    assert ids(view) == []
    assert_slack_takes(view, "modal")


def test_a_shorter_call_that_cannot_be_a_call_can_still_be_unticked() -> None:
    view = option_modal(EN, page(Option.SHORTER, as_call=True, needs=Requirement.IMPOSSIBLE))

    assert "as_call" in ids(view)
    assert "submit" in view


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (
            timedelta(hours=20),
            "*Ring first*, then send the message. Sanne Jansen: +31 20 123 4567.\nYou could say:\n&gt; Hello, this is",
        ),
        (timedelta(hours=30), "*Ring as well.* Sanne Jansen: +31 20 123 4567.\nYou could say:\n&gt; Hello, this is"),
    ],
)
def test_at_short_notice_it_says_whom_to_ring_and_what_to_say(until: timedelta, said: str) -> None:
    script = script_of(overview(), Option.CALL, NOW)
    view = option_modal(EN, page(Option.CALL, until=until, script=script))
    said_there = [text for text in lines(view) if text.startswith("*Ring")]

    assert len(said_there) == 1
    assert said_there[0].endswith(f"\nTo the voicemail:\n&gt; {script.voicemail}")
    assert said_there[0].startswith(said)


def test_the_words_for_the_phone_are_in_the_clients_language() -> None:
    script = script_of(overview(client=replace(CLIENT, language="nl")), Option.CALL, NOW)

    view = option_modal(EN, page(Option.CALL, until=timedelta(hours=20), script=script))

    assert "You could say:\n&gt; Goedendag, u spreekt met Robin Visser. Spreek ik met Sanne Jansen?" in texts(view)


def test_a_draft_made_anew_has_new_names_and_a_notice() -> None:
    first, second = page(Option.CALL), page(Option.CALL, edition=2, notice="Made anew & checked?")

    assert ids(option_modal(EN, first))[-2:] == ["subject.1", "body.1"]
    view = option_modal(EN, second)
    assert ids(view)[-2:] == ["subject.2", "body.2"]
    assert "! Made anew &amp; checked?" in lines(view)


def test_the_draft_and_its_recipients_can_be_edited() -> None:
    draft = Draft(language="nl", subject="Bellen?", body="Beste Sanne,", to=("a@acme.example", "b@acme.example"))

    view = option_modal(NL, page(Option.CALL, draft=draft))

    assert field(view, "to")["element"]["initial_value"] == "a@acme.example, b@acme.example"
    assert field(view, "subject.1")["element"]["initial_value"] == "Bellen?"
    assert field(view, "body.1")["element"]["initial_value"] == "Beste Sanne,"
    assert "*Het bericht aan de klant*, in het Nederlands" in lines(view)


def test_what_the_linter_found_stands_under_the_message() -> None:
    lint = (LintFinding(code=LintCode.EXCUSE, found="too <busy>"), LintFinding(code=LintCode.APOLOGIES))

    view = option_modal(EN, page(Option.CALL, lint=lint))

    said = [line for line in lines(view) if line.startswith("! ")]
    assert said == [
        "! “too &lt;busy&gt;” tells the client that something else comes first. Better leave it out.",
        "! It apologises more than once. One apology is enough.",
    ]


def test_where_no_number_is_known_it_says_so() -> None:
    quiet = replace(CONTACT, phone="")

    said = texts(option_modal(EN, page(Option.EMAIL, until=timedelta(hours=20), contact=quiet)))

    assert "*Ring first*, then send the message. I have no number for Sanne Jansen." in said


def test_where_a_manager_has_to_approve_the_form_says_so_before_it_is_submitted() -> None:
    cara = Member(team_id="T1", user_id="U0CARA", name="Cara Smit")

    view = option_modal(EN, page(Option.EMAIL, reason=Reason.RATHER_NOT, approver=cara, mail_will_be_sent=True))

    assert view["submit"]["text"] == "Ask for approval"
    shown = texts(view)
    for told in (
        "*Cara Smit has to approve this.* They get my advice, your note below and the message to the client;",
        "Nothing happens before Cara Smit has approved it. Then the e-mail goes out in your name. Answers come to you.",
        "Goes to Cara Smit, and is kept with the decision. The client never sees it.",
    ):
        assert told in shown
    assert_slack_takes(view, "modal")
