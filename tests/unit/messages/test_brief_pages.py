"""The delegate's message, the whole brief, and what the bot fills in by itself."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.brief import Brief, CheckItem, HandoffState, Question, Section
from domain.meeting import Attendee, Response
from domain.words import Reason
from messages.brief_pages import CHECKLIST_BLOCK, delegate_message, prefill, whole_brief_modal
from messages.brief_sections import CHECKLIST, HINTS, LABELS, LONGEST, fair_shares, for_a_view, form_label
from messages.i18n import LANGUAGES, translator
from messages.ids import Action, pack
from messages.labels import REASONS
from tests.support.wording import (
    CLIENT,
    CONTACT,
    EXTREMES,
    LONDON,
    MEETING,
    NOW,
    OWNER,
    assert_slack_takes,
    brief,
    everywhere,
    texts,
)

EN, NL = translator("en"), translator("nl")
CARD = (
    "*Acme* · tier B · Website refresh\nTue 24 Nov, 09:00 to 10:30 (90 min), London time (GMT)\nAcme, Keizersgracht 1"
)


def shown(made: Brief, language: str = "en") -> Any:
    return delegate_message(translator(language), made, MEETING, CLIENT, OWNER, LONDON, NOW)


def sections(message: Any) -> list[str]:
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]


def buttons(message: Any) -> list[tuple[str, str]]:
    return [
        (element["action_id"], element["value"])
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def boxes(message: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(
        block for block in message.blocks if block.get("block_id", "").startswith(CHECKLIST_BLOCK)
    )
    return found


def test_an_offer_says_who_asks_for_which_meeting_and_gives_the_brief() -> None:
    message = shown(brief())

    assert sections(message)[:3] == [
        "*<@U1> asks you to take over a client meeting.*",
        CARD,
        "*Why you*\nYou built the pages, so you know them best.",
    ]
    assert len(sections(message)) == 2 + 12 + 1
    assert buttons(message) == [(Action.ACCEPT, "brief-1"), (Action.ASK, "brief-1"), (Action.DECLINE, "brief-1")]
    assert message.text.startswith(f"*Robin Visser asks you to take over a client meeting.*\n{CARD}\n*Why you*\n")


def test_an_offer_names_who_caused_it_and_how_to_stop_it() -> None:
    assert shown(brief(), "nl").blocks[-1]["elements"][0]["text"] == (
        "Je krijgt dit omdat <@U1> jou koos. Zeg je nee, dan volgt een andere oplossing en hoor je er niets meer van."
    )


def test_after_a_yes_the_brief_stays_with_the_ticks_and_only_asking_is_left() -> None:
    ticked = frozenset({CheckItem.READ_BRIEF, CheckItem.NUMBERS})

    message = shown(brief(state=HandoffState.ACCEPTED, ticked=ticked))

    assert sections(message)[0] == "✓ *You take over this meeting for <@U1>.* They know."
    assert buttons(message) == [(Action.ASK, "brief-1")]
    element = boxes(message)["elements"][0]
    assert [option["value"] for option in element["initial_options"]] == ["read_brief", "numbers"]
    assert [option["value"] for option in element["options"]] == [item.value for item in CheckItem]


def test_the_checklist_names_its_brief() -> None:
    assert boxes(shown(brief()))["block_id"] == pack("checklist", "brief-1")
    assert "initial_options" not in boxes(shown(brief()))["elements"][0]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (HandoffState.DECLINED, "– You declined to take over this meeting for <@U1>. They know."),
        (
            HandoffState.WITHDRAWN,
            "– <@U1> no longer needs you for this meeting. Nothing is left for you to do.",
        ),
    ],
)
def test_once_it_is_over_only_the_state_is_left(state: HandoffState, said: str) -> None:
    message = shown(brief(state=state))

    assert sections(message) == [said]
    assert buttons(message) == []
    assert "You built the pages" not in texts(message)


def test_questions_and_their_answers_belong_to_the_brief() -> None:
    asked = (Question(id="q1", text="Paid?", answer="Yes."), Question(id="q2", text="By whom?"))

    said = sections(shown(brief(questions=asked)))

    assert said[-3:-1] == ["*You asked*\nPaid?\n→ Yes.", "*You asked*\nBy whom?"]


def test_a_long_brief_is_cut_fairly_and_the_whole_of_it_is_one_click_away() -> None:
    long = {**brief().sections, Section.HISTORY: "word " * 1_500, Section.QUESTIONS: "& " * 700}

    message = shown(brief(sections=long))

    said = sections(message)
    assert "*Do not promise*\nNo discount." in said
    assert (Action.WHOLE_BRIEF, "brief-1") in buttons(message)
    assert [text for text in said if text.endswith("…")] == [
        text for text in said if text.startswith(("*Questions to expect", "*History"))
    ]
    assert_slack_takes(message, "message")


def test_empty_sections_are_not_shown() -> None:
    assert len(sections(shown(brief(sections={Section.GOAL: " ", Section.FIGURES: "60 %"})))) == 2 + 1 + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", HandoffState)
@pytest.mark.parametrize("text", EXTREMES)
def test_slack_takes_it_whatever_was_typed(text: str, state: HandoffState, language: str) -> None:
    meeting, client, _ = everywhere(text)
    asked = tuple(Question(id=f"q{number}", text=text, answer=text) for number in range(20))
    made = brief(sections=dict.fromkeys(Section, text), questions=asked, state=state, ticked=frozenset(CheckItem))
    t = translator(language)

    message = delegate_message(t, made, meeting, client, replace(OWNER, name=text), text, NOW)

    if text.strip() and state in {HandoffState.OFFERED, HandoffState.ACCEPTED}:
        assert len(sections(message)) == 2 + len(Section) + 10 + 1
    assert_slack_takes(message, "message")
    assert_slack_takes(whole_brief_modal(t, made), "modal")
    assert "<!channel>" not in texts(message)


def test_the_whole_brief_is_whole() -> None:
    text = "&" * LONGEST

    view = whole_brief_modal(
        EN, brief(sections=dict.fromkeys(Section, text), questions=(Question(id="q", text="Why?"),))
    )

    said = [block["text"]["text"] for block in view["blocks"]]
    assert said[:2] == ["*Why you*", text]
    assert said.count(text) == len(Section)
    assert said[-2:] == ["Why?", "Answer: (no answer yet)"]


def test_an_empty_brief_says_so() -> None:
    assert [block["text"]["text"] for block in whole_brief_modal(NL, brief(sections={}))["blocks"]] == [
        "Deze briefing is leeg."
    ]


def test_every_section_and_tick_has_its_words() -> None:
    assert set(LABELS) == set(HINTS) == set(Section)
    assert set(CHECKLIST) == set(CheckItem)


def test_the_owner_and_the_delegate_read_headings_of_their_own() -> None:
    assert form_label(EN, Section.AUTHORITY) == "What they may decide"
    assert form_label(EN, Section.GOAL) == "Goal, and what a good outcome is"


def test_the_bot_fills_in_what_it_knows() -> None:
    client = replace(CLIENT, open_complaint=True, notes="Garden tools.", renewal_on=date(2027, 1, 5))
    meeting = replace(
        MEETING,
        online_url="https://meet.example/1",
        attendees=(*MEETING.attendees, Attendee(email="piet@acme.example", response=Response.TENTATIVE)),
    )

    assert prefill(EN, meeting, client, CONTACT, OWNER, ["3 Nov: a shorter meeting"]) == {
        Section.CLIENT: "Acme (tier B)\nRenewal on 5 January 2027\nThere is an open complaint.\nGarden tools.",
        Section.WHO: "- Sanne Jansen, +31 20 123 4567\n- piet@acme.example (perhaps coming)",
        Section.AGENDA: "- Launch date\n- Budget\n- Analytics",
        Section.AUTHORITY: "Listen and report back; decide nothing.",
        Section.REACH_OWNER: "By message in Slack, or by e-mail: Robin Visser, robin@bright.example",
        Section.HISTORY: "- 3 Nov: a shorter meeting",
        Section.DOCUMENTS: "https://meet.example/1",
    }


def test_a_contact_who_is_not_invited_is_named_first() -> None:
    contact = replace(CONTACT, name="Kim", email="kim@acme.example", phone="")

    assert prefill(EN, MEETING, CLIENT, contact, OWNER)[Section.WHO] == "- Kim\n- Sanne Jansen (coming)"


def test_what_is_not_known_is_left_to_the_owner_and_no_reason_is_told() -> None:
    known = prefill(NL, replace(MEETING, description="", attendees=()), None, None, replace(OWNER, email=""))

    assert known == {
        Section.AUTHORITY: "Luister en koppel terug; beslis niets.",
        Section.REACH_OWNER: "Per bericht in Slack.",
    }
    told = " ".join(known.values()).lower()
    assert [reason for reason in Reason if NL.text(REASONS[reason]).lower() in told] == []


@pytest.mark.parametrize("text", EXTREMES)
def test_what_is_filled_in_fits_its_fields(text: str) -> None:
    meeting, client, contact = everywhere(text)

    known = prefill(EN, meeting, client, contact, replace(OWNER, name=text, email=text), [text] * 50)

    assert [section for section, value in known.items() if len(value) > LONGEST or not value.strip()] == []


@pytest.mark.parametrize(
    ("lengths", "room", "shares"),
    [([10, 20, 30], 100, [10, 20, 30]), ([100, 10, 100], 90, [40, 10, 40]), ([], 10, []), ([5, 5], 0, [0, 0])],
)
def test_short_texts_get_all_they_need_and_long_ones_share_the_rest(
    lengths: list[int], room: int, shares: list[int]
) -> None:
    assert fair_shares(lengths, room) == shares


def test_sections_full_of_emoji_still_fit_a_view() -> None:
    texts_ = for_a_view(dict.fromkeys(Section, "😀" * LONGEST))

    assert len({len(text) for text in texts_.values()}) == 1
    assert all(500 < len(text) < LONGEST for text in texts_.values())
