"""The two Slacks, with the same people, conversations and app in each, behind one narrow interface."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from playground import SlackStandIn
from playground.records import BOT_SCOPES, App, Grant
from tests.support import npm

Json = dict[str, Any]

CLIENT_ID = "1000.2000"
CLIENT_SECRET = "the secret of the app"
SCOPES = BOT_SCOPES | {"channels:read", "channels:history", "groups:read", "groups:history"}
NARROW = frozenset({"chat:write"})
ALL_OF_EMULATES = sorted({*SCOPES, "channels:join", "channels:manage", "mpim:read"})
TOKENS = {"bot": "xoxb-the-bots", "narrow": "xoxb-with-one-scope", "bad": "xoxb-of-nobody", "none": ""}
PEOPLE = {"anna": "Anna Berg", "ben": "Ben Visser"}
MAIL = "northlight.example"
REDIRECT = "http://localhost:3000/slack/oauth_redirect"

Trigger = Callable[[str], Awaitable[str]]
"""A new trigger id of Anna's, from inside the view that is named; an empty name: from outside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """`ids`: what the calls name as `$anna`, `$ben`, `$general`, `$hidden` (a private channel without the bot)."""

    url: str
    """Ends in `/api/`."""
    session: aiohttp.ClientSession
    ids: Mapping[str, str]
    trigger: Trigger
    code: Callable[[], Awaitable[str]]
    """A new OAuth code: Anna clicked *Allow*."""
    say: Callable[[str], Awaitable[str]]
    """Anna writes something in the conversation; its `ts`."""
    tokens: Mapping[str, str] = field(default_factory=lambda: TOKENS)

    async def call(self, method: str, args: Json, *, token: str = "bot", as_json: bool = False) -> Json:
        """The answer, with `status` and the body's beginning where it is no JSON object."""
        secret = self.tokens[token]
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        if as_json:
            body: Json = {"json": args}
        else:
            body = {"data": {name: one if isinstance(one, str) else json.dumps(one) for name, one in args.items()}}
        async with self.session.post(f"{self.url}{method}", headers=headers, **body) as response:
            text = await response.text()
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        return answer if isinstance(answer, dict) else {"status": response.status, "body": text[:60]}

    async def upload(self, url: str, content: str) -> Json:
        async with self.session.post(url, data=content.encode()) as response:
            return {"status": response.status}


@asynccontextmanager
async def stand_in() -> AsyncIterator[Side]:
    app = App(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, scopes=frozenset(SCOPES))
    async with SlackStandIn(app=app) as slack, aiohttp.ClientSession() as session:
        for name, real_name in PEOPLE.items():
            slack.add_user(f"U0{name.upper()}", name=name, real_name=real_name, email=f"{name}@{MAIL}")
        team, bot = slack.workspace.id, slack.workspace.bot_user_id
        for name, scopes in (("bot", SCOPES), ("narrow", NARROW)):
            slack.store.grants[TOKENS[name]] = Grant(token=TOKENS[name], team_id=team, scopes=set(scopes))
        slack.add_channel("C0GENERAL", name="general", members={"U0ANNA", "U0BEN", bot})
        slack.add_channel("C0HIDDEN", name="hidden", members={"U0ANNA"}, private=True)
        anna = slack.as_user("U0ANNA")

        async def trigger(view_id: str) -> str:
            view = slack.store.views[view_id] if view_id else None
            return slack.store.new_trigger(team, "U0ANNA", view).id

        async def code() -> str:
            return slack.new_oauth_code(team, "U0ANNA")

        async def say(channel: str) -> str:
            return anna.write(slack.store.channels[channel], "Something of Anna's").ts

        yield Side(
            url=slack.api_url,
            session=session,
            ids={"anna": "U0ANNA", "ben": "U0BEN", "general": "C0GENERAL", "hidden": "C0HIDDEN"},
            trigger=trigger,
            code=code,
            say=say,
        )


@asynccontextmanager
async def emulate() -> AsyncIterator[Side]:
    """Raises NoNode where it cannot be installed."""
    await asyncio.to_thread(npm.installed)
    words = npm.command("node", "emulate.mjs", json.dumps(_seed()))
    process = await asyncio.create_subprocess_exec(
        *words, cwd=npm.FOLDER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().strip()
        assert url, "emulate did not start"
        async with aiohttp.ClientSession() as session:
            yield await _emulates_side(f"{url}/", session)
    finally:
        process.stdin.close()
        await process.wait()


def _seed() -> Json:
    app = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "app_id": "A0MEETDOWN",
        "name": "Meetdown",
        "redirect_uris": [REDIRECT],
        "scopes": sorted(SCOPES),
        "bot_id": "B0MEETDOWN",
        "bot_user_id": "U0MEETDOWN",
        "bot_name": "meetdown",
    }

    def token(name: str, secret: str, scopes: list[str], user: str, **more: str) -> Json:
        return {"token": secret, "type": name, "user": user, "scopes": scopes, "app_id": "A0MEETDOWN", **more}

    bot = {"user": "U0MEETDOWN", "bot_id": "B0MEETDOWN", "bot_user_id": "U0MEETDOWN"}
    return {
        "slack": {
            "strict_scopes": True,
            "team": {"name": "Acme", "domain": "acme"},
            "users": [
                {"name": name, "real_name": real_name, "email": f"{name}@{MAIL}"} for name, real_name in PEOPLE.items()
            ],
            "channels": [{"name": "hidden", "is_private": True}],
            "oauth_apps": [app],
            "tokens": [
                token("bot", TOKENS["bot"], sorted(SCOPES), **bot),
                token("bot", TOKENS["narrow"], sorted(NARROW), **bot),
                token("bot", "xoxb-to-set-up", ALL_OF_EMULATES, **bot),
                token("user", "xoxp-annas", ALL_OF_EMULATES, "anna"),
            ],
        }
    }


async def _emulates_side(base_url: str, session: aiohttp.ClientSession) -> Side:
    tokens = {**TOKENS, "set up": "xoxb-to-set-up", "anna": "xoxp-annas"}
    ids: dict[str, str] = {}

    async def trigger(view_id: str) -> str:
        wanted = {"view_id": view_id} if view_id else {}
        made = await side.call("views.generateTriggerId", {"user_id": ids["anna"], **wanted})
        return str(made["trigger_id"])

    async def code() -> str:
        form = {"user_id": ids["anna"], "redirect_uri": REDIRECT, "client_id": CLIENT_ID, "scope": "chat:write"}
        address = f"{base_url}oauth/v2/authorize/callback"
        async with session.post(address, data=form, allow_redirects=False) as response:
            return parse_qs(urlsplit(response.headers["Location"]).query)["code"][0]

    async def say(channel: str) -> str:
        said = await side.call("chat.postMessage", {"channel": channel, "text": "Something of Anna's"}, token="anna")
        return str(said["ts"])

    side = Side(url=f"{base_url}api/", session=session, ids=ids, trigger=trigger, code=code, say=say, tokens=tokens)
    people = await side.call("users.list", {}, token="set up")
    ids.update({one["name"]: one["id"] for one in people["members"]})
    wanted = {"types": "public_channel,private_channel"}
    channels = await side.call("conversations.list", wanted, token="anna")
    ids.update({one["name"]: one["id"] for one in channels["channels"]})
    for who in ("set up", "anna"):
        await side.call("conversations.join", {"channel": ids["general"]}, token=who)
    return side
