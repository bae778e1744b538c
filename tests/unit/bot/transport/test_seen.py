"""Which requests are the same request, and how long an answer is remembered."""

import pytest

from bot.transport.ports import Answer
from bot.transport.seen import RecentAnswers, RequestKind, kind_of

CLICK = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "container": {"channel_id": "D1", "message_ts": "1.1"},
    "actions": [{"action_id": "call", "action_ts": "2.2"}],
}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"type": "event_callback", "event_id": "Ev1"}, RequestKind(name="event", key="event\x1fEv1")),
        ({"type": "event_callback"}, RequestKind(name="event", key=None)),
        (
            {"command": "/meetdown", "team_id": "T1", "trigger_id": "1.1"},
            RequestKind(name="command", key="command\x1fT1\x1f1.1"),
        ),
        ({"command": "/meetdown", "team_id": "T1"}, RequestKind(name="command", key=None)),
        (
            CLICK | {"trigger_id": "3.3"},
            RequestKind(name="block_actions", key="block_actions\x1fT1\x1f3.3"),
        ),
        (CLICK, RequestKind(name="block_actions", key="action\x1fD1\x1f1.1\x1fcall\x1f2.2\x1fU1")),
        (
            {"type": "view_submission", "team": None, "enterprise": {"id": "E1"}, "trigger_id": "4.4"},
            RequestKind(name="view_submission", key="view_submission\x1fE1\x1f4.4"),
        ),
        ({"type": "view_submission", "team": {"id": "T1"}}, RequestKind(name="view_submission", key=None)),
        ({"type": "block_actions", "actions": "no list"}, RequestKind(name="block_actions", key=None)),
        ({"type": "block_suggestion", "trigger_id": "1.1"}, RequestKind(name="block_suggestion", key=None)),
        ({"type": "view_closed"}, RequestKind(name="view_closed", key=None)),
        ({"type": "anything else"}, RequestKind(name="other", key=None)),
        ({}, RequestKind(name="other", key=None)),
    ],
)
def test_a_request_is_known_by_what_slack_repeats(body: dict[str, object], kind: RequestKind) -> None:
    assert kind_of(body) == kind


@pytest.mark.parametrize(
    "change",
    [
        {"user": {"id": "U2"}},
        {"container": {"channel_id": "D2", "message_ts": "1.1"}},
        {"container": {"channel_id": "D1", "message_ts": "1.2"}},
        {"actions": [{"action_id": "call", "action_ts": "2.3"}]},
        {"actions": [{"action_id": "email", "action_ts": "2.2"}]},
    ],
)
def test_two_clicks_are_the_same_only_where_everything_about_them_is(change: dict[str, object]) -> None:
    assert kind_of(CLICK | change).key != kind_of(CLICK).key


async def test_an_answer_is_remembered_for_a_while() -> None:
    now = [0.0]
    answers = RecentAnswers(seconds=10, monotonic=lambda: now[0])
    await answers.remember("a", Answer(status=200, body="x"))

    fresh = await answers.answer_to("a")
    now[0] = 10.0
    stale = await answers.answer_to("a")

    assert (fresh, stale, await answers.answer_to("b")) == (Answer(status=200, body="x"), None, None)


async def test_the_memory_is_bounded_and_forgets_the_oldest() -> None:
    answers = RecentAnswers(kept=2)
    for key in ("a", "b", "a", "c"):
        await answers.remember(key, Answer(status=200, body=key))

    assert [await answers.answer_to(key) for key in ("a", "b", "c")] == [
        Answer(status=200, body="a"),
        None,
        Answer(status=200, body="c"),
    ]
