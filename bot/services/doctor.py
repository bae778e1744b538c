"""`app.py doctor`: is everything there that the bot needs, and if not, what is to be done about it?

Nothing is changed and no secret is shown. Each check returns findings and never raises what it checks for.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.mail.smtp import Mailer, MailProblem, parse_smtp_url
from bot.services.doctor_finding import Finding, State
from bot.services.doctor_home import check_data_dir, check_database, check_secret_keys
from bot.services.doctor_slack import check_public_url, check_slack
from bot.settings import Mode, Settings
from bot.slack.manifest import MANIFEST
from domain.clock import Clock

MAIL_SECONDS = 10.0

_MODES = {
    Mode.PLAYGROUND: "no Slack settings: `app.py serve` starts the playground",
    Mode.HTTP: "one workspace, Slack sends by HTTP",
    Mode.SOCKET_MODE: "one workspace, by Socket Mode",
    Mode.OAUTH: "many workspaces, installed through /slack/install",
}
_STYLES = {State.OK: "green", State.NOTE: "dim", State.WARNING: "yellow", State.FAILED: "bold red"}


async def examine(settings: Settings, clock: Clock, *, manifest: Path = MANIFEST) -> list[Finding]:
    """All findings, in the order in which they are best read."""
    home = [
        Finding("settings", State.OK, _MODES[settings.mode]),
        check_data_dir(settings),
        *await check_database(settings),
        *check_secret_keys(settings),
    ]
    outside = await asyncio.gather(
        check_slack(settings, clock, manifest), check_public_url(settings), check_mail(settings)
    )
    return [*home, *(finding for findings in outside for finding in findings)]


async def check_mail(settings: Settings) -> list[Finding]:
    """Connects, says EHLO, changes to TLS and logs in; sends nothing."""
    if settings.smtp_url is None or settings.mail_from is None:
        says = "MEETDOWN_SMTP_URL is not set: drafts are handed to the owner, ready to send"
        return [Finding("mail", State.NOTE, says)]
    url = settings.smtp_url.get_secret_value()
    server = parse_smtp_url(url)
    where = f"{server.host}:{server.port}"
    try:
        await Mailer(url=url, sender=settings.mail_from, timeout=MAIL_SECONDS).check()
    except MailProblem as problem:
        advice = f"check host, port, user and password in MEETDOWN_SMTP_URL, and that {where} is reachable from here"
        return [Finding("mail", State.FAILED, f"{where} does not take us: {problem.reply}", advice)]
    logged_in = "logged in" if server.username else "no login needed"
    return [Finding("mail", State.OK, f"{where} answers, {logged_in}; no mail was sent")]


def healthy(findings: Sequence[Finding]) -> bool:
    return all(finding.state is not State.FAILED for finding in findings)


def show(findings: Sequence[Finding], console: Console) -> None:
    """A table of what was found, then what is to be done, one unbroken line each."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("check", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("found", overflow="fold")
    for finding in findings:
        table.add_row(finding.check, Text(finding.state.value, _STYLES[finding.state]), Text(finding.says))
    console.print(table)
    advised = [finding for finding in findings if finding.advice]
    if advised:
        console.print("\nWhat to do", style="bold")
    for finding in advised:
        console.print(Text(f"- {finding.check}: {finding.advice}"), soft_wrap=True)
    failed = sum(finding.state is State.FAILED for finding in findings)
    summary = f"{failed} of {len(findings)} checks failed." if failed else "All is well."
    console.print(Text(f"\n{summary}", "bold red" if failed else "bold green"))
