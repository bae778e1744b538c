"""The gateway against a real HTTP server in Slack's place: pace, retries, lost answers, typed problems."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack import methods
from bot.slack.files import Uploads
from bot.slack.gateway import Posted, SlackGateway, identify
from bot.slack.installations import BotInstallation
from bot.slack.pace import Pace
from bot.slack.person import Person
from bot.slack.problems import SlackCode, SlackProblem, Uncertain
from bot.slack.response_url import ResponseUrls
from bot.slack.web_api import WebApi, make_client, make_session
from tests.support.scripted_slack import Reply, ScriptedSlack, scripted_slack, slack_error

BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": "hello"}}]
POSTED = Reply(data={"ok": True, "channel": "D1", "ts": "1.1"})
OPENED = Reply(data={"ok": True, "channel": {"id": "D1"}})
DROP = Reply(drop=True)


def slow_down(seconds: int) -> Reply:
    return Reply(data={"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})


class Shelf:
    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        name = team_id or enterprise_id
        if name == "T9":
            return None
        return BotInstallation(
            team_id=team_id, enterprise_id=enterprise_id, bot_token=f"xoxb-{name}", bot_user_id="UBOT", bot_id="BBOT"
        )


@dataclass
class FakeTime:
    """A clock that sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@dataclass
class Line:
    gateway: SlackGateway
    web_api: WebApi
    slack: ScriptedSlack
    time: FakeTime
    counted: list[tuple[str, str]]

    async def post(self, to: str = "U1", *, team_id: str = "T1", key: str = "k1") -> Posted:
        return await self.gateway.post_message(team_id=team_id, to=to, blocks=BLOCKS, text="hello", metadata_key=key)

    async def post_once(self, *, maybe_posted: bool, since: datetime | None = None) -> Posted:
        return await self.gateway.post_once(
            team_id="T1",
            to="U1",
            blocks=BLOCKS,
            text="hello",
            metadata_key="k1",
            maybe_posted=maybe_posted,
            since=since,
        )


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with scripted_slack() as slack, make_session() as session:
        slack.always("chat.postMessage", POSTED)
        slack.always("conversations.open", OPENED)
        clock = FakeTime()
        counted: list[tuple[str, str]] = []
        web_api = WebApi(
            make_client(session, slack.api_url),
            pace=Pace(monotonic=lambda: clock.now, sleep=clock.sleep),
            count=lambda method, outcome, _: counted.append((method, outcome)),
            sleep=clock.sleep,
        )
        urls = ResponseUrls(session, api_url=slack.api_url)
        uploads = Uploads(session, api_url=slack.api_url)
        gateway = SlackGateway(web_api, Shelf(), urls, uploads=uploads, sleep=clock.sleep)
        yield Line(gateway, web_api, slack, clock, counted)


async def test_a_post_carries_the_token_of_its_workspace_and_only_an_id_as_metadata(line: Line) -> None:
    posted = await line.post(team_id="T2", key="opaque-id")

    (call,) = line.slack.calls
    assert posted == Posted(channel_id="D1", ts="1.1")
    assert (call.method, call.token, call.arguments) == (
        "chat.postMessage",
        "xoxb-T2",
        {
            "channel": "U1",
            "blocks": BLOCKS,
            "text": "hello",
            "parse": "none",
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": "meetdown_message", "event_payload": {"key": "opaque-id"}},
        },
    )


async def test_a_lost_answer_to_a_post_is_uncertain_and_never_sent_again(line: Line) -> None:
    line.slack.next("chat.postMessage", DROP)

    with pytest.raises(Uncertain):
        await line.post()

    assert line.slack.methods() == ["chat.postMessage"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500, text="<html>oops</html>", content_type="text/html"),
        Reply(status=502, data={}),
        Reply(status=200, text="not json at all"),
        Reply(status=200, text="ok", content_type="text/plain"),
        Reply(status=200, data={}),
        slack_error("internal_error"),
        slack_error("fatal_error"),
        slack_error("service_unavailable"),
    ],
)
async def test_an_answer_that_says_neither_yes_nor_no_is_uncertain_too(line: Line, reply: Reply) -> None:
    line.slack.next("chat.postMessage", reply)

    with pytest.raises(Uncertain):
        await line.post()

    assert line.slack.methods() == ["chat.postMessage"]


