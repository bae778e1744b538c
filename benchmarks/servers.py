"""The servers that are measured, one process each: `python -m benchmarks.servers NAME PORT`.

`meetdown` is the real bot on SQLite, `meetdown-fresh` the same without its memory of the last second. `bolt-same` is
a bare Bolt hello in the bot's settings, `bolt-default` one as Bolt's documentation sets it up. Settings come from the
environment, as for the bot.
"""

import asyncio
import os
import sys
from pathlib import Path

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.assembly import assemble
from bot.services.memory import Memory
from bot.settings import read_settings
from bot.transport.server import run_server


def bare_bolt(*, process_before_response: bool) -> Starlette:
    """One command, answered with a word; signatures are checked, nothing is asked of Slack."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T0ACME", bot_user_id="U0BOT", bot_id="B0BOT", bot_token="xoxb-none"
        )

    app = AsyncApp(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        authorize=authorize,
        process_before_response=process_before_response,
    )

    @app.command("/meetdown")
    async def hello(ack: AsyncAck) -> None:
        await ack("hello")

    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


async def meetdown(port: int) -> None:
    settings = read_settings(os.environ)
    async with assemble(settings) as running:
        await run_server(running.http, "127.0.0.1", port)


def main() -> None:
    name, port = sys.argv[1], int(sys.argv[2])
    if name.startswith("meetdown"):
        import uvloop

        if name == "meetdown-fresh":
            setattr(Memory, "recall", lambda *_: None)  # noqa: B010 - a method is put in place of another

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(meetdown(port))
        return
    app = bare_bolt(process_before_response=name == "bolt-same")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False, lifespan="off", loop="uvloop")


if __name__ == "__main__":
    Path(os.environ.get("MEETDOWN_DATA_DIR", "data")).mkdir(parents=True, exist_ok=True)
    main()
