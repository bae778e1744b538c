import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import COLLEAGUE, OWNER


async def test_a_user_is_described_with_locale_only_when_asked_for(client: AsyncWebClient) -> None:
    with_locale = await client.users_info(user=COLLEAGUE, include_locale=True)
    without = await client.users_info(user=COLLEAGUE)

    user = with_locale["user"]
    assert (user["id"], user["team_id"], user["locale"], user["tz"], user["is_bot"], user["deleted"]) == (
        COLLEAGUE,
        "T0ACME",
        "nl-NL",
        "Europe/Amsterdam",
        False,
        False,
    )
    assert user["profile"]["email"] == "ben@meetdown.example"
    assert "locale" not in without["user"]


async def test_an_address_needs_its_scope(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.store.grants[slack.bot_token].scopes.discard("users:read.email")

    assert "email" not in (await client.users_info(user=OWNER))["user"]["profile"]


async def test_guests_bots_invited_and_deleted_people_can_be_told(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.add_user("U0GUEST", is_restricted=True, is_ultra_restricted=True)
    slack.add_user("U0ROBOT", is_bot=True)
    slack.add_user("U0NEW", is_invited_user=True)
    slack.add_user("U0GONE", deleted=True)

    async def told(user: str, name: str) -> object:
        return (await client.users_info(user=user))["user"].get(name)

    assert [
        await told("U0GUEST", "is_ultra_restricted"),
        await told("U0ROBOT", "is_bot"),
        await told("U0NEW", "is_invited_user"),
        await told("U0GONE", "deleted"),
        await told("USLACKBOT", "is_bot"),
    ] == [True, True, True, True, False]


async def test_people_of_another_workspace_are_unknown_unless_a_channel_is_shared(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    slack.add_workspace("T0OTHER", name="Other", domain="other")
    slack.add_user("U0FAR", team_id="T0OTHER")
    slack.add_user("U0NEAR", team_id="T0OTHER", seen_in={"T0ACME"}, enterprise_id="E0OTHER")

    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user="U0FAR")
    near = (await client.users_info(user="U0NEAR"))["user"]
    assert (near["team_id"], near["is_stranger"], near["enterprise_user"]["enterprise_id"]) == (
        "T0OTHER",
        False,
        "E0OTHER",
    )


async def test_a_hidden_person_is_not_visible(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.add_user("U0HIDDEN", visible=False)

    with pytest.raises(SlackApiError, match="user_not_visible"):
        await client.users_info(user="U0HIDDEN")
    with pytest.raises(SlackApiError, match="user_not_visible"):
        await client.conversations_open(users="U0HIDDEN")


async def test_the_list_comes_in_pages(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=3)
    second = await client.users_list(limit=3, cursor=first["response_metadata"]["next_cursor"])

    assert [user["id"] for user in first["members"]] == ["UBT0ACME", "USLACKBOT", OWNER]
    assert [user["id"] for user in second["members"]] == [COLLEAGUE]
    assert second["response_metadata"]["next_cursor"] == ""


async def test_people_are_found_by_address(client: AsyncWebClient) -> None:
    found = await client.users_lookupByEmail(email="BEN@meetdown.example")

    assert found["user"]["id"] == COLLEAGUE
    with pytest.raises(SlackApiError, match="users_not_found"):
        await client.users_lookupByEmail(email="nobody@meetdown.example")


async def test_the_workspace_describes_itself(client: AsyncWebClient) -> None:
    assert (await client.team_info())["team"] == {
        "id": "T0ACME",
        "name": "Acme",
        "domain": "acme",
        "url": "https://acme.slack.example/",
    }


async def test_a_dm_opens_once(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users=OWNER)
    second = await client.conversations_open(users=OWNER, return_im=True)

    assert (first.get("already_open"), second["already_open"]) == (None, True)
    assert second["channel"]["user"] == OWNER
    assert first["channel"]["id"] == second["channel"]["id"]


@pytest.mark.parametrize(
    ("user", "error"),
    [
        ("U0NOBODY", "user_not_found"),
        ("USLACKBOT", "cannot_dm_bot"),
        ("U0ROBOT", "cannot_dm_bot"),
        ("U0GONE", "user_disabled"),
    ],
)
async def test_a_dm_does_not_open_with_just_anybody(
    slack: SlackStandIn, client: AsyncWebClient, user: str, error: str
) -> None:
    slack.add_user("U0ROBOT", is_bot=True)
    slack.add_user("U0GONE", deleted=True)

    with pytest.raises(SlackApiError, match=error):
        await client.conversations_open(users=user)


async def test_a_known_conversation_opens_by_its_own_name(slack: SlackStandIn, client: AsyncWebClient) -> None:
    channel = slack.as_user(OWNER).dm.id

    assert (await client.conversations_open(channel=channel))["channel"] == {"id": channel}


async def test_an_organisation_is_named(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.workspace.enterprise_id = "E0ACME"

    assert (await client.team_info())["team"]["enterprise_id"] == "E0ACME"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"limit": "many"}, "invalid_arguments"),
        ({"limit": 1001}, "invalid_limit"),
        ({"cursor": "second"}, "invalid_cursor"),
    ],
)
async def test_a_page_that_cannot_be_is_refused(client: AsyncWebClient, args: dict[str, str], error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.api_call("users.list", params=args)


async def test_a_conversation_tells_about_itself(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.store.grants[slack.bot_token].scopes.add("channels:read")
    slack.add_channel("C0TEAM", name="team", members={OWNER})

    dm = (await client.conversations_info(channel=slack.as_user(OWNER).dm.id))["channel"]
    channel = (await client.conversations_info(channel="C0TEAM"))["channel"]
    members = await client.conversations_members(channel="C0TEAM")

    assert (dm["is_im"], dm["user"], channel["name"], members["members"]) == (True, OWNER, "team", [OWNER])
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.conversations_info(channel="C0NONE")


async def test_administrators_and_owners_can_be_told(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.add_user("U0ADMIN", is_admin=True)
    slack.add_user("U0OWNER", is_owner=True)

    async def told(user: str) -> tuple[object, object]:
        found = (await client.users_info(user=user))["user"]
        return found["is_admin"], found["is_owner"]

    assert [await told("U0ADMIN"), await told("U0OWNER"), await told(COLLEAGUE)] == [
        (True, False),
        (True, True),
        (False, False),
    ]
