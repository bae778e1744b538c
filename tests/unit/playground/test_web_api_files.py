"""The three steps of an upload, as docs.slack.dev/messaging/working-with-files describes them."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import OWNER
from tests.unit.playground.shapes import section

CONTENT = "name,tier\nCafé,A\n".encode()


async def begin(client: AsyncWebClient, *, length: int = len(CONTENT)) -> tuple[str, str]:
    answer = await client.files_getUploadURLExternal(filename="clients.csv", length=length)
    return str(answer["file_id"]), str(answer["upload_url"])


async def send(url: str, body: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, data=body) as answer:
        return answer.status, await answer.text()


async def dm(client: AsyncWebClient) -> str:
    return str((await client.conversations_open(users=OWNER))["channel"]["id"])


async def test_a_file_is_announced_uploaded_and_shown(slack: SlackStandIn, client: AsyncWebClient) -> None:
    file_id, url = await begin(client)
    sent = await send(url, CONTENT)
    channel = await dm(client)
    answer = await client.files_completeUploadExternal(
        files=[{"id": file_id, "title": "Clients"}], channel_id=channel, blocks=json.dumps([section()])
    )

    (message,) = slack.as_user(OWNER).messages
    (shown,) = (await client.conversations_history(channel=channel))["messages"]
    assert sent == (200, f"OK - {len(CONTENT)}")
    assert url.startswith(slack.base_url)
    assert file_id not in url
    assert (message.files, slack.content_of(file_id)) == ([file_id], CONTENT)
    assert (shown["subtype"], shown["files"]) == ("file_share", answer["files"])
    assert {name: shown["files"][0][name] for name in ("id", "name", "title", "mimetype", "size")} == {
        "id": file_id,
        "name": "clients.csv",
        "title": "Clients",
        "mimetype": "text/csv",
        "size": len(CONTENT),
    }


async def test_the_sdks_own_upload_works(slack: SlackStandIn, client: AsyncWebClient) -> None:
    channel = await dm(client)
    await client.files_upload_v2(content=CONTENT, filename="clients.csv", channel=channel, initial_comment="Here")

    (message,) = slack.as_user(OWNER).messages
    assert (message.text, slack.content_of(message.files[0])) == ("Here", CONTENT)


async def test_a_form_with_the_file_is_taken_too(slack: SlackStandIn, client: AsyncWebClient) -> None:
    file_id, url = await begin(client)
    form = aiohttp.FormData()
    form.add_field("file", CONTENT, filename="clients.csv")

    assert (await send(url, form))[0] == 200
    assert slack.content_of(file_id) == CONTENT


async def test_a_file_of_another_length_and_an_address_of_nobody_are_refused(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    _, url = await begin(client, length=3)

    assert (await send(url, CONTENT))[0] == 400
    assert (await send(f"{slack.base_url}/upload/v1/nobodys", CONTENT))[0] == 404


async def test_an_address_is_good_until_the_file_is_completed(client: AsyncWebClient) -> None:
    file_id, url = await begin(client)
    await send(url, CONTENT)
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": "Clients"}])

    assert (await send(url, CONTENT))[0] == 404
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": file_id, "title": "Clients"}])


@pytest.mark.parametrize(("channel", "error"), [("C0NOTHERE", "channel_not_found"), ("U0NOBODY", "channel_not_found")])
async def test_nothing_is_completed_where_the_conversation_is_not_there(
    client: AsyncWebClient, channel: str, error: str
) -> None:
    file_id, url = await begin(client)
    await send(url, CONTENT)

    with pytest.raises(SlackApiError, match=error):
        await client.files_completeUploadExternal(files=[{"id": file_id, "title": ""}], channel_id=channel)

    await client.files_completeUploadExternal(files=[{"id": file_id, "title": ""}])


async def test_a_file_that_was_never_sent_cannot_be_completed(client: AsyncWebClient) -> None:
    file_id, _ = await begin(client)

    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": file_id, "title": "Clients"}])


@pytest.mark.parametrize(
    ("name", "length", "error"),
    [
        ("", 3, "invalid_arguments"),
        ("x.csv", 0, "invalid_arguments"),
        ("x.csv", 10**9, "file_upload_size_restricted"),
    ],
)
async def test_what_cannot_be_a_file_is_refused(client: AsyncWebClient, name: str, length: int, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.files_getUploadURLExternal(filename=name, length=length)


async def test_without_the_scope_nothing_can_be_uploaded(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.store.grants[slack.bot_token].scopes.discard("files:write")

    with pytest.raises(SlackApiError, match="missing_scope"):
        await begin(client)