async def test_a_post_that_hangs_is_uncertain(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.gateway.methods.POST", replace(methods.POST, seconds=0.1))
    line.slack.next("chat.postMessage", Reply(hang=True))

    with pytest.raises(Uncertain):
        await line.post()


async def test_where_no_connection_can_be_made_a_post_is_tried_again_since_nothing_was_sent() -> None:
    async with make_session() as session:
        clock = FakeTime()
        client = make_client(session, "http://127.0.0.1:9/api/")
        web_api = WebApi(client, pace=Pace(sleep=clock.sleep), sleep=clock.sleep)
        uploads = Uploads(session, api_url=client.base_url)
        urls = ResponseUrls(session, api_url=client.base_url)
        gateway = SlackGateway(web_api, Shelf(), urls, uploads=uploads, sleep=clock.sleep)

        with pytest.raises(SlackProblem) as caught:
            await gateway.post_message(team_id="T1", to="U1", blocks=BLOCKS, text="hello", metadata_key="k1")

    assert (caught.value.code, caught.value.passes, clock.slept) == (SlackCode.UNREACHABLE, True, [0.2, 0.8])


def history(*messages: dict[str, Any], cursor: str = "") -> Reply:
    return Reply(data={"ok": True, "messages": list(messages), "response_metadata": {"next_cursor": cursor}})


def ours(key: str, ts: str, *, bot_id: str = "BBOT", event_type: str = "meetdown_message") -> dict[str, Any]:
    return {
        "type": "message",
        "ts": ts,
        "bot_id": bot_id,
        "metadata": {"event_type": event_type, "event_payload": {"key": key}},
    }


async def test_after_a_lost_answer_the_message_is_looked_for_and_found(line: Line) -> None:
    line.slack.next("chat.postMessage", DROP)
    line.slack.next("conversations.history", history({"type": "message", "ts": "2.2"}, ours("k1", "1.9")))

    posted = await line.post_once(maybe_posted=False)

    assert posted == Posted(channel_id="D1", ts="1.9")
    assert line.slack.methods() == ["chat.postMessage", "conversations.open", "conversations.history"]
    assert line.slack.calls[-1].arguments == {"channel": "D1", "include_all_metadata": "1", "limit": "100"}


async def test_after_a_lost_answer_a_message_that_is_not_there_stays_uncertain(line: Line) -> None:
    line.slack.next("chat.postMessage", DROP)
    line.slack.next("conversations.history", history())

    with pytest.raises(Uncertain):
        await line.post_once(maybe_posted=False)

    assert line.slack.methods().count("chat.postMessage") == 1


async def test_a_step_that_runs_again_looks_before_it_posts(line: Line) -> None:
    line.slack.next("conversations.history", history(ours("k1", "1.9")), history())

    found = await line.post_once(maybe_posted=True, since=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    posted = await line.post_once(maybe_posted=True)

    assert (found.ts, posted.ts) == ("1.9", "1.1")
    assert line.slack.methods().count("chat.postMessage") == 1
    assert line.slack.calls[1].arguments["oldest"] == "1795424400.000000"


async def test_only_our_own_messages_count_as_found(line: Line) -> None:
    line.slack.next(
        "conversations.history",
        history(
            ours("k1", "1.1", bot_id="BOTHER"),
            ours("k1", "1.2", event_type="another_app"),
            ours("k2", "1.3"),
            {"ts": "1.4", "bot_id": "BBOT", "metadata": {"event_type": "meetdown_message", "event_payload": {}}},
        ),
    )

    assert await line.gateway.find_posted(team_id="T1", channel="D1", key="k1") is None


async def test_the_search_goes_through_several_pages_but_not_for_ever(line: Line) -> None:
    line.slack.next("conversations.history", history(cursor="a"), history(ours("k1", "1.1")))
    found = await line.gateway.find_posted(team_id="T1", channel="D1", key="k1")
    second_page = line.slack.calls[-1].arguments["cursor"]
    line.slack.always("conversations.history", history(cursor="b"))
    not_found = await line.gateway.find_posted(team_id="T1", channel="D1", key="k1")

    assert (found, second_page, not_found) == (Posted(channel_id="D1", ts="1.1"), "a", None)
    assert len(line.slack.calls) == 2 + 5


async def test_a_429_waits_as_long_as_slack_says_and_then_goes_on(line: Line) -> None:
    line.slack.next("chat.postMessage", slow_down(7))

    await line.post()

    assert (line.time.slept, line.slack.methods()) == ([7.0], ["chat.postMessage"] * 2)


async def test_a_429_that_is_too_long_to_wait_for_is_handed_up(line: Line) -> None:
    line.slack.next("chat.postMessage", slow_down(120))

    with pytest.raises(SlackProblem) as caught:
        await line.post()

    assert (caught.value.code, caught.value.retry_after, line.time.slept) == (SlackCode.RATE_LIMITED, 120.0, [])


async def test_a_429_stops_its_own_partition_only(line: Line) -> None:
    line.slack.next("chat.postMessage", slow_down(120))
    with pytest.raises(SlackProblem):
        await line.post("D1")

    await line.post("D2")
    await line.post("D1", team_id="T2")
    await line.gateway.delete_message(team_id="T1", message=Posted(channel_id="D1", ts="1.1"))
    with pytest.raises(SlackProblem) as still:
        await line.post("D1")

    assert (still.value.code, line.time.slept) == (SlackCode.RATE_LIMITED, [])
    assert [call.arguments["channel"] for call in line.slack.calls] == ["D1", "D2", "D1", "D1"]


async def test_one_channel_gets_about_one_message_a_second_and_another_does_not_wait(line: Line) -> None:
    for _ in range(6):
        await line.post("D1")
    waited = sum(line.time.slept)
    await line.post("D2")

    assert (waited, sum(line.time.slept)) == (2.0, 2.0)


async def test_a_read_is_tried_again_after_a_lost_connection(line: Line) -> None:
    # aiohttp repeats a GET once by itself: two drops are one lost try.
    answer = Reply(data={"ok": True, "user": {"id": "U1"}})
    line.slack.next("users.info", DROP, DROP, Reply(status=503, data={}), answer)

    person = await line.gateway.user_info(team_id="T1", user_id="U1")

    assert (person, line.time.slept) == (Person(id="U1", team_id=""), [0.2, 0.8])
    assert line.counted == [("users.info", "no_answer"), ("users.info", "no_answer"), ("users.info", "ok")]


async def test_a_read_gives_up_after_three_tries(line: Line) -> None:
    line.slack.always("users.info", Reply(status=503, data={}))

    with pytest.raises(SlackProblem) as caught:
        await line.gateway.user_info(team_id="T1", user_id="U1")

    assert (caught.value.code, len(line.slack.calls)) == (SlackCode.UNREACHABLE, 3)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("user_not_visible", SlackCode.USER_NOT_VISIBLE),
        ("channel_not_found", SlackCode.CHANNEL_NOT_FOUND),
        ("messages_tab_disabled", SlackCode.MESSAGES_TAB_DISABLED),
        ("restricted_action", SlackCode.RESTRICTED_ACTION),
        ("restricted_action_read_only_channel", SlackCode.RESTRICTED_ACTION),
        ("cannot_dm_bot", SlackCode.CANNOT_DM_BOT),
        ("msg_blocks_too_long", SlackCode.MSG_BLOCKS_TOO_LONG),
        ("token_revoked", SlackCode.TOKEN_REVOKED),
        ("a_word_of_tomorrow", SlackCode.OTHER),
    ],
)
async def test_slacks_words_become_codes_and_are_not_tried_again(line: Line, word: str, code: SlackCode) -> None:
    line.slack.next("chat.postMessage", slack_error(word))

    with pytest.raises(SlackProblem) as caught:
        await line.post()

    assert (caught.value.code, caught.value.slack_error, caught.value.passes) == (code, word, False)
    assert len(line.slack.calls) == 1


