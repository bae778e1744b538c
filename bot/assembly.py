"""The composition root: the only place that knows everybody."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.calendars.feed import Feed
from bot.calendars.holidays import countries, holidays_of
from bot.jobs.engine import DurableSteps, Engine, Steps
from bot.jobs.executors import executor_for
from bot.jobs.planner import Planner
from bot.jobs.registry import register_workflows
from bot.jobs.tools import Tools
from bot.listeners import Listeners, register_listeners
from bot.listeners.background import Background
from bot.listeners.wiring import Parts, make_listeners
from bot.mail.smtp import Mailer
from bot.secret_keys import load_secret_keys
from bot.services import day_words
from bot.settings import Mode, Settings, SettingsError
from bot.slack.files import Uploads
from bot.slack.gateway import SlackGateway, identify
from bot.slack.installations import CachedInstallations, Installations, SingleInstallation
from bot.slack.manifest import bot_scopes
from bot.slack.pace import Pace
from bot.slack.posting import Posting
from bot.slack.response_url import ResponseUrls
from bot.slack.web_api import WebApi, make_client, make_session
from bot.transport.bolt import make_bolt_app
from bot.transport.dispatch import Dispatcher
from bot.transport.guard import Guard
from bot.transport.http import SlackEndpoint, make_http_app
from bot.transport.metrics import Metrics
from bot.transport.oauth import OAuth
from bot.transport.seen import RecentAnswers
from bot.transport.server import run_server
from bot.transport.socket_mode import SocketMode
from bot.transport.stored import StoredInstallations, StoredStates
from domain.clock import Clock, SystemClock
from domain.member import Installation
from storage import migrate
from storage.database import Database
from storage.vault import Vault

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Meetdown:
    """The running bot without a server in front: what tests, the playground and `serve` use."""

    settings: Settings
    http: Starlette
    database: Database
    planner: Planner
    gateway: SlackGateway
    metrics: Metrics


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What both halves of the bot, the listening and the working one, stand on."""

    database: Database
    vault: Vault
    gateway: SlackGateway
    installations: Installations
    feed: Feed
    metrics: Metrics


@asynccontextmanager
async def assemble(
    settings: Settings, *, clock: Clock | None = None, steps: Steps | None = None
) -> AsyncIterator[Meetdown]:
    """Everything started; on leaving everything ends in order. Raises SettingsError and SlackProblem.

    `clock` and `steps` are for the playground, which moves the time, and for tests that end the process in between.
    """
    time = clock or SystemClock()
    async with AsyncExitStack() as stack:
        ground = await _ground(stack, settings)
        planner = await _jobs(stack, settings, ground, time, steps or DurableSteps())
        http = await _transport(stack, settings, ground, time, planner)
        await asyncio.to_thread(_warm_up)
        # What is loaded by now stays: a full collection that walks it all takes 30 ms and more.
        gc.collect()
        gc.freeze()
        yield Meetdown(
            settings=settings,
            http=http,
            database=ground.database,
            planner=planner,
            gateway=ground.gateway,
            metrics=ground.metrics,
        )


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    async with assemble(settings) as meetdown:
        await run_server(meetdown.http, settings.host, settings.port)


