"""The stand-in itself: a loopback server with Slack's Web API, and the people who use the bot."""

import asyncio
import base64
import socket
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

import aiohttp
from aiohttp import web

from domain.clock import Clock, SystemClock
from playground.blockkit.rules import Violation
from playground.delivery.courier import Courier
from playground.delivery.parcel import Delivery, Parcel
from playground.delivery.signed_http import SignedHttp
from playground.delivery.socket_mode import SocketHub
from playground.faults import Faults
from playground.loopback import bind, guard
from playground.payloads import event_callback
from playground.person import Person
from playground.records import ApiCall, App, Channel, Json, Message, OAuthCode, User, Workspace
from playground.response_urls import ResponseUrls
from playground.store import Store
from playground.web_api.apps import remove
from playground.web_api.dispatch import WebApi
from playground.web_api.files import Uploads

Found = TypeVar("Found")
LARGEST_BODY = 4 * 1024 * 1024


class SlackStandIn:
    """`async with SlackStandIn() as slack`: one workspace `T0ACME` with the bot in it, and no people yet.

    `request_url` is the bot's address for signed requests (`…/slack/events`); it may be set later, once the bot
    listens. A bot that connects by websocket gets everything there instead. `clock` moves message names, triggers
    and response URLs; the signature's timestamp is the machine's.
    """

    def __init__(
        self,
        *,
        request_url: str = "",
        app: App | None = None,
        clock: Clock | None = None,
        ack_seconds: float = 3.0,
        time_scale: float = 1.0,
        listening: socket.socket | None = None,
        anywhere: bool = False,
    ) -> None:
        """`listening`: the socket to serve at; without one, any free loopback port. `anywhere`: requests may name this
        machine by any name (see `loopback.guard`).
        """
        self.app = app or App()
        self.request_url = request_url
        self.store = Store(app=self.app, clock=clock or SystemClock())
        self.faults = Faults()
        self.sockets = SocketHub(self.store, ack_seconds=ack_seconds)
        self.courier = Courier(self.store, self.faults, self._way, time_scale=time_scale)
        self._ack_seconds = ack_seconds
        self._listening = listening
        self._anywhere = anywhere
        self.port = 0
        self._base_url = ""
        self._mounts: list[Callable[[web.Application], None]] = []
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self.add_workspace("T0ACME", name="Acme", domain="acme")

    # Life

    def mount(self, routes: Callable[[web.Application], None]) -> None:
        """Serve more at the same address; before the start. `routes` adds its own to the application."""
        self._mounts.append(routes)

    async def start(self) -> None:
        server = web.Application(client_max_size=LARGEST_BODY, middlewares=[guard(anywhere=self._anywhere)])
        api = WebApi(self.store, self.faults, self.emit)
        server.router.add_route("*", "/api/{method}", api.handle)
        server.router.add_post("/response/{team}/{token}", ResponseUrls(self.store, self.faults).handle)
        server.router.add_post("/upload/v1/{ticket}", Uploads(self.store, self.faults).handle)
        server.router.add_get("/link", self.sockets.accept)
        for routes in self._mounts:
            routes(server)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        listening = self._listening or bind("127.0.0.1", 0)
        await web.SockSite(self._runner, listening).start()
        host, self.port = listening.getsockname()[:2]
        self._base_url = f"http://{_reachable(host)}:{self.port}"
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def stop(self) -> None:
        await self.courier.stop()
        await self.sockets.disconnect("link_disabled")
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:PORT`, once started."""
        return self._base_url

    @property
    def api_url(self) -> str:
        """What the bot takes for Slack's Web API; ends in `/api/`."""
        return f"{self._base_url}/api/"

    def _way(self) -> Delivery:
        if self.sockets.connections or not self.request_url:
            return self.sockets
        if self._session is None:
            raise RuntimeError("the stand-in is not started")
        return SignedHttp(
            self._session, self.request_url, secret=self.app.signing_secret, ack_seconds=self._ack_seconds
        )

    # What there is

    @property
    def workspace(self) -> Workspace:
        """The first workspace; enough where a test needs one only."""
        return next(iter(self.store.workspaces.values()))

    @property
    def bot_token(self) -> str:
        return self.workspace.bot_token

    def add_workspace(
        self, team_id: str, *, name: str, domain: str, enterprise_id: str | None = None, installed: bool = True
    ) -> Workspace:
        return self.store.add_workspace(
            team_id, name=name, domain=domain, enterprise_id=enterprise_id, installed=installed
        )

    def add_user(self, user_id: str, *, team_id: str = "", name: str = "", **fields: object) -> User:
        """A person; `fields` are those of `records.User`."""
        made = User(id=user_id, team_id=team_id or self.workspace.id, name=name or user_id.lower())
        for field, value in fields.items():
            if not hasattr(made, field):
                raise TypeError(f"a user has no {field!r}")
            setattr(made, field, value)
        made.real_name = made.real_name or made.name.title()
        return self.store.add_user(made)

    def add_channel(self, channel_id: str, *, name: str, members: set[str], private: bool = False) -> Channel:
        """A channel of the first workspace; the bot is in it only if its user id is among the members."""
        kind = "private" if private else "public"
        return self.store.add_channel(
            Channel(id=channel_id, team_id=self.workspace.id, kind=kind, name=name, members=members)
        )

    def as_user(self, user_id: str, *, team_id: str = "") -> Person:
        """The person, acting in their own workspace or in one that shares a channel with it."""
        user = self.store.users[user_id]
        workspace = self.store.workspaces[team_id or user.team_id]
        return Person(self.store, self.courier, self._base_url, workspace, user)

    @property
    def calls(self) -> list[ApiCall]:
        """Every Web API call and response URL post, in the order of their ends."""
        return self.store.calls

    def calls_of(self, *methods: str) -> list[ApiCall]:
        return [call for call in self.calls if call.method in methods]

    @property
    def messages(self) -> list[Message]:
        """Every message of everybody that was not deleted, oldest first."""
        return [message for message in self.store.messages if not message.deleted]

    def content_of(self, file_id: str) -> bytes:
        """What was uploaded; LookupError where there is no such file."""
        return base64.b64decode(self.store.files[file_id].content)

    @property
    def violations(self) -> list[Violation]:
        """Everything the bot sent that breaks Slack's limits; a good test ends with this empty."""
        return self.store.violations

    async def wait_for(self, found: Callable[[], Found], timeout: float = 5.0) -> Found:  # noqa: ASYNC109
        """The first true result of `found`, asked again after each change. TimeoutError after `timeout` seconds."""
        return await self.store.wait_for(found, timeout)

    # What happens to the app

    def new_oauth_code(self, team_id: str, user_id: str, *, scopes: frozenset[str] = frozenset()) -> str:
        """A person clicked *Allow*: the code that the redirect would carry. No scopes: those the bot asks for."""
        code = f"code-{self.store.new_id('c')}"
        self.store.oauth_codes[code] = OAuthCode(team_id=team_id, user_id=user_id, scopes=scopes)
        return code

    async def uninstall(self, team_id: str = "") -> None:
        """A person removes the app: the tokens stop at once, and both events go out, in no promised order."""
        team = team_id or self.workspace.id
        remove(self.store, team)
        revoked = {"type": "tokens_revoked", "tokens": {"bot": [self.store.workspaces[team].bot_user_id]}}
        await asyncio.gather(*(self._tell(team, event) for event in ({"type": "app_uninstalled"}, revoked)))

    def emit(self, team_id: str, event: Json) -> None:
        """Send an event without waiting for the bot."""
        self.courier.in_background(Parcel(kind="events_api", payload=event_callback(self.store, team_id, event)))

    async def _tell(self, team_id: str, event: Json) -> None:
        await self.courier.deliver(Parcel(kind="events_api", payload=event_callback(self.store, team_id, event)))


def _reachable(host: str) -> str:
    """How a client on this machine writes the address of a server that listens at `host`."""
    if host in {"0.0.0.0", "::"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
