"""Tokens, scopes, argument forms: what every method has in common."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from tests.support.slack import OWNER


async def error_of(client: AsyncWebClient, method: str, **args: object) -> object:
    """Slack's error name for a call that is refused."""
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, params=args)
    return refused.value.response["error"]


async def post(slack: SlackStandIn, method: str, **kwargs: object) -> dict[str, object]:
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + method, **kwargs) as response:  # type: ignore[arg-type]
        answer: dict[str, object] = await response.json()
        return answer


async def test_auth_test_says_who_the_bot_is_and_which_scopes_it_has(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    answer = await client.auth_test()

    assert answer.data == {
        "ok": True,
        "url": "https://acme.slack.example/",
        "team": "Acme",
        "user": "meetdown",
        "team_id": "T0ACME",
        "user_id": "UBT0ACME",
        "bot_id": "BT0ACME",
        "app_id": "A0MEETDOWN",
        "is_enterprise_install": False,
    }
    assert answer.headers["x-oauth-scopes"] == (
        "chat:write,commands,files:write,im:history,im:read,im:write,team:read,users:read,users:read.email"
    )


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-unknown", "invalid_auth"), ("xapp-1-A0MEETDOWN-1-stand-in", "not_allowed_token_type")],
)
async def test_a_wrong_token_is_refused(slack: SlackStandIn, token: str, error: str) -> None:
    assert await post(slack, "auth.test", data={"token": token}) == {"ok": False, "error": error}


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_that_ended_says_why(slack: SlackStandIn, client: AsyncWebClient, error: str) -> None:
    slack.store.grants[slack.bot_token].error = error

    assert await error_of(client, "auth.test") == error


async def test_a_token_may_come_in_a_form_but_not_in_json_or_the_address(slack: SlackStandIn) -> None:
    in_form = await post(slack, "auth.test", data={"token": slack.bot_token})
    in_json = await post(slack, "auth.test", json={"token": slack.bot_token})
    in_address = await post(slack, "auth.test", params={"token": slack.bot_token})

    refused = {"ok": False, "error": "not_authed"}
    assert (in_form["ok"], in_json, in_address) == (True, refused, refused)


async def test_an_unknown_method_is_named(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call("chat.shout")

    assert refused.value.response.data == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


async def test_json_that_is_none_is_refused(slack: SlackStandIn) -> None:
    headers = {"Content-Type": "application/json"}

    assert (await post(slack, "auth.test", data="{", headers=headers))["error"] == "invalid_json"
    assert (await post(slack, "auth.test", data="[]", headers=headers))["error"] == "json_not_object"


@pytest.mark.parametrize(
    ("method", "needed", "args"),
    [
        ("chat.postMessage", "chat:write", {"channel": OWNER, "text": "x"}),
        ("users.info", "users:read", {"user": OWNER}),
        ("users.list", "users:read", {}),
        ("conversations.open", "im:write", {"users": OWNER}),
        ("team.info", "team:read", {}),
        ("users.lookupByEmail", "users:read.email", {"email": "anna@meetdown.example"}),
    ],
)
async def test_a_missing_scope_is_named_beside_those_granted(
    slack: SlackStandIn, client: AsyncWebClient, method: str, needed: str, args: dict[str, str]
) -> None:
    slack.store.grants[slack.bot_token].scopes = {"commands", "im:read"}

    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, params=args)

    assert refused.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": needed,
        "provided": "commands,im:read",
    }


async def test_reading_a_dm_needs_the_scope_for_dms(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.store.grants[slack.bot_token].scopes -= {"im:history", "im:read"}
    channel = slack.as_user(OWNER).dm.id

    assert await error_of(client, "conversations.history", channel=channel) == "missing_scope"
    assert await error_of(client, "conversations.info", channel=channel) == "missing_scope"


async def test_every_call_is_kept_with_its_answer(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=OWNER, text="Hello", blocks=[])

    (call,) = slack.calls
    assert (call.method, call.args, call.team_id, call.status, call.ok) == (
        "chat.postMessage",
        {"channel": OWNER, "text": "Hello", "blocks": []},
        "T0ACME",
        200,
        True,
    )


async def test_an_app_level_token_opens_a_websocket_address(slack: SlackStandIn, client: AsyncWebClient) -> None:
    answer = await client.apps_connections_open(app_token=slack.app.app_token)

    assert str(answer["url"]).startswith(slack.base_url.replace("http", "ws") + "/link?ticket=")


async def test_a_bot_token_opens_no_websocket(slack: SlackStandIn, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=slack.bot_token)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.apps_connections_open(app_token="xapp-1-A0OTHER-1-x")


async def test_an_oauth_code_becomes_a_token_once(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.add_workspace("T0OTHER", name="Other", domain="other", installed=False)
    code = slack.new_oauth_code("T0OTHER", OWNER, scopes=frozenset({"chat:write", "commands"}))
    app = slack.app

    answer = await client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)
    with pytest.raises(SlackApiError, match="invalid_code"):
        await client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)

    token = slack.store.workspaces["T0OTHER"].bot_token
    assert answer.data == {
        "ok": True,
        "access_token": token,
        "token_type": "bot",
        "scope": "chat:write,commands",
        "bot_user_id": "UBT0OTHER",
        "app_id": "A0MEETDOWN",
        "team": {"id": "T0OTHER", "name": "Other"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": OWNER},
    }
    assert (await client.auth_test(token=token))["team_id"] == "T0OTHER"


async def test_a_wrong_client_secret_gets_no_token(slack: SlackStandIn, client: AsyncWebClient) -> None:
    code = slack.new_oauth_code("T0ACME", OWNER)

    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await client.oauth_v2_access(client_id=slack.app.client_id, client_secret="x", code=code)
    with pytest.raises(SlackApiError, match="invalid_client_id"):
        await client.oauth_v2_access(client_id="x", client_secret="x", code=code)


async def test_a_revoked_token_is_dead(slack: SlackStandIn, client: AsyncWebClient) -> None:
    answer = await client.auth_revoke()

    assert answer["revoked"] is True
    assert await error_of(client, "auth.test") == "token_revoked"


async def test_uninstalling_wants_the_apps_secret(slack: SlackStandIn, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await client.apps_uninstall(client_id=slack.app.client_id, client_secret="x")

    assert (await client.auth_test())["ok"] is True


async def test_uninstalling_kills_the_tokens(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.apps_uninstall(client_id=slack.app.client_id, client_secret=slack.app.client_secret)

    assert slack.workspace.installed is False
    assert await error_of(client, "auth.test") == "account_inactive"