async def test_what_slack_says_of_bad_blocks_and_missing_scopes_is_in_the_text(line: Line) -> None:
    line.slack.next(
        "chat.postMessage",
        slack_error("invalid_blocks", response_metadata={"messages": ["must be shorter [/blocks/0]"]}),
        slack_error("missing_scope", needed="chat:write", provided="commands"),
    )
    texts = []
    for _ in range(2):
        with pytest.raises(SlackProblem) as caught:
            await line.post()
        texts.append(str(caught.value))

    assert texts == [
        "chat.postMessage: invalid_blocks (must be shorter [/blocks/0])",
        "chat.postMessage: missing_scope (needs chat:write)",
    ]


async def test_an_update_names_blocks_text_and_parse_each_time(line: Line) -> None:
    await line.gateway.update_message(
        team_id="T1", message=Posted(channel_id="D1", ts="1.1"), blocks=BLOCKS, text="done", metadata_key="k1"
    )

    assert line.slack.calls[0].arguments == {
        "channel": "D1",
        "ts": "1.1",
        "blocks": BLOCKS,
        "text": "done",
        "parse": "none",
        "metadata": {"event_type": "meetdown_message", "event_payload": {"key": "k1"}},
    }


async def test_an_update_of_a_person_instead_of_a_conversation_is_a_mistake_of_ours(line: Line) -> None:
    with pytest.raises(ValueError, match="D…"):
        await line.gateway.update_message(
            team_id="T1", message=Posted(channel_id="U1", ts="1.1"), blocks=BLOCKS, text="done", metadata_key="k1"
        )


