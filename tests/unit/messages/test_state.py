"""What stands where the buttons stood, once a meeting is decided on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.client import Contact
from domain.decision import CallTerms, Draft, Effect, EffectState, ShorterTerms, WhoRings
from domain.timeline import EffectRecord
from domain.words import Option
from messages import state
from messages.i18n import translator
from messages.ringing import ToRing, ringing
from messages.scripts import CallScript
from tests.support.meeting_views import LANGUAGES, buttons, decision, effects, extreme_view, view
from tests.support.wording import CONTACT, EXTREMES, MEETING, NOW, STARTS, TERMS, assert_slack_takes, texts

EN, NL = translator("en"), translator("nl")
HEAD = ["*Acme* · tier B · Website refresh", "Tue 24 Nov, 10:00 to 11:30 (90 min)"]
LATER = NOW + timedelta(hours=1)


def lines(option: Option, mail: EffectState | None = None, **changes: Any) -> list[str]:
    done = effects(mail=mail) if mail else ()
    made = state.decided(EN, view(**{"decision": decision(option), "effects": done, **changes}), NOW)
    return made.text.splitlines()


def test_a_shorter_meeting_says_how_long_and_until_when() -> None:
    assert lines(Option.SHORTER, EffectState.DONE) == [
        *HEAD,
        "✓ *Shorter: 30 min instead of 90, 10:00 to 10:30*",
        "E-mail sent to sanne@acme.example.",
        "Decided by you, today, 10:00",
    ]


def test_a_shorter_call_says_who_rings_whom() -> None:
    terms = ShorterTerms(minutes=30, call=CallTerms(phone="+31201234567", who_rings=WhoRings.CONTACT))

    said = lines(Option.SHORTER, decision=decision(Option.SHORTER, terms=terms))

    assert said[2] == "✓ *A shorter call: 30 min instead of 90, 10:00 to 10:30. They ring you.*"


@pytest.mark.parametrize(
    ("option", "english"),
    [
        (Option.CALL, "✓ *A call instead. You ring +31 20 123 4567.*"),
        (Option.EMAIL, "✓ *By e-mail for now. Next contact: Fri 27 Nov, call: Wed 25 Nov*"),
        (Option.HANDOFF, "… *Asked Noor de Wit to take over*"),
    ],
)
def test_each_option_is_said_in_its_own_words(option: Option, english: str) -> None:
    assert lines(option, delegate_name="Noor de Wit")[2] == english


@pytest.mark.parametrize(
    ("mail", "english"),
    [
        (EffectState.DONE, "E-mail sent to sanne@acme.example."),
        (EffectState.HANDED_OVER, "The e-mail is yours to send: the text is in a message of its own."),
        (
            EffectState.FAILED,
            "The e-mail could not be sent. Please send it yourself: the text is in a message of its own.",
        ),
        (None, "The text for your e-mail comes in a moment."),
    ],
)
def test_the_state_says_how_far_the_mail_is(mail: EffectState | None, english: str) -> None:
    assert lines(Option.CALL, mail)[3] == english


@pytest.mark.parametrize(
    ("state_", "detail", "english"),
    [
        (
            EffectState.DONE,
            "bo@acme.example, cy@acme.example",
            (
                "E-mail sent to sanne@acme.example. Not taken: bo@acme.example, cy@acme.example; please send it to them"
                " yourself."
            ),
        ),
        (EffectState.DONE, "by_hand", "E-mail sent to sanne@acme.example."),
        (
            EffectState.FAILED,
            "in_doubt",
            (
                "The e-mail may have arrived: the server did not answer. Please check before you send the text again;"
                " it is in a message of its own."
            ),
        ),
        (
            EffectState.FAILED,
            "in_doubt, text_missing",
            "The e-mail may have arrived: the server did not answer. Please ask before you write again.",
        ),
        (
            EffectState.FAILED,
            "text_missing",
            "The e-mail could not be sent. Please write it yourself: Slack did not let me give you the text.",
        ),
        (
            EffectState.HANDED_OVER,
            "text_missing",
            "The e-mail is yours to write: Slack did not let me give you the text.",
        ),
    ],
)
def test_what_became_of_the_mail_is_told_as_it_is(state_: EffectState, detail: str, english: str) -> None:
    draft = Draft(language="en", subject="A", body="B", to=("sanne@acme.example", "bo@acme.example", "cy@acme.example"))
    draft = draft if "bo@" in detail else replace(draft, to=draft.to[:1])
    record = EffectRecord(effect=Effect.MAIL, state=state_, detail=detail)

    said = lines(Option.CALL, decision=decision(Option.CALL, draft=draft), effects=(record,))

    assert said[3] == english


def test_an_undo_of_a_mail_in_doubt_does_not_say_that_it_went_out_nor_that_it_did_not() -> None:
    record = EffectRecord(effect=Effect.MAIL, state=EffectState.FAILED, detail="in_doubt")
    seen = view(decision=decision(Option.CALL), undo_until=LATER, effects=(record,))

    ask = state.decided(EN, seen, NOW).blocks[2]["elements"][0]["confirm"]
    said = state.undone(EN, seen, NOW).text

    assert ask["text"]["text"].startswith("The e-mail may have arrived.")
    assert "! If the e-mail has arrived, tell the client that the meeting takes place after all." in said


def test_the_mail_of_a_hand_over_waits_for_the_colleague() -> None:
    said = lines(Option.HANDOFF, EffectState.WAITING, delegate_name="Noor de Wit")

    assert said[3] == "The e-mail waits until Noor de Wit says yes."


def test_a_mail_that_the_bot_sends_is_on_its_way() -> None:
    assert lines(Option.CALL, mail_sender_configured=True)[3] == "The e-mail to sanne@acme.example is on its way."


def test_a_copy_says_nothing_that_ages_and_leads_to_the_conversation() -> None:
    seen = view(decision=decision(Option.SHORTER), undo_until=LATER, mail_sender_configured=True)

    made = state.copied(EN, seen, NOW)

    assert made.text.splitlines() == [
        *HEAD,
        "✓ *Shorter: 30 min instead of 90, 10:00 to 10:30*",
        "Our conversation shows how far everything is, and has the button to undo it.",
    ]
    assert buttons(made) == []


def test_a_read_only_calendar_is_the_owners_to_change() -> None:
    said = lines(Option.SHORTER, effects=effects(mail=EffectState.DONE, calendar=EffectState.HANDED_OVER))

    assert said[4] == "Change the entry in your calendar: 30 minutes, Tue 24 Nov, 10:00 to 10:30."


def test_a_calendar_that_was_changed_is_said_to_be_so() -> None:
    said = lines(Option.SHORTER, effects=effects(mail=EffectState.DONE, calendar=EffectState.DONE))

    assert said[4] == "Your calendar has been changed."


def test_whoever_decided_is_named_where_it_was_not_the_owner() -> None:
    assert lines(Option.CALL, made_by_id="U9")[-1] == "Decided by <@U9>, today, 10:00"
    assert lines(Option.CALL, made_by_id="<!channel>")[-1] == "Decided by &lt;!channel&gt;, today, 10:00"


def test_undo_is_there_for_as_long_as_it_is_possible_and_asks_first() -> None:
    seen = view(decision=decision(Option.CALL), undo_until=LATER)

    made, too_late = state.decided(EN, seen, NOW), state.decided(EN, seen, LATER)

    assert buttons(made) == [("Undo", "decision.undo")]
    assert made.blocks[2]["elements"][0]["value"] == "decision-1"
    assert made.blocks[2]["elements"][0]["confirm"]["title"]["text"] == "Undo this decision?"
    assert buttons(too_late) == []


def test_undo_warns_where_the_mail_has_gone_out() -> None:
    seen = view(decision=decision(Option.CALL), undo_until=LATER, effects=effects(mail=EffectState.DONE))

    ask = state.decided(EN, seen, NOW).blocks[2]["elements"][0]["confirm"]

    assert ask["text"]["text"].startswith("The e-mail has gone out already.")


def test_a_meeting_that_is_kept_says_so() -> None:
    seen = view(decision=decision(Option.KEEP), undo_until=LATER)

    made = state.decided(NL, seen, NOW)

    assert made == state.kept(NL, seen, NOW)
    assert made.text.splitlines()[-1] == "✓ *Je laat de afspraak doorgaan.* Mooi: niemand hoeft iets te veranderen."
    assert buttons(made) == [("Ongedaan maken", "decision.undo")]


def test_undone_gives_the_buttons_back_and_says_what_to_put_right() -> None:
    sent = effects(mail=EffectState.DONE, calendar=EffectState.HANDED_OVER)

    made = state.undone(EN, view(decision=decision(Option.SHORTER), effects=sent), NOW)

    assert made.text.splitlines() == [
        "↩ *Undone.* The meeting stands as it was planned.",
        "! The e-mail had gone out: please tell the client that the meeting takes place after all.",
        "! If you have changed the entry in your calendar, change it back.",
        *HEAD,
    ]
    assert len(buttons(made)) == 7


def test_undone_before_anything_left_the_house_asks_for_nothing() -> None:
    made = state.undone(EN, view(decision=decision(Option.SHORTER)), NOW)

    assert made.text.splitlines()[1:] == HEAD


def test_undone_has_no_buttons_for_a_meeting_that_has_begun() -> None:
    assert buttons(state.undone(EN, view(decision=decision(Option.CALL)), STARTS)) == []


def test_a_button_on_something_that_is_over_explains_itself() -> None:
    cancelled = replace(MEETING, cancelled=True)

    assert state.over(NL, view()) == "Acme · Website refresh is al begonnen, dus er valt niets meer af te schalen."
    assert (
        state.over(EN, view(meeting=cancelled))
        == "Acme · Website refresh was cancelled in the calendar, so there is nothing left to decide."
    )


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_state(text: str, language: str) -> None:
    t = translator(language)
    made = []
    for option in TERMS:
        chosen = decision(option)
        if chosen.draft is not None:
            chosen = replace(chosen, draft=replace(chosen.draft, to=(text,) * 20, body=text, subject=text))
        for mail in (None, *EffectState):
            done = effects(mail=mail, calendar=EffectState.HANDED_OVER) if mail else ()
            seen = extreme_view(text, decision=chosen, effects=done, undo_until=LATER)
            made += [state.decided(t, seen, NOW), state.undone(t, seen, NOW)]

    for item in made:
        assert_slack_takes(item, "message")
        assert "<" not in texts(item)
    assert len(state.over(t, extreme_view(text))) < 400


def test_who_decided_late_is_reminded_to_ring_with_the_words_for_it() -> None:
    script = CallScript(spoken="Hello & good day.", voicemail="You can reach me.")
    to_ring = ToRing(contact=CONTACT, script=script)
    made = state.decided(EN, view(decision=decision(Option.EMAIL), effects=(), to_ring=to_ring), NOW)

    said = (
        "*Ring first*, if you have not yet. Sanne Jansen: +31 20 123 4567.\n"
        "You could say:\n&gt; Hello &amp; good day.\nTo the voicemail:\n&gt; You can reach me."
    )
    assert said in made.text
    assert said in texts(made.blocks)
    assert_slack_takes(made, "message")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (replace(CONTACT, phone=""), "I have no number for Sanne Jansen."),
        (replace(CONTACT, name=" "), "+31 20 123 4567."),
        (None, "I have no number of the client."),
    ],
)
def test_where_a_number_is_not_known_it_says_so(contact: Contact | None, said: str) -> None:
    assert ringing(EN, "*Ring first.*", ToRing(contact=contact, script=None)) == f"*Ring first.* {said}"