async def work(settings: Settings) -> None:
    """Carry out what is due, without a server, until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        ground = await _ground(stack, settings)
        await _jobs(stack, settings, ground, SystemClock(), DurableSteps())
        await stop.wait()


async def _ground(stack: AsyncExitStack, settings: Settings) -> _Ground:
    vault = Vault(load_secret_keys(settings))
    await asyncio.to_thread(_prepare_database, settings)
    database = Database.open(settings.database_url)
    stack.push_async_callback(database.close)
    metrics = Metrics()
    session = make_session()
    stack.push_async_callback(session.close)
    client = make_client(session, settings.slack_api_url)
    web_api = WebApi(client, pace=Pace(), count=metrics.slack_call)
    installations = await _installations(settings, database, vault, web_api)
    api_url = settings.slack_api_url
    gateway = SlackGateway(
        web_api,
        installations,
        ResponseUrls(session, api_url=api_url),
        uploads=Uploads(session, api_url=api_url),
    )
    feed = Feed(allow_private=settings.allow_private_urls)
    stack.push_async_callback(feed.close)
    return _Ground(
        database=database, vault=vault, gateway=gateway, installations=installations, feed=feed, metrics=metrics
    )


async def _installations(settings: Settings, database: Database, vault: Vault, web_api: WebApi) -> Installations:
    if settings.mode is Mode.OAUTH or settings.slack_bot_token is None:
        return CachedInstallations(StoredInstallations(database, vault))
    token = settings.slack_bot_token.get_secret_value()
    single = SingleInstallation(lambda: identify(web_api, token))
    await single.start()
    return single


async def _jobs(stack: AsyncExitStack, settings: Settings, ground: _Ground, clock: Clock, steps: Steps) -> Planner:
    executor = executor_for(settings.database_url)
    await executor.enter()
    stack.push_async_callback(executor.leave)
    engine = Engine(database_url=workflows_url(settings), executor_id=executor.id)
    planner = Planner(ground.database, engine, clock)
    tools = Tools(
        database=ground.database,
        vault=ground.vault,
        clock=clock,
        posting=Posting(database=ground.database, gateway=ground.gateway, clock=clock),
        mail=_mailer(settings),
        feed=ground.feed,
        steps=steps,
        poke=planner.poke,
    )
    register_workflows(engine, tools, ground.metrics.job)
    engine.launch()
    stack.push_async_callback(engine.close)
    for rounds in (planner.run(), executor.look_after(engine)):
        stack.push_async_callback(_cancel, asyncio.create_task(rounds))
    return planner


async def _transport(
    stack: AsyncExitStack, settings: Settings, ground: _Ground, clock: Clock, planner: Planner
) -> Starlette:
    background = Background()
    stack.push_async_callback(background.drain)
    parts = Parts(
        database=ground.database,
        vault=ground.vault,
        gateway=ground.gateway,
        installations=ground.installations,
        feed=ground.feed,
        clock=clock,
        jobs=planner,
        background=background,
        sends_mail=settings.smtp_url is not None,
    )
    listeners: Listeners = await make_listeners(parts)
    session = make_session()
    stack.push_async_callback(session.close)
    client = make_client(session, settings.slack_api_url)
    app = make_bolt_app(installations=ground.installations, client=client)
    register_listeners(app, listeners)
    dispatcher = Dispatcher(app, seen=RecentAnswers(), metrics=ground.metrics)
    checks = {"database": ground.database.ping, "jobs": planner.check}
    if settings.mode is Mode.SOCKET_MODE and settings.slack_app_token is not None:
        socket = SocketMode(app_token=settings.slack_app_token.get_secret_value(), client=client, dispatcher=dispatcher)
        await socket.start()
        stack.push_async_callback(socket.stop)
        return make_http_app(slack=None, checks={**checks, "slack": socket.check}, metrics=ground.metrics)
    secret = settings.slack_signing_secret
    guard = Guard(
        SlackEndpoint(dispatcher),
        signing_secret=secret.get_secret_value() if secret else "",
        clock=SystemClock(),
        refused=ground.metrics.refused,
    )
    return make_http_app(
        slack=guard, checks=checks, metrics=ground.metrics, routes=_oauth(settings, ground, client, clock)
    )


def _oauth(settings: Settings, ground: _Ground, client: AsyncWebClient, clock: Clock) -> list[BaseRoute]:
    """The pages of an installation, where several workspaces may install the bot."""
    client_id, client_secret, public_url = settings.slack_client_id, settings.slack_client_secret, settings.public_url
    if not (client_id and client_secret and public_url) or not isinstance(ground.installations, CachedInstallations):
        return []
    cached = ground.installations

    async def installed(installation: Installation) -> None:
        cached.invalidate(installation.team_id or None, installation.enterprise_id or None)

    oauth = OAuth(
        client_id=client_id,
        client_secret=client_secret.get_secret_value(),
        public_url=public_url,
        scopes=bot_scopes(),
        client=client,
        states=StoredStates(ground.database, clock),
        store=StoredInstallations(ground.database, ground.vault),
        installed=installed,
        clock=clock,
    )
    return oauth.routes()


def _prepare_database(settings: Settings) -> None:
    """SQLite is migrated at start; on PostgreSQL several processes start, so `app.py migrate` does it."""
    if not settings.on_postgresql:
        path = make_url(settings.database_url).database
        if path:
            Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        migrate.upgrade(settings.database_url)
    elif migrate.current(settings.database_url) != migrate.head():
        raise SettingsError("The tables of the database are not those of this release: run `app.py migrate` first")


def workflows_url(settings: Settings) -> str:
    """Where the engine keeps its own tables: a file beside SQLite's, a schema of its own in PostgreSQL."""
    url = make_url(settings.database_url)
    if settings.on_postgresql:
        return url.set(drivername="postgresql").render_as_string(hide_password=False)
    return f"sqlite:///{Path(url.database or 'meetdown.sqlite').with_suffix('.workflows.sqlite')}"


def _mailer(settings: Settings) -> Mailer | None:
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return Mailer(url=settings.smtp_url.get_secret_value(), sender=settings.mail_from)


def _warm_up() -> None:
    """What is slow the first time is done before the first member waits for it."""
    day_words.preload()
    holidays_of("NL")(SystemClock().now().date())
    countries()


async def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
