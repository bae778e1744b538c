"""The whole playground in one process and one event loop: Slack's stand-in, the real bot, mail and calendars."""

import asyncio
import fcntl
import importlib
import shutil
import signal
import socket
import sqlite3
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp
import structlog
import typer
from alembic.util.exc import CommandError
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError, read_settings
from playground import sample_people, state
from playground.calendar_desk import CalendarDesk
from playground.calendar_server import CalendarServer
from playground.changes import Changes
from playground.clock import PlaygroundClock
from playground.loopback import bind, is_loopback
from playground.mailbox import Mailbox
from playground.page import mount
from playground.server import SlackStandIn
from playground.state import BrokenState, Keeper, State
from playground.world import World

Show = Callable[[str, int], None]

log = structlog.get_logger()

FAILED = 1
FOLDER = "playground"
"""Inside the data directory."""
_UNUSABLE = (BrokenState, SettingsError, InvalidToken, CommandError, SQLAlchemyError, sqlite3.Error, OSError)
"""What reading the folder may raise where it is damaged, of another release or not to be read."""
MAIL_FROM = "Meetdown <meetdown@northlight.example>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """How to start."""

    reset: bool = False
    open_page: bool = False
    exposed: bool = False
    """Without passwords whoever reaches the page acts as each member; so other hosts want this said."""
    at: datetime | None = None
    """Where the clock stands at the very first start; None: now. For tests and pictures."""


class Refusal(Exception):  # noqa: N818 - one line for the person at the terminal
    """Why the playground does not start."""


async def main(settings: Settings, *, open_page: bool = False, reset: bool = False, exposed: bool = False) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. What the person can mend is said in one line."""
    serving = asyncio.create_task(_serve(settings, Options(open_page=open_page, reset=reset, exposed=exposed)))
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _stop_once(serving))
    try:
        await serving
    except asyncio.CancelledError:
        return 0
    except Refusal as refusal:
        typer.echo(str(refusal), err=True)
        return FAILED
    return 0


def _stop_once(serving: "asyncio.Task[None]") -> Callable[[], None]:
    """A second Ctrl-C does not break off what the first one is tidying up."""

    def stop() -> None:
        if not serving.cancelling():
            serving.cancel()

    return stop


async def _serve(settings: Settings, options: Options) -> None:
    def show(url: str, port: int) -> None:
        if settings.port not in {0, port}:
            typer.echo(f"Port {settings.port} is in use: taking {port} instead.")
        typer.echo(f"Meetdown's playground: {url}\nIt needs no Slack account. Ctrl-C ends it.")
        if not is_loopback(settings.host):
            typer.echo("Other machines reach it too, without a password: whoever does acts as each of its members.")

    async with playground(settings, options, show) as world:
        if options.open_page and not await asyncio.to_thread(webbrowser.open, world.slack.base_url):
            typer.echo("There is no browser to open here: go to the address above.")
        await asyncio.Event().wait()


@asynccontextmanager
async def playground(settings: Settings, options: Options, show: Show | None = None) -> AsyncIterator[World]:
    """Everything started; on leaving everything ends in order and is kept. Raises Refusal.

    `show` gets the page's address and port as soon as the page answers, a moment before the bot does: what reaches the
    bot's socket until then waits there.
    """
    if not is_loopback(settings.host) and not options.exposed:
        raise Refusal(
            f"The playground has no passwords: whoever reaches {settings.host} could act as each of its members. "
            "Leave MEETDOWN_HOST and --host away, or add --expose-to-network."
        )
    folder = settings.data_dir / FOLDER
    async with AsyncExitStack() as stack:
        stack.enter_context(_alone(settings.data_dir))
        if options.reset:
            await asyncio.to_thread(_remove, folder)
        with _mistakes_named(folder):
            world = await _start(stack, settings, options, show)
        yield world


