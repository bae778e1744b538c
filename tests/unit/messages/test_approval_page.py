"""The approver's message and the owner's: what each may read, in both languages, whatever stands in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.approval import LEFT_TO_OWNER, Approval, ApprovalState, Request
from domain.assessment import Facts, assess
from domain.decision import DecisionState, Draft, Override
from domain.policy import Policy
from domain.words import MeetingKind, Option, Reason, Tier, Verdict
from messages import approval_owner, approval_page
from messages.approval_page import ApprovalPage
from messages.blocks import Message
from messages.i18n import LANGUAGES, translator
from messages.labels import REASONS
from tests.support.meeting_views import buttons, decision, view
from tests.support.wording import AMSTERDAM, CLIENT, EXTREMES, MEETING, NOW, assert_slack_takes, everywhere, texts

EN = translator("en")
ASKED = Approval(
    decision_id="decision",
    team_id="T1",
    meeting_id=MEETING.id,
    owner_id="U0ANNA",
    approver_id="U0CARA",
    asked_at=NOW,
    due_at=NOW + timedelta(hours=4),
)
BLOCKED = Override(verdict=Verdict.BLOCKED, note="Sanne asked for it.")


def request(state: ApprovalState = ApprovalState.ASKED, option: Option = Option.EMAIL, **changes: Any) -> Request:
    """Open while it is asked for or left to the owner."""
    is_open = state is ApprovalState.ASKED or state in LEFT_TO_OWNER
    made = replace(
        decision(option),
        state=DecisionState.REQUESTED if is_open else DecisionState.REFUSED,
        **{"override": BLOCKED, **changes},
    )
    answered_at = None if state is ApprovalState.ASKED else NOW
    return Request(decision=made, approval=replace(ASKED, state=state, answered_at=answered_at))


def page(asked: Request, **facts: Any) -> ApprovalPage:
    known = Facts(tier=Tier.A, minutes=90, mode=MEETING.mode, until=MEETING.starts_at - NOW)
    return ApprovalPage(
        request=asked,
        meeting=MEETING,
        client=CLIENT,
        assessment=assess(replace(known, **{"reason": Reason.RATHER_NOT, **facts}), Policy()),
        owner_name="Anna Berg",
        zone=AMSTERDAM,
        now=NOW,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("option", [Option.EMAIL, Option.HANDOFF, Option.CALL, Option.SHORTER])
@pytest.mark.parametrize("reason", [Reason.RATHER_NOT, Reason.REPETITIVE])
def test_no_sentence_gives_the_reason_away(language: str, option: Option, reason: Reason) -> None:
    t = translator(language)

    shown = texts(approval_page.approver_message(t, page(request(option=option), reason=reason)))

    for name in (*REASONS.values(), "The history does not show"):
        assert t.text(name).lower() not in shown.lower()


def test_what_speaks_against_it_is_told_else_the_tier_alone() -> None:
    protected = texts(approval_page.approver_message(EN, page(request(), kind=MeetingKind.COMPLAINT)))
    only_the_reason = texts(approval_page.approver_message(EN, page(request())))

    assert "• This meeting is about a complaint: that needs a conversation, not an e-mail." in protected
    assert "• With tier A, the client counts on this meeting." in only_the_reason


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ApprovalState)
def test_every_state_is_said_to_both_and_only_a_question_has_the_approvers_buttons(
    language: str, state: ApprovalState
) -> None:
    t, asked = translator(language), request(state)
    approver = approval_page.approver_message(t, page(asked))

    assert_slack_takes(approver, "message")
    assert len(buttons(approver)) == (2 if state is ApprovalState.ASKED else 0)
    if asked.is_open:
        owner = approval_owner.requested(t, view(request=asked), asked, NOW)
        assert_slack_takes(owner, "message")
        assert len(buttons(owner)) == (2 if asked.waits else 4)
    if asked.is_turned_down:
        assert_slack_takes(approval_owner.turned_down(t, view(), asked, NOW), "message")


@pytest.mark.parametrize("text", EXTREMES)
def test_whatever_stands_in_it_slack_takes_it_and_the_buttons_stay(text: str) -> None:
    draft = Draft(language="en", subject=text, body=text, to=())
    made = request(draft=draft, override=replace(BLOCKED, note=text))
    shown: list[Message] = [
        approval_page.approver_message(EN, replace(page(made), meeting=everywhere(text)[0], owner_name=text)),
        approval_owner.turned_down(EN, view(), replace(made, approval=replace(ASKED, note=text)), NOW),
    ]

    for message in shown:
        assert_slack_takes(message, "message")
        assert buttons(message)
        assert "<!channel>" not in message.text
    assert_slack_takes(approval_page.decline_modal(EN, "form"), "modal")