async def test_an_update_is_repeated_after_a_lost_answer_since_it_ends_in_the_same_state(line: Line) -> None:
    line.slack.next("chat.update", DROP)

    await line.gateway.update_message(
        team_id="T1", message=Posted(channel_id="D1", ts="1.1"), blocks=BLOCKS, text="done", metadata_key="k1"
    )

    assert line.slack.methods() == ["chat.update"] * 2


async def test_deleting_what_is_gone_is_fine(line: Line) -> None:
    line.slack.next("chat.delete", slack_error("message_not_found"))

    await line.gateway.delete_message(team_id="T1", message=Posted(channel_id="D1", ts="1.1"))

    assert line.slack.methods() == ["chat.delete"]


async def test_views_are_opened_pushed_and_updated(line: Line) -> None:
    view = {"type": "modal", "callback_id": "call"}
    for method in ("views.open", "views.push"):
        line.slack.next(method, Reply(data={"ok": True, "view": {"id": "V1"}}))

    opened = await line.gateway.open_view(team_id="T1", trigger_id="1.1", view=view)
    pushed = await line.gateway.push_view(team_id="T1", trigger_id="1.2", view=view)
    await line.gateway.update_view(team_id="T1", view_id="V1", view=view, view_hash="h")

    assert (opened, pushed) == ("V1", "V1")
    assert [call.arguments for call in line.slack.calls] == [
        {"trigger_id": "1.1", "view": view},
        {"trigger_id": "1.2", "view": view},
        {"view_id": "V1", "view": view, "hash": "h"},
    ]


@pytest.mark.parametrize("word", ["expired_trigger_id", "trigger_expired"])
async def test_an_expired_trigger_has_one_code_whatever_slack_calls_it(line: Line, word: str) -> None:
    line.slack.next("views.open", slack_error(word))

    with pytest.raises(SlackProblem) as caught:
        await line.gateway.open_view(team_id="T1", trigger_id="1.1", view={})

    assert caught.value.code is SlackCode.EXPIRED_TRIGGER


async def test_a_trigger_is_never_used_twice(line: Line) -> None:
    line.slack.next("views.open", DROP, slow_down(10))

    with pytest.raises(Uncertain):
        await line.gateway.open_view(team_id="T1", trigger_id="1.1", view={})
    with pytest.raises(SlackProblem) as limited:
        await line.gateway.open_view(team_id="T1", trigger_id="1.2", view={})

    assert (limited.value.code, line.time.slept, len(line.slack.calls)) == (SlackCode.RATE_LIMITED, [], 2)


