"""Installing through a browser: state, cookie, code, and what is kept of it, on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.slack.installations import BotInstallation, CachedInstallations
from bot.slack.web_api import make_client, make_session
from bot.transport.http import make_http_app
from bot.transport.metrics import Metrics
from bot.transport.oauth import OAuth
from bot.transport.stored import StoredInstallations, StoredStates
from domain.member import Installation
from playground import SlackStandIn
from storage.database import Database
from storage.vault import Vault

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PUBLIC = "https://meetdown.acme.example"
SCOPES = ("chat:write", "commands")


@dataclass
class HandClock:
    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class Office:
    slack: SlackStandIn
    browser: httpx.AsyncClient
    store: StoredInstallations
    states: StoredStates
    clock: HandClock
    installed: list[str]

    async def begin(self) -> str:
        """The state that Slack is sent; the browser keeps its cookie."""
        answer = await self.browser.get("/slack/install")
        return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]

    async def finish(self, state: str, **more: str) -> httpx.Response:
        code = self.slack.new_oauth_code("T0ACME", "U0ANNA")
        return await self.browser.get("/slack/oauth_redirect", params={"state": state, "code": code} | more)


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with SlackStandIn() as slack, make_session() as session:
        slack.add_user("U0ANNA", name="anna")
        clock, installed = HandClock(), list[str]()
        store = StoredInstallations(database, Vault([Fernet.generate_key().decode()]))
        states = StoredStates(database, clock)

        async def note(installation: Installation) -> None:
            installed.append(installation.team_id)

        oauth = OAuth(
            client_id=slack.app.client_id,
            client_secret=slack.app.client_secret,
            public_url=PUBLIC,
            scopes=SCOPES,
            client=make_client(session, slack.api_url),
            states=states,
            store=store,
            installed=note,
            clock=clock,
        )
        web = make_http_app(slack=None, checks={}, metrics=Metrics(), routes=oauth.routes())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url=PUBLIC) as browser:
            yield Office(slack, browser, store, states, clock, installed)


async def test_install_sends_the_browser_to_slack_with_a_state_and_a_cookie(office: Office) -> None:
    answer = await office.browser.get("/slack/install")

    target = urlsplit(answer.headers["location"])
    query = parse_qs(target.query, keep_blank_values=True)
    state = query.pop("state")[0]
    assert (answer.status_code, f"{target.scheme}://{target.netloc}{target.path}") == (
        302,
        f"{office.slack.base_url}/oauth/v2/authorize",
    )
    assert query == {
        "client_id": [office.slack.app.client_id],
        "scope": ["chat:write,commands"],
        "user_scope": [""],
        "redirect_uri": [f"{PUBLIC}/slack/oauth_redirect"],
    }
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"meetdown-install={state}; ")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/slack", "Max-Age=600"):
        assert part in cookie


async def test_coming_back_with_a_code_stores_the_installation_and_says_so(office: Office) -> None:
    answer = await office.finish(await office.begin())

    assert (answer.status_code, "Meetdown is installed in Acme" in answer.text) == (200, True)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    workspace = office.slack.workspace
    assert office.installed == ["T0ACME"]
    assert await office.store.find("T0ACME", None) == BotInstallation(
        team_id="T0ACME",
        enterprise_id=None,
        bot_token=workspace.bot_token,
        bot_user_id=workspace.bot_user_id,
        bot_id=workspace.bot_id,
        scopes=tuple(sorted(office.slack.app.scopes)),
    )


async def test_a_second_installation_takes_the_place_of_the_first(office: Office) -> None:
    await office.finish(await office.begin())
    first = await office.store.find("T0ACME", None)

    await office.finish(await office.begin())
    second = await office.store.find("T0ACME", None)

    assert first is not None
    assert second == replace(first, bot_token=office.slack.bot_token)
    assert first.bot_token != office.slack.bot_token


async def test_a_state_works_once(office: Office) -> None:
    state = await office.begin()
    cookie = {"meetdown-install": state}
    first = await office.finish(state)
    office.browser.cookies.update(cookie)

    second = await office.finish(state)

    assert (first.status_code, second.status_code, office.installed) == (200, 400, ["T0ACME"])


async def test_of_two_that_give_a_state_back_at_once_one_gets_through(office: Office) -> None:
    state = await office.begin()

    consumed = await asyncio.gather(*(office.states.consume(state) for _ in range(5)))

    assert sorted(consumed) == [False, False, False, False, True]


async def test_a_state_is_good_for_ten_minutes(office: Office) -> None:
    state = await office.begin()
    office.clock.moment += timedelta(minutes=10, seconds=1)

    answer = await office.finish(state)

    assert (answer.status_code, office.installed) == (400, [])


async def test_a_state_from_another_browser_is_refused_and_not_used_up(office: Office) -> None:
    state = await office.begin()
    office.browser.cookies.clear()

    elsewhere = await office.finish(state)
    office.browser.cookies.set("meetdown-install", state)
    at_home = await office.finish(state)

    assert (elsewhere.status_code, at_home.status_code) == (400, 200)


@pytest.mark.parametrize("state", ["", "made-up", "é"])
async def test_a_state_of_nobodys_is_refused(office: Office, state: str) -> None:
    answer = await office.browser.get("/slack/oauth_redirect", params={"state": state, "code": "x"})

    assert answer.status_code == 400


async def test_cancelling_in_slack_changes_nothing(office: Office) -> None:
    answer = await office.finish(await office.begin(), error="access_denied")

    assert (answer.status_code, "cancelled" in answer.text, office.installed) == (200, True, [])


async def test_a_code_that_slack_does_not_know_is_refused_with_its_word(office: Office) -> None:
    answer = await office.finish(await office.begin(), code="made-up")

    assert (answer.status_code, "invalid_code" in answer.text, office.installed) == (400, True, [])


@pytest.mark.parametrize("fault", ["status", "drop"])
async def test_a_slack_that_does_not_answer_is_said_so(office: Office, fault: str) -> None:
    getattr(office.slack.faults, fault)("oauth.v2.access")

    answer = await office.finish(await office.begin())

    assert (answer.status_code, "could not be reached" in answer.text, office.installed) == (502, True, [])


async def test_the_page_speaks_the_language_of_the_browser(office: Office) -> None:
    office.browser.headers["accept-language"] = "fr;q=0.9, nl-NL, en;q=0.5"

    answer = await office.finish(await office.begin())

    assert '<html lang="nl">' in answer.text


async def test_a_workspace_name_cannot_become_html(office: Office) -> None:
    office.slack.workspace.name = "<script>alert(1)</script>"

    answer = await office.finish(await office.begin())

    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


async def test_an_organisation_wide_installation_answers_for_every_team_of_it(office: Office) -> None:
    await office.store.save(
        Installation(
            team_id="T0ACME",
            enterprise_id="E1",
            is_enterprise=True,
            bot_token="xoxb-made-up",
            bot_user_id="UBOT",
            bot_id="BBOT",
            installed_at=NOW,
        )
    )
    cached = CachedInstallations(office.store)

    found = await cached.find("T7", "E1")

    assert found is not None
    assert (found.team_id, found.home, await cached.find("T7", "E2"), await cached.find("T7", None)) == (
        None,
        "E1",
        None,
        None,
    )
