from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import OWNER
from tests.unit.playground.shapes import actions, button, pie, section

METADATA = {"event_type": "decision", "event_payload": {"id": "d1"}}


async def test_posting_to_a_person_opens_the_dm_and_keeps_the_metadata(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    answer = await client.chat_postMessage(channel=OWNER, text="Hello", blocks=[section()], metadata=METADATA)

    (message,) = slack.as_user(OWNER).messages
    assert (answer["channel"], answer["ts"]) == (message.channel, message.ts)
    assert message.channel.startswith("D")
    assert (message.text, message.metadata, message.user) == ("Hello", METADATA, "UBT0ACME")
    assert message.blocks[0]["block_id"]


async def test_history_shows_metadata_only_when_asked_for(slack: SlackStandIn, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello", metadata=METADATA)
    channel = str(posted["channel"])

    with_metadata = await client.conversations_history(channel=channel, include_all_metadata=True)
    without = await client.conversations_history(channel=channel)

    assert with_metadata["messages"][0]["metadata"] == METADATA
    assert "metadata" not in without["messages"][0]


async def test_history_is_newest_first_in_pages_and_windows(client: AsyncWebClient) -> None:
    posted = [await client.chat_postMessage(channel=OWNER, text=f"No. {number}") for number in range(3)]
    channel = str(posted[0]["channel"])

    page = await client.conversations_history(channel=channel, limit=2)
    rest = await client.conversations_history(channel=channel, limit=2, cursor=page["response_metadata"]["next_cursor"])
    after = await client.conversations_history(channel=channel, oldest=posted[0]["ts"])
    one = await client.conversations_history(
        channel=channel, oldest=posted[1]["ts"], latest=posted[1]["ts"], inclusive=True
    )

    def said(answer: Any) -> list[str]:
        return [message["text"] for message in answer["messages"]]

    assert [said(page), said(rest), said(after), said(one)] == [
        ["No. 2", "No. 1"],
        ["No. 0"],
        ["No. 2", "No. 1"],
        ["No. 1"],
    ]
    assert (page["has_more"], rest["has_more"]) == (True, False)


async def test_replies_stay_in_their_thread(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=OWNER, text="Parent")
    channel = str(parent["channel"])
    await client.chat_postMessage(channel=channel, text="Reply", thread_ts=parent["ts"])

    history = await client.conversations_history(channel=channel)
    thread = await client.conversations_replies(channel=channel, ts=str(parent["ts"]))

    assert [one["text"] for one in history["messages"]] == ["Parent"]
    assert [one["text"] for one in thread["messages"]] == ["Parent", "Reply"]


async def test_message_names_never_repeat_and_never_go_back(client: AsyncWebClient) -> None:
    names = [(await client.chat_postMessage(channel=OWNER, text="x"))["ts"] for _ in range(5)]

    assert names == sorted(set(names))


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "U0NOBODY", "text": "x"}, "channel_not_found"),
        ({"channel": "D0NONE", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "channel_not_found"),
        ({"channel": "USLACKBOT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "U0ROBOT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "U0GONE", "text": "x"}, "channel_not_found"),
        ({"channel": "U0STRICT", "text": "x"}, "restricted_action"),
        ({"channel": "C0OLD", "text": "x"}, "is_archived"),
        ({"channel": "C0OTHERS", "text": "x"}, "not_in_channel"),
        ({"channel": OWNER}, "no_text"),
        ({"channel": OWNER, "text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"channel": OWNER, "text": "x", "thread_ts": "1.2"}, "invalid_thread_ts"),
    ],
)
async def test_a_message_that_cannot_arrive_is_refused(
    slack: SlackStandIn, client: AsyncWebClient, args: dict[str, Any], error: str
) -> None:
    slack.add_user("U0ROBOT", is_bot=True)
    slack.add_user("U0GONE", deleted=True)
    slack.add_user("U0STRICT", dm_error="restricted_action")
    slack.add_channel("C0OLD", name="old", members={"UBT0ACME"}).is_archived = True
    slack.add_channel("C0OTHERS", name="others", members={OWNER})

    with pytest.raises(SlackApiError, match=error):
        await client.api_call("chat.postMessage", data=args)

    assert slack.messages == []


async def test_without_the_messages_tab_no_dm_arrives(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.app.messages_tab = False

    with pytest.raises(SlackApiError, match="messages_tab_disabled"):
        await client.chat_postMessage(channel=OWNER, text="x")


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"text": "x", "blocks": [{"type": "carpet"}]}, "invalid_blocks"),
        ({"text": "x" * 4001}, "msg_too_long"),
        ({"text": "x", "blocks": [section("x" * 2900)] * 4}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"blocks": [pie()]}, "no_text"),
    ],
)
async def test_a_message_that_breaks_a_limit_is_refused_and_the_violation_kept(
    lenient_slack: SlackStandIn, lenient_client: AsyncWebClient, args: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await lenient_client.api_call("chat.postMessage", json={"channel": OWNER, **args})

    assert refused.value.response["error"] == error
    explained = [f"[ERROR] {found}" for found in lenient_slack.violations]
    assert refused.value.response["response_metadata"]["messages"] == explained
    assert len(explained) == 1


async def test_an_update_with_text_alone_takes_the_blocks_away_and_leaves_the_metadata(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello", blocks=[section()], metadata=METADATA)

    await client.chat_update(channel=str(posted["channel"]), ts=str(posted["ts"]), text="Bye")

    (message,) = slack.as_user(OWNER).messages
    assert (message.text, message.blocks, message.metadata, len(message.earlier)) == ("Bye", [], METADATA, 1)
    assert message.edited_ts > message.ts


async def test_an_update_may_take_the_metadata_away(slack: SlackStandIn, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello", metadata=METADATA)

    await client.chat_update(channel=str(posted["channel"]), ts=str(posted["ts"]), text="Bye", metadata={})

    assert slack.as_user(OWNER).messages[0].metadata is None


async def test_an_update_wants_the_dm_and_not_the_person(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello")

    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_update(channel=OWNER, ts=str(posted["ts"]), text="Bye")


async def test_only_own_messages_that_exist_can_be_changed(slack: SlackStandIn, client: AsyncWebClient) -> None:
    person = slack.as_user(OWNER)
    await person.send_dm("Mine")
    (mine,) = slack.messages

    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(channel=person.dm.id, ts=mine.ts, text="Yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await client.chat_delete(channel=person.dm.id, ts=mine.ts)
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel=person.dm.id, ts="1.2", text="Bye")


async def test_a_deleted_message_is_gone(slack: SlackStandIn, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello")
    channel, ts = str(posted["channel"]), str(posted["ts"])

    await client.chat_delete(channel=channel, ts=ts)

    assert slack.as_user(OWNER).messages == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_delete(channel=channel, ts=ts)


async def test_an_ephemeral_is_seen_by_one_member_of_the_channel(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.add_channel("C0TEAM", name="team", members={OWNER, "UBT0ACME"})

    await client.chat_postEphemeral(channel="C0TEAM", user=OWNER, text="Psst", blocks=[actions(button())])

    assert [one.text for one in slack.as_user(OWNER).ephemerals] == ["Psst"]
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await client.chat_postEphemeral(channel="C0TEAM", user="U0BEN", text="Psst")


async def test_a_message_has_a_link(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello")
    channel, ts = str(posted["channel"]), str(posted["ts"])

    link = await client.chat_getPermalink(channel=channel, message_ts=ts)

    assert link["permalink"] == f"https://acme.slack.example/archives/{channel}/p{ts.replace('.', '')}"


async def test_what_is_not_there_cannot_be_read(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.store.grants[slack.bot_token].scopes.add("channels:history")
    slack.add_channel("C0OTHERS", name="others", members={OWNER})
    channel = slack.as_user(OWNER).dm.id

    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.conversations_history(channel="C0OTHERS")
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.conversations_replies(channel=channel, ts="1.2")
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_getPermalink(channel=channel, message_ts="1.2")


async def test_somebody_who_left_gets_no_more(slack: SlackStandIn, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=OWNER, text="Hello")
    slack.store.users[OWNER].deleted = True

    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel=str(posted["channel"]), text="x")


async def test_another_workspace_sees_nothing_of_this_one(slack: SlackStandIn, client: AsyncWebClient) -> None:
    other = slack.add_workspace("T0OTHER", name="Other", domain="other")
    posted = await client.chat_postMessage(channel=OWNER, text="Hello")

    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=str(posted["channel"]), text="x", token=other.bot_token)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=OWNER, text="x", token=other.bot_token)