async def test_a_person_is_read_with_language_zone_and_what_they_are(line: Line) -> None:
    line.slack.next(
        "users.info",
        Reply(
            data={
                "ok": True,
                "user": {
                    "id": "U1",
                    "team_id": "T1",
                    "real_name": "Ada Example",
                    "locale": "nl-NL",
                    "tz": "Europe/Amsterdam",
                    "deleted": False,
                    "is_bot": False,
                    "is_restricted": True,
                    "is_invited_user": True,
                    "profile": {"email": "ada@acme.example", "display_name": "ada"},
                    "enterprise_user": {"enterprise_id": "E1", "teams": ["T1"]},
                },
            }
        ),
    )

    person = await line.gateway.user_info(team_id="T1", user_id="U1")

    assert line.slack.calls[0].arguments == {"user": "U1", "include_locale": "1"}
    assert person == Person(
        id="U1",
        team_id="T1",
        enterprise_id="E1",
        team_ids=("T1",),
        name="Ada Example",
        email="ada@acme.example",
        locale="nl-NL",
        time_zone="Europe/Amsterdam",
        is_invited=True,
        is_guest=True,
    )


async def test_a_workspace_without_installation_is_a_problem_and_not_a_call(line: Line) -> None:
    with pytest.raises(SlackProblem) as caught:
        await line.post(team_id="T9")

    assert (caught.value.code, line.slack.calls) == (SlackCode.NOT_INSTALLED, [])


async def test_an_organisation_is_looked_up_as_one(line: Line) -> None:
    await line.post(team_id="E1")

    assert line.slack.calls[0].token == "xoxb-E1"


async def test_who_a_token_belongs_to_is_asked_with_auth_test(line: Line) -> None:
    line.slack.next(
        "auth.test", Reply(data={"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT", "user": "meetdown"})
    )

    own = await identify(line.web_api, "xoxb-made-up")

    assert line.slack.calls[0].token == "xoxb-made-up"
    assert own == BotInstallation(
        team_id="T1", enterprise_id=None, bot_token="xoxb-made-up", bot_user_id="UBOT", bot_id="BBOT"
    )
    assert "made-up" not in repr(own)


async def test_all_calls_share_one_session_and_reuse_its_connection(line: Line) -> None:
    for _ in range(5):
        await line.post()

    assert len(line.slack.connections) == 1


async def test_a_response_url_of_slacks_origin_gets_the_answer(line: Line) -> None:
    line.slack.next("hook/1", Reply(text="ok", content_type="text/html"))

    await line.gateway.respond(f"{line.slack.origin}/api/hook/1", {"text": "done", "replace_original": True})

    assert line.slack.calls[0].arguments == {"text": "done", "replace_original": True}


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/commands/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com:444/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user:pass@hooks.slack.com/x",
        "https://evil.example/?https://hooks.slack.com",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
        "https://[::1",
        "",
    ],
)
async def test_a_response_url_of_anybody_else_is_never_posted_to(line: Line, url: str) -> None:
    with pytest.raises(SlackProblem) as caught:
        await line.gateway.respond(url, {"text": "x"})

    assert (caught.value.code, line.slack.calls) == (SlackCode.REFUSED_URL, [])


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=404, text="used_url", content_type="text/plain"), SlackCode.USED_RESPONSE_URL),
        (Reply(status=404, data={"ok": False, "error": "expired_url"}), SlackCode.EXPIRED_RESPONSE_URL),
        (Reply(status=429, data={}), SlackCode.RATE_LIMITED),
        (Reply(status=302, text="", headers={"Location": "http://evil.example/"}), SlackCode.OTHER),
    ],
)
async def test_what_a_response_url_says_becomes_a_code(line: Line, reply: Reply, code: SlackCode) -> None:
    line.slack.next("hook/1", reply)

    with pytest.raises(SlackProblem) as caught:
        await line.gateway.respond(f"{line.slack.origin}/api/hook/1", {"text": "x"})

    assert (caught.value.code, len(line.slack.calls)) == (code, 1)


async def test_a_lost_answer_of_a_response_url_is_uncertain(line: Line) -> None:
    line.slack.next("hook/1", DROP)

    with pytest.raises(Uncertain):
        await line.gateway.respond(f"{line.slack.origin}/api/hook/1", {"text": "x"})