async def _start(stack: AsyncExitStack, settings: Settings, options: Options, show: Show | None) -> World:
    folder = settings.data_dir / FOLDER
    clock = PlaygroundClock()
    slack = SlackStandIn(
        clock=clock, listening=_listen(settings.host, settings.port), anywhere=not is_loopback(settings.host)
    )
    kept = state.read(folder / "state.json", slack.store)
    if kept is None:
        if options.at is not None:
            clock.to(options.at)
        kept = sample_people.first_state(slack)
        kept.offset = clock.offset
    else:
        clock.move(kept.offset)
    world = await _world(stack, slack, clock, kept, folder)
    bot_socket = stack.enter_context(bind("127.0.0.1", 0))
    slack.request_url = f"http://127.0.0.1:{bot_socket.getsockname()[1]}/slack/events"
    slack.mount(lambda server: mount(server, world))
    await stack.enter_async_context(slack)
    if show is not None:
        show(slack.base_url, slack.port)
    # The bot is the larger half of what is imported: the page is up meanwhile.
    await asyncio.to_thread(importlib.import_module, "playground.bot_side")
    from playground import bot_side

    await bot_side.start(stack, _bot_settings(settings, world, folder), world, kept, bot_socket)
    return world


async def _world(
    stack: AsyncExitStack, slack: SlackStandIn, clock: PlaygroundClock, kept: State, folder: Path
) -> World:
    """Everything but Slack and the bot is started here."""
    changed = Changes()
    mailbox = Mailbox(folder / "mails", clock, lambda: changed.tell("mail"))
    await mailbox.start()
    stack.push_async_callback(mailbox.stop)
    calendars = CalendarServer(folder / "calendars")
    await calendars.start(kept.calendar_port)
    stack.push_async_callback(calendars.stop)
    session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
    desk = CalendarDesk(url=calendars.url, session=session, clock=clock)
    world = World(slack=slack, clock=clock, mailbox=mailbox, calendar=desk, changed=changed)
    desk.listeners.add(world.calendar_changed)
    kept.calendar_port = calendars.port
    keeper = Keeper(folder / "state.json", slack.store, kept)
    keeper.start()
    clock.listeners.add(lambda: keeper.keep_offset(clock.offset))
    stack.push_async_callback(keeper.stop)
    for owner in sample_people.owners(kept):
        await desk.open(owner)
    return world


def _bot_settings(settings: Settings, world: World, folder: Path) -> Settings:
    """The bot's own, as an operator would give them in the environment."""
    slack = world.slack
    return read_settings(
        {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.app.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "MEETDOWN_DATA_DIR": str(folder / "bot"),
            "MEETDOWN_SMTP_URL": world.mailbox.url,
            "MEETDOWN_MAIL_FROM": MAIL_FROM,
            "MEETDOWN_ALLOW_PRIVATE_URLS": "1",
            "MEETDOWN_LOG_FORMAT": settings.log_format.value,
        }
    )


def _listen(host: str, port: int) -> socket.socket:
    """Raises Refusal where the host is not one of this machine's."""
    try:
        return bind(host, port)
    except OSError as error:
        raise Refusal(f"{host} cannot be served from: {error.strerror or error}") from error


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Two playgrounds over one folder would write over each other. Raises Refusal."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (data_dir / "playground.lock").open("w")
    except OSError as error:
        raise Refusal(f"{data_dir} cannot be used: {error.strerror or error}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refusal(
                f"Another playground is using {data_dir}: end it, or set MEETDOWN_DATA_DIR to another folder."
            ) from error
        yield


@contextmanager
def _mistakes_named(folder: Path) -> Iterator[None]:
    """What was kept and cannot be read is one line, with the way out."""
    try:
        yield
    except _UNUSABLE as error:
        log.debug("playground_broken", exc_info=error)
        raise Refusal(
            f"What the playground keeps in {folder} cannot be used ({_first_line(error)}). "
            "Start over, without what is in it: uv run app.py serve --reset"
        ) from error


def _first_line(error: Exception) -> str:
    words = str(getattr(error, "orig", None) or error).strip().splitlines()
    return words[0][:200].rstrip(".") if words else type(error).__name__


def _remove(folder: Path) -> None:
    """Raises Refusal where it is not a folder that the playground made."""
    if folder.is_symlink():
        raise Refusal(f"{folder} is a link to another folder: remove it yourself.")
    if folder.exists():
        shutil.rmtree(folder)
