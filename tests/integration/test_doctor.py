import os
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from rich.console import Console

from bot.secret_keys import load_secret_keys
from bot.services.doctor import examine, healthy, show
from bot.services.doctor_finding import Finding, State
from bot.settings import Settings, read_settings
from domain.clock import Clock, SystemClock
from domain.member import Installation, Workspace
from playground import SlackStandIn
from playground.records import BOT_SCOPES
from storage import migrate, workspaces
from storage.database import Database
from storage.vault import Vault
from tests.support.databases import PostgreSQL, postgresql
from tests.support.mail import mail_server
from tests.support.slack import slack

__all__ = ["postgresql", "slack"]

SCOPES = sorted(BOT_SCOPES)
STANDING = {"settings", "data directory", "database", "secret keys"}


class FastClock:
    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(minutes=10)


def settings(tmp_path: Path, **environ: str) -> Settings:
    return read_settings({"MEETDOWN_DATA_DIR": str(tmp_path / "data"), **environ})


def http(slack: SlackStandIn, **environ: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
        **environ,
    }


async def found(
    tmp_path: Path, environ: Mapping[str, str], *, scopes: list[str] = SCOPES, clock: Clock | None = None
) -> dict[str, Finding]:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(f"oauth_config:\n  scopes:\n    bot: [{', '.join(scopes)}]\n")
    findings = await examine(settings(tmp_path, **environ), clock or SystemClock(), manifest=manifest)
    for finding in findings:
        assert bool(finding.advice) == (finding.state in (State.FAILED, State.WARNING)), finding
    return {finding.check: finding for finding in findings}


def states(findings: Mapping[str, Finding]) -> dict[str, State]:
    return {check: finding.state for check, finding in findings.items() if check not in STANDING}


