"""manifest.yml, docs/security.md and what the code calls say the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import methods
from bot.transport.http import SLACK_PATH
from bot.transport.oauth import REDIRECT_PATH
from playground.web_api.dispatch import METHODS

ROOT = Path(__file__).parents[3]
EVENT_SCOPES = {"message.im": "im:history", "user_change": "users:read", "app_uninstalled": "", "tokens_revoked": ""}
"""What Slack wants for a subscription (docs.slack.dev/reference/events)."""
FIELD_SCOPES = {"users:read.email"}
"""For a field of an answer and no method: `profile.email` of users.info."""
OUTSIDE_THE_GATEWAY = {
    "bot/slack/inspection.py": {"auth_test", "apps_connections_open", "oauth_v2_access"},
    "bot/slack/web_api.py": {"api_call"},
    "bot/transport/oauth.py": {"oauth_v2_access", "auth_test"},
    "bot/transport/socket_mode.py": {"apps_connections_open"},
}
"""Calls that need no scope: who a token belongs to, a websocket, an installation."""


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
    return read


def justified(heading: str) -> set[str]:
    section = (ROOT / "docs" / "security.md").read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([a-z_.:]+)` \|", section, re.MULTILINE))


def web_api_calls() -> Iterator[tuple[str, str]]:
    """File and name of every call that looks like a method of slack_sdk's client."""
    known = {name for name in dir(AsyncWebClient) if "_" in name and not name.startswith("_")} - {"retry_handlers"}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in known:
                owner = ast.unparse(node.func.value)
                if "gateway" not in owner and "slack" not in owner.rpartition(".")[2]:
                    yield path.relative_to(ROOT).as_posix(), node.func.attr


def test_the_scopes_are_those_of_the_methods_and_events_and_no_more() -> None:
    settings = manifest()
    needed = {method.scope for method in methods.ALL if method.scope is not None}
    needed |= {EVENT_SCOPES[event] for event in settings["settings"]["event_subscriptions"]["bot_events"]} - {""}

    assert set(settings["oauth_config"]["scopes"]["bot"]) == needed | FIELD_SCOPES | {"commands"}
    assert "user" not in settings["oauth_config"]["scopes"]


def test_the_stand_in_asks_for_the_same_scopes() -> None:
    # Slack wants another scope of a history for each kind of conversation; the bot reads its direct messages only.
    by_conversation = {methods.HISTORY.name: "im:history"}

    assert {method.name: method.scope for method in methods.ALL} == {
        method.name: METHODS[method.name].scope or by_conversation.get(method.name) for method in methods.ALL
    }


def test_each_scope_and_event_is_justified() -> None:
    settings = manifest()

    assert justified("Scopes") == set(settings["oauth_config"]["scopes"]["bot"])
    assert justified("Events") == set(settings["settings"]["event_subscriptions"]["bot_events"])


def test_only_the_gateway_calls_the_web_api() -> None:
    found = set(web_api_calls())
    stray = {(path, name) for path, name in found if name not in OUTSIDE_THE_GATEWAY.get(path, set())}

    assert ("bot/slack/web_api.py", "api_call") in found
    assert stray == set()


def test_every_address_is_the_one_that_is_served() -> None:
    settings = manifest()
    addresses = [
        settings["features"]["slash_commands"][0]["url"],
        settings["settings"]["event_subscriptions"]["request_url"],
        settings["settings"]["interactivity"]["request_url"],
    ]

    assert addresses == [f"https://meetdown.acme.example{SLACK_PATH}"] * 3
    assert settings["oauth_config"]["redirect_urls"] == [f"https://meetdown.acme.example{REDIRECT_PATH}"]


def test_the_command_the_messages_tab_and_the_switches_are_as_the_bot_needs_them() -> None:
    settings = manifest()

    assert [command["command"] for command in settings["features"]["slash_commands"]] == ["/meetdown"]
    assert settings["features"]["app_home"] == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert settings["settings"]["interactivity"]["is_enabled"] is True
    assert settings["settings"]["socket_mode_enabled"] is False


def test_the_texts_stay_within_slacks_limits() -> None:
    about = manifest()["display_information"]

    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
