"""Meetdown's command line."""

from functools import partial
from typing import Annotated

import typer

from bot import commands, crm_command
from bot.settings import Mode, Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Steps client meetings down without hurting the relationship. Without a command: serve."""
    if context.invoked_subcommand is None:
        commands.run(_serve)


async def _serve(settings: Settings, host: str = "", port: int = 0, **playground: bool) -> int:
    settings = settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})
    if settings.mode is Mode.PLAYGROUND:
        from playground.run import main

        return await main(settings, **playground)
    from bot.assembly import serve

    await serve(settings)
    return 0


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="In place of MEETDOWN_HOST", show_default=False)] = "",
    port: Annotated[int, typer.Option(help="In place of MEETDOWN_PORT", min=0, max=65535, show_default=False)] = 0,
    open_page: Annotated[bool, typer.Option("--open", help="Playground: open it in the browser")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Playground: start over")] = False,
    exposed: Annotated[bool, typer.Option("--expose-to-network", help="Playground: dangerous, no passwords")] = False,
) -> None:
    """Serve Slack; without Slack settings, the playground: a stand-in for Slack in your browser."""
    commands.run(partial(_serve, **locals()))


for command in (
    *(commands.import_clients, commands.export_clients, crm_command.sync_clients, commands.worker, commands.migrate),
    *(commands.doctor, commands.new_key, commands.assess),
):
    app.command()(command)
if __name__ == "__main__":
    app()
