"""Installing the bot into a workspace: /slack/install and /slack/oauth_redirect.

https://docs.slack.dev/authentication/installing-with-oauth; the state is kept by us, given back once, and tied to the
browser by a cookie.
"""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.transport import oauth_pages as pages
from bot.transport.ports import InstallationStore, OAuthStates
from domain.clock import Clock
from domain.member import Installation

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
_COOKIE = "meetdown-install"
_COOKIE_SECONDS = 600

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Installed = Callable[[Installation], Awaitable[None]]
"""Told of each installation: to forget what was remembered of the workspace, to say hello."""


class OAuth:
    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        public_url: str,
        scopes: Sequence[str],
        client: AsyncWebClient,
        states: OAuthStates,
        store: InstallationStore,
        installed: Installed,
        clock: Clock,
    ) -> None:
        """`client` holds no token; its base URL says where Slack is. `public_url` has no slash at its end."""
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = f"{public_url}{REDIRECT_PATH}"
        self._install_url = f"{public_url}{INSTALL_PATH}"
        self._secure = public_url.startswith("https://")
        self._scopes = ",".join(scopes)
        self._client = client
        self._states = states
        self._store = store
        self._installed = installed
        self._clock = clock

    def routes(self) -> list[BaseRoute]:
        return [Route(INSTALL_PATH, self.install), Route(REDIRECT_PATH, self.redirect)]

    async def install(self, request: Request) -> Response:
        """To Slack, with a state that comes back."""
        state = await self._states.issue()
        query = {
            "client_id": self._client_id,
            "scope": self._scopes,
            "user_scope": "",
            "redirect_uri": self._redirect_uri,
            "state": state,
        }
        team = request.query_params.get("team", "")
        if team.isascii() and team.isalnum():
            query["team"] = team
        response = RedirectResponse(f"{_authorize_url(self._client.base_url)}?{urlencode(query)}", status_code=302)
        response.headers["cache-control"] = "no-store"
        response.set_cookie(
            _COOKIE, state, max_age=_COOKIE_SECONDS, path="/slack", secure=self._secure, httponly=True, samesite="lax"
        )
        return response

    async def redirect(self, request: Request) -> Response:
        """Back from Slack: the state is checked before the code is used."""
        response = await self._redirect(request)
        response.delete_cookie(_COOKIE, path="/slack", secure=self._secure, httponly=True, samesite="lax")
        return response

    async def _redirect(self, request: Request) -> Response:
        state = request.query_params.get("state", "")
        cookie = request.cookies.get(_COOKIE, "")
        same_browser = bool(state) and hmac.compare_digest(state.encode(), cookie.encode())
        if not same_browser or not await self._states.consume(state):
            return pages.page(request, 400, pages.STALE, again=self._install_url)
        if request.query_params.get("error"):
            return pages.page(request, 200, pages.CANCELLED, again=self._install_url)
        try:
            installation = await self._exchange(request.query_params.get("code", ""))
        except SlackApiError as error:
            return self._refused(request, error)
        except (aiohttp.ClientError, OSError, TimeoutError, AttributeError, ValueError) as error:
            # The last two: slack_sdk cannot take an answer apart that is not Slack's.
            log.warning("installation failed", error=type(error).__name__)
            return pages.page(request, 502, pages.UNREACHABLE, again=self._install_url)
        await self._store.save(installation)
        await self._installed(installation)
        log.info("installed", team=installation.team_id, enterprise=installation.enterprise_id)
        return pages.page(request, 200, pages.DONE, workspace=installation.team_name or "Slack")

    def _refused(self, request: Request, error: SlackApiError) -> Response:
        data = getattr(error.response, "data", None)
        word = str(data.get("error") or "") if isinstance(data, dict) else ""
        log.warning("installation refused", problem=word or "no answer")
        if not word:
            return pages.page(request, 502, pages.UNREACHABLE, again=self._install_url)
        return pages.page(request, 400, pages.REFUSED, again=self._install_url, problem=word[:60])

    async def _exchange(self, code: str) -> Installation:
        granted = await self._client.oauth_v2_access(
            client_id=self._client_id, client_secret=self._client_secret, code=code, redirect_uri=self._redirect_uri
        )
        token = str(granted.get("access_token") or "")
        # oauth.v2.access does not tell the bot_id, which the bot needs to know its own messages by.
        own = await self._client.auth_test(token=token)
        team, enterprise = _part(granted.get("team")), _part(granted.get("enterprise"))
        now = self._clock.now()
        seconds = granted.get("expires_in")
        return Installation(
            team_id=str(team.get("id") or ""),
            enterprise_id=str(enterprise.get("id") or ""),
            is_enterprise=bool(granted.get("is_enterprise_install")),
            team_name=str(team.get("name") or enterprise.get("name") or ""),
            bot_token=token,
            bot_user_id=str(granted.get("bot_user_id") or ""),
            bot_id=str(own.get("bot_id") or ""),
            app_id=str(granted.get("app_id") or ""),
            scopes=tuple(filter(None, str(granted.get("scope") or "").split(","))),
            refresh_token=str(granted.get("refresh_token") or ""),
            expires_at=now + timedelta(seconds=seconds) if isinstance(seconds, int) else None,
            installed_at=now,
        )


def _authorize_url(api_url: str) -> str:
    """Where people consent, beside the Web API: https://slack.com/oauth/v2/authorize."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}/oauth/v2/authorize"


def _part(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