async def test_a_good_workspace_over_http_is_well(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await found(tmp_path, http(slack))

    assert states(findings) == {
        "bot token": State.OK,
        "scopes": State.OK,
        "clock": State.OK,
        "signing secret": State.OK,
        "mail": State.NOTE,
    }
    assert healthy([*findings.values()])
    assert findings["bot token"].says == f"good for Acme (T0ACME), as {slack.workspace.bot_user_id}"


async def test_nothing_is_changed_by_looking(tmp_path: Path, slack: SlackStandIn) -> None:
    await found(tmp_path, http(slack))

    assert not (tmp_path / "data").exists()
    assert slack.messages == []


async def test_an_app_token_is_tried_without_a_websocket(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await found(tmp_path, http(slack, SLACK_APP_TOKEN=slack.app.app_token))

    assert findings["app token"].state is State.OK
    assert len(slack.calls_of("apps.connections.open")) == 1
    assert not slack.sockets.connections


async def test_tokens_that_slack_does_not_know_fail(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await found(tmp_path, http(slack, SLACK_BOT_TOKEN="xoxb-wrong", SLACK_APP_TOKEN="xapp-wrong"))

    assert findings["bot token"].says == "Slack says: invalid_auth"
    assert findings["app token"].says == "Slack says: invalid_auth"
    assert not healthy([*findings.values()])


async def test_missing_scopes_fail_and_spare_ones_warn(tmp_path: Path, slack: SlackStandIn) -> None:
    missing = await found(tmp_path, http(slack), scopes=[*SCOPES, "reactions:write"])
    spare = await found(tmp_path, http(slack), scopes=[scope for scope in SCOPES if scope != "team:read"])

    assert (missing["scopes"].state, missing["scopes"].says) == (State.FAILED, "missing: reactions:write")
    assert (spare["scopes"].state, spare["scopes"].says) == (State.WARNING, "all of manifest.yml, and more: team:read")


async def test_a_slack_that_is_not_there_fails(tmp_path: Path) -> None:
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }

    findings = await found(tmp_path, environ)

    assert findings["bot token"] == Finding(
        "bot token",
        State.FAILED,
        "Slack does not answer auth.test",
        "check the network, proxies (HTTPS_PROXY) and SLACK_API_URL",
    )


async def test_a_server_that_is_not_slack_fails(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await found(tmp_path, http(slack, SLACK_API_URL=f"{slack.base_url}/elsewhere/api/"))

    assert findings["bot token"].state is State.FAILED


async def test_a_clock_that_is_wrong_fails(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await found(tmp_path, http(slack), clock=FastClock())

    assert findings["clock"].state is State.FAILED
    assert "ahead of Slack's" in findings["clock"].says


async def test_a_manifest_that_is_not_there_fails(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await examine(settings(tmp_path, **http(slack)), SystemClock(), manifest=tmp_path / "none.yml")

    assert [finding.check for finding in findings if finding.state is State.FAILED] == ["manifest"]


def oauth(slack: SlackStandIn, **environ: str) -> dict[str, str]:
    return {
        "SLACK_CLIENT_ID": slack.app.client_id,
        "SLACK_CLIENT_SECRET": slack.app.client_secret,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "MEETDOWN_PUBLIC_URL": slack.base_url,
        **environ,
    }


async def test_oauth_is_tried_with_a_made_up_code(tmp_path: Path, slack: SlackStandIn) -> None:
    good = await found(tmp_path, oauth(slack))
    bad = await found(tmp_path, oauth(slack, SLACK_CLIENT_SECRET="wrong"))

    assert states(good) == {
        "OAuth client": State.OK,
        "workspaces": State.NOTE,
        "signing secret": State.OK,
        "public address": State.WARNING,
        "mail": State.NOTE,
    }
    assert bad["OAuth client"].says == "Slack says: bad_client_secret"


async def test_every_installed_workspace_is_asked_after(tmp_path: Path, slack: SlackStandIn) -> None:
    environ = oauth(slack)
    read = settings(tmp_path, **environ)
    await _install(read, slack.bot_token)

    known = await found(tmp_path, environ)
    other_key = await found(tmp_path, {**environ, "MEETDOWN_SECRET_KEYS": Fernet.generate_key().decode()})

    assert known["T0ACME"].state is State.OK
    assert known["scopes of T0ACME"].state is State.OK
    assert (other_key["workspaces"].state, other_key["workspaces"].says) == (
        State.FAILED,
        "no key fits what is stored",
    )


async def _install(read: Settings, token: str) -> None:
    migrate.upgrade(read.database_url)
    database = Database.open(read.database_url)
    installation = Installation(
        team_id="T0ACME",
        bot_token=token,
        bot_user_id="U0BOT",
        scopes=(),
        installed_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    await database.run(workspaces.save, Workspace(team_id="T0ACME"))
    await database.run(workspaces.save_installation, Vault(load_secret_keys(read)), installation)
    await database.close()


async def test_a_public_address_without_https_fails(tmp_path: Path, slack: SlackStandIn) -> None:
    findings = await found(tmp_path, oauth(slack, MEETDOWN_PUBLIC_URL="http://bot.acme.example"))

    assert findings["public address"].says == "http://bot.acme.example is not https"


async def test_mail_is_tried_up_to_the_login_and_none_is_sent(tmp_path: Path) -> None:
    sender = {"MEETDOWN_MAIL_FROM": "bot@meetdown.example"}
    with mail_server(password="right") as server:
        good = await found(tmp_path, {"MEETDOWN_SMTP_URL": f"smtp://bot:right@127.0.0.1:{server.port}", **sender})
        bad = await found(tmp_path, {"MEETDOWN_SMTP_URL": f"smtp://bot:wr0ngpass@127.0.0.1:{server.port}", **sender})
        received = list(server.received)
    gone = await found(tmp_path, {"MEETDOWN_SMTP_URL": f"smtp://127.0.0.1:{server.port}", **sender})

    assert [one["mail"].state for one in (good, bad, gone)] == [State.OK, State.FAILED, State.FAILED]
    assert bad["mail"].says.startswith(f"127.0.0.1:{server.port} does not take us: 535")
    assert received == []


async def test_tables_of_this_release_are_expected_and_newer_ones_refused(tmp_path: Path) -> None:
    read = settings(tmp_path)
    migrate.upgrade(read.database_url)
    current = await found(tmp_path, {})
    with sqlite3.connect(read.data_dir / "meetdown.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = await found(tmp_path, {})

    assert current["tables"].state is State.OK
    assert newer["tables"].says == "at 9999, which this release does not know"
    assert newer["tables"].state is State.FAILED


async def test_a_file_that_is_no_database_fails(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meetdown.db").write_text("name,tier\n" * 100)

    findings = await found(tmp_path, {})

    assert findings["database"].state is State.FAILED
    assert findings["database"].says.endswith("file is not a database")


async def test_a_locked_database_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_S", 0.05)
    read = settings(tmp_path)
    migrate.upgrade(read.database_url)
    holder = sqlite3.connect(read.data_dir / "meetdown.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    findings = await found(tmp_path, {})
    holder.close()

    assert findings["database"].says.endswith("database is locked")
    assert findings["database"].advice == "another process holds the database: stop it, or wait for it to finish"


async def test_a_database_server_has_to_be_migrated_by_command(tmp_path: Path, postgresql: PostgreSQL) -> None:
    url = postgresql.create("doctor")
    environ = {"MEETDOWN_DATABASE_URL": url, "MEETDOWN_SECRET_KEYS": Fernet.generate_key().decode()}

    before = await found(tmp_path, environ)
    migrate.upgrade(url)
    after = await found(tmp_path, environ)
    postgresql.drop("doctor")

    assert (before["tables"].state, before["tables"].advice) == (State.FAILED, "run `app.py migrate`")
    assert (after["database"].state, after["tables"].state) == (State.OK, State.OK)


async def test_a_database_server_that_is_not_there_fails_without_its_password(tmp_path: Path) -> None:
    environ = {
        "MEETDOWN_DATABASE_URL": "postgresql://meetdown:hushhush@127.0.0.1:9/meetdown",
        "MEETDOWN_SECRET_KEYS": Fernet.generate_key().decode(),
    }

    findings = await found(tmp_path, environ)

    assert findings["database"].state is State.FAILED
    assert "hushhush" not in repr(findings)


async def test_a_data_directory_that_is_a_file_fails(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a directory")

    findings = await found(tmp_path, {})

    assert findings["data directory"].state is State.FAILED


async def test_a_key_file_that_others_may_read_warns_and_a_broken_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    load_secret_keys(settings(tmp_path))
    os.chmod(path, 0o644)
    readable = await found(tmp_path, {})
    path.write_text("not a key")
    broken = await found(tmp_path, {})

    assert [one["secret keys"].state for one in (readable, broken)] == [State.WARNING, State.FAILED]


async def test_what_is_shown_says_what_to_do_and_holds_no_secret(tmp_path: Path, slack: SlackStandIn) -> None:
    key = Fernet.generate_key().decode()
    environ = http(slack, SLACK_BOT_TOKEN="xoxb-hushhush", SLACK_APP_TOKEN="xapp-hushhush", MEETDOWN_SECRET_KEYS=key)
    findings = await found(tmp_path, {**environ, "SLACK_SIGNING_SECRET": "hushhush"})
    written = StringIO()

    show([*findings.values()], Console(file=written, width=100, highlight=False, markup=False))

    text = written.getvalue()
    assert "- bot token: copy the “Bot User OAuth Token” of the app again, and check SLACK_API_URL\n" in text
    assert text.endswith("\n2 of 8 checks failed.\n")
    assert "hushhush" not in text
    assert key not in text
