"""What has happened with one client, as a member sees it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.aftermath import AnswerRecord, ClientAnswer, Debrief, MeetingNote, Mood
from domain.decision import DecisionState, EffectState, Override
from domain.report import Tally
from domain.timeline import Standing, TimelineEntry, TimelineFilter
from domain.words import MeetingKind, Option, Reason, Tier, Verdict
from messages.i18n import LANGUAGES, translator
from messages.timeline_page import TimelinePage, note_modal, place_of, timeline_modal, where_it_stands
from tests.support.meeting_views import buttons, decision, effects
from tests.support.wording import (
    AMSTERDAM,
    CLIENT,
    EXTREMES,
    MEETING,
    NOW,
    assert_slack_takes,
    everywhere,
)

EN, NL = translator("en"), translator("nl")
STANDING = Standing(tier=Tier.B, budget=2, used=(NOW,), window_days=90, won=Tally(), next_protected=None)
FULL = replace(CLIENT, lead_id="U9", renewal_on=date(2027, 1, 31), open_complaint=True, notes="Prefers mornings.")
NAMES = {"U1": "Robin", "U2": "Noor de Wit"}


def page(*entries: TimelineEntry, **changes: Any) -> TimelinePage:
    made = TimelinePage(
        client=FULL, standing=STANDING, entries=entries, names=NAMES, viewer_id="U1", zone=AMSTERDAM, now=NOW
    )
    return replace(made, **changes)


def sections(view: dict[str, Any]) -> list[list[str]]:
    return [block["text"]["text"].splitlines() for block in view["blocks"] if block["type"] == "section"]


def menu(view: dict[str, Any]) -> list[str]:
    return [option["value"] for option in view["blocks"][-1]["accessory"]["options"]]


ENTRY = TimelineEntry(
    meeting=MEETING,
    decisions=(
        decision(Option.HANDOFF, reason=Reason.WORKLOAD),
        decision(Option.CALL, id="decision-0", state=DecisionState.SUPERSEDED, made_by="U9", reason=None),
    ),
    effects={"decision-1": effects(mail=EffectState.DONE)},
)
ANSWER = AnswerRecord(decision_id="decision-1", team_id="T1", answer=ClientAnswer.REBOOKED, said_by="U1", said_at=NOW)
DEBRIEF = Debrief(
    decision_id="decision-1",
    team_id="T1",
    outcome="They agree.",
    promises="A plan by Friday",
    open_points="The budget",
    mood=Mood.TENSE,
    written_by="U2",
    written_at=NOW,
)
NOTE = MeetingNote(id="n", team_id="T1", meeting_id="meeting-1", text="Bring cake", written_by="U1", written_at=NOW)


def test_the_timeline_tells_what_was_decided_and_what_came_of_it() -> None:
    view = timeline_modal(
        EN, page(replace(ENTRY, answers={"decision-1": ANSWER}, debriefs={"decision-1": DEBRIEF}, notes=(NOTE,)))
    )

    assert sections(view) == [
        [
            "*Acme* · tier B",
            "Led by <@U9>",
            "acme.example",
            "Sanne Jansen · sanne@acme.example · +31 20 123 4567",
            "Renewal: Sun 31 Jan 2027",
            "! They have an open complaint.",
            "Prefers mornings.",
        ],
        [
            "*Tue 24 Nov, 10:00* · Website refresh",
            "✓ Handed over to Noor de Wit · Robin, today, 10:00",
            "Reason, only for you: Too much work",
            "E-mail sent to sanne@acme.example.",
            "→ They want another date",
            "Debrief by Noor de Wit: They agree.",
            "Promised: A plan by Friday",
            "Open: The budget",
            "Mood: Tense",
            "– A call instead. You ring +31 20 123 4567. (replaced later) · <@U9>, today, 10:00",
            "✎ Bring cake · Robin, today, 10:00",
        ],
    ]
    assert buttons(view) == [("Change", "client.edit")]
    assert view["title"]["text"] == "Acme"


def test_an_override_is_told_with_its_note_and_by_whose_word() -> None:
    override = Override(verdict=Verdict.BLOCKED, note="Agreed by phone", asked_of="U9", approved_at=NOW)
    entry = TimelineEntry(meeting=MEETING, decisions=(decision(Option.EMAIL, override=override),), effects={})

    lines = sections(timeline_modal(EN, page(entry)))[1]

    assert "Went on against the advice: Agreed by phone" in lines
    assert "Approved by <@U9>, today, 10:00" in lines


def test_an_email_that_did_not_settle_it_says_so() -> None:
    entry = TimelineEntry(
        meeting=MEETING, decisions=(decision(Option.EMAIL),), effects={}, called=frozenset({"decision-1"})
    )

    assert "The e-mail did not settle it: a call was needed." in sections(timeline_modal(EN, page(entry)))[1]


@pytest.mark.parametrize(
    ("standing", "line"),
    [
        (STANDING, "Budget: 1 of 2 step-downs left in 90 days\nNo protected meeting is coming."),
        (
            replace(
                STANDING,
                used=(NOW, NOW, NOW),
                won=Tally(times=3, minutes=270),
                next_protected=replace(MEETING, kind=MeetingKind.RENEWAL, starts_at=NOW + timedelta(days=1)),
            ),
            "\n".join(
                [
                    "! Budget: 3 step-downs in 90 days, 2 are fine",
                    "Won in a year: 4.5 hours, with 3 step-downs",
                    "Next protected meeting: Website refresh, tomorrow, 10:00 (Renewal)",
                ]
            ),
        ),
    ],
)
def test_the_budget_and_the_next_protected_meeting_stand_above(standing: Standing, line: str) -> None:
    view = timeline_modal(EN, page(standing=standing))

    assert view["blocks"][1]["elements"][0]["text"] == line


def test_only_who_heard_the_answer_can_put_it_down() -> None:
    answers = [f"decision-1.{answer.value}" for answer in ClientAnswer]

    assert menu(timeline_modal(EN, page(ENTRY))) == ["meeting-1.note", *answers]
    assert menu(timeline_modal(EN, page(ENTRY, viewer_id="U2"))) == ["meeting-1.note", *answers]
    assert menu(timeline_modal(EN, page(ENTRY, viewer_id="U7"))) == ["meeting-1.note"]


def test_pages_are_turned_and_the_filter_stays() -> None:
    view = timeline_modal(EN, page(ENTRY, only=TimelineFilter.TROUBLE, page=1, has_older=True))

    chosen, newer, older = view["blocks"][2]["elements"]
    assert chosen["initial_option"]["value"] == "client-1.trouble"
    assert [newer["value"], older["value"]] == ["client-1.trouble.0", "client-1.trouble.2"]


@pytest.mark.parametrize(
    ("only", "said"),
    [(TimelineFilter.ALL, "Nog geen afspraken met deze klant."), (TimelineFilter.NOTES, "Hier is niets.")],
)
def test_an_empty_timeline_says_so(only: TimelineFilter, said: str) -> None:
    assert timeline_modal(NL, page(only=only))["blocks"][-1]["text"]["text"] == said


def test_the_place_comes_back_and_nothing_else_is_believed() -> None:
    assert place_of(where_it_stands(page(only=TimelineFilter.NOTES, page=3))) == ("client-1", TimelineFilter.NOTES, 3)
    for forged in ("", "client-1", "client-1.notes", "client-1.secrets.1", "client-1.all.-1", "client-1.all.99999"):
        assert place_of(forged) is None


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_timeline(text: str, language: str) -> None:
    meeting, client, _ = everywhere(text)
    client = replace(client, lead_id=text or None, domains=(text,) * 30, notes=text)
    noted = replace(NOTE, text=text or "-", written_by="U1")
    entry = TimelineEntry(
        meeting=meeting,
        decisions=(
            decision(Option.HANDOFF, override=Override(verdict=Verdict.BLOCKED, note=text)),
            decision(Option.EMAIL),
        )
        * 5,
        effects={"decision-1": effects(mail=EffectState.DONE)},
        answers={"decision-1": ANSWER},
        debriefs={"decision-1": replace(DEBRIEF, outcome=text, promises=text, open_points=text)},
        notes=(noted,) * 5,
    )
    shown = page(*[entry] * 15, client=client, names={"U1": text, "U2": text}, has_older=True, page=1)
    protected = replace(shown, standing=replace(STANDING, next_protected=meeting))

    for view in (timeline_modal(translator(language), protected), note_modal(translator(language), "form-1")):
        assert_slack_takes(view, "modal")
        assert all("<!" not in line for lines in sections(view) for line in lines)
