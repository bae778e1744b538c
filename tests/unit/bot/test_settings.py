"""Settings: modes, defaults, and one clear line for everything that is missing or wrong."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.secret_keys import load_secret_keys
from bot.settings import LogFormat, Mode, SettingsError, read_settings

BOT = {"SLACK_BOT_TOKEN": "xoxb-made-up"}
OAUTH = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "made-up",
    "SLACK_SIGNING_SECRET": "made-up",
    "MEETDOWN_PUBLIC_URL": "https://meetdown.acme.example/",
}


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({}, Mode.PLAYGROUND),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, Mode.PLAYGROUND),
        ({"SLACK_BOT_TOKEN": "  "}, Mode.PLAYGROUND),
        (BOT | {"SLACK_SIGNING_SECRET": "made-up"}, Mode.HTTP),
        (BOT | {"SLACK_APP_TOKEN": "xapp-made-up"}, Mode.SOCKET_MODE),
        (BOT | {"SLACK_APP_TOKEN": "xapp-made-up", "SLACK_SIGNING_SECRET": "made-up"}, Mode.SOCKET_MODE),
        (OAUTH, Mode.OAUTH),
    ],
)
def test_the_slack_variables_decide_the_mode(environ: dict[str, str], mode: Mode) -> None:
    assert read_settings(environ).mode is mode


def test_without_any_variable_the_defaults_hold() -> None:
    settings = read_settings({})

    assert (
        settings.slack_api_url,
        settings.host,
        settings.port,
        settings.database_url,
        settings.on_postgresql,
        settings.allow_private_urls,
        settings.log_format,
    ) == (
        "https://slack.com/api/",
        "127.0.0.1",
        3000,
        f"sqlite:///{Path('data').resolve()}/meetdown.db",
        False,
        False,
        LogFormat.CONSOLE,
    )


def test_the_process_environment_is_not_read_behind_the_callers_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up")
    monkeypatch.setenv("MEETDOWN_PORT", "9")

    settings = read_settings({})

    assert (settings.mode, settings.port) == (Mode.PLAYGROUND, 3000)


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        (
            BOT,
            "SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing beside SLACK_BOT_TOKEN",
        ),
        (
            {"SLACK_SIGNING_SECRET": "made-up"},
            "SLACK_BOT_TOKEN is missing (HTTP needs it beside SLACK_SIGNING_SECRET)",
        ),
        (
            {"SLACK_APP_TOKEN": "xapp-made-up"},
            "SLACK_BOT_TOKEN is missing (Socket Mode needs it beside SLACK_APP_TOKEN)",
        ),
        (
            {"SLACK_CLIENT_ID": "1.2"},
            "SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET and MEETDOWN_PUBLIC_URL are missing (OAuth needs all four)",
        ),
        (
            {name: value for name, value in OAUTH.items() if name != "MEETDOWN_PUBLIC_URL"},
            "MEETDOWN_PUBLIC_URL is missing (OAuth needs all four)",
        ),
        (
            OAUTH | BOT,
            (
                "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (many workspaces) cannot go together with "
                "SLACK_BOT_TOKEN or SLACK_APP_TOKEN (one workspace): remove one of the two"
            ),
        ),
        ({"MEETDOWN_SMTP_URL": "smtp://localhost"}, "MEETDOWN_MAIL_FROM is missing beside MEETDOWN_SMTP_URL"),
        ({"MEETDOWN_MAIL_FROM": "bot@acme.example"}, "MEETDOWN_SMTP_URL is missing beside MEETDOWN_MAIL_FROM"),
        (
            {"MEETDOWN_GOOGLE_CLIENT_ID": "x"},
            "MEETDOWN_GOOGLE_CLIENT_SECRET is missing beside MEETDOWN_GOOGLE_CLIENT_ID",
        ),
        (
            {"MEETDOWN_DATABASE_URL": "postgresql://u:p@db.acme.example/meetdown"},
            "MEETDOWN_SECRET_KEYS is missing: with PostgreSQL every process needs the same keys",
        ),
    ],
)
def test_some_but_not_enough_is_one_line_that_names_what_is_missing(environ: dict[str, str], line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ)

    assert str(caught.value) == line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-hush"),
        ("SLACK_APP_TOKEN", "xoxb-hush"),
        ("SLACK_API_URL", "https://slack.com/hush"),
        ("SLACK_API_URL", "ftp://hush/api/"),
        ("MEETDOWN_DATABASE_URL", "mysql://u:hush@h/d"),
        ("MEETDOWN_DATABASE_URL", "sqlite://"),
        ("MEETDOWN_DATABASE_URL", "sqlite:///:memory:"),
        ("MEETDOWN_PORT", "hush"),
        ("MEETDOWN_PORT", "65536"),
        ("MEETDOWN_PORT", "-1"),
        ("MEETDOWN_PORT", "٣٠٠٠"),
        ("MEETDOWN_HOST", "http://hush"),
        ("MEETDOWN_PUBLIC_URL", "meetdown.acme.example/hush"),
        ("MEETDOWN_SECRET_KEYS", "hush"),
        ("MEETDOWN_SMTP_URL", "http://u:hush@h"),
        ("MEETDOWN_SMTP_URL", "smtp://u:hush@h:99999"),
        ("MEETDOWN_SMTP_URL", "smtp://"),
        ("MEETDOWN_MAIL_FROM", "hush"),
        ("MEETDOWN_MAIL_FROM", "A <a@acme.example>\nBcc: hush@acme.example"),
        ("MEETDOWN_ALLOW_PRIVATE_URLS", "hush"),
        ("MEETDOWN_LOG_FORMAT", "hush"),
    ],
)
def test_a_wrong_value_is_named_and_never_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({name: value})

    line = str(caught.value)
    assert line.startswith(f"{name} must ")
    assert "hush" not in line
    assert "\n" not in line


def test_every_wrong_value_is_named_in_the_same_line() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"MEETDOWN_PORT": "x", "MEETDOWN_LOG_FORMAT": "x"})

    assert str(caught.value) == (
        "MEETDOWN_PORT must be a number from 0 to 65535; MEETDOWN_LOG_FORMAT must be console or json"
    )


def test_settings_can_be_printed_without_giving_secrets_away() -> None:
    key = Fernet.generate_key().decode()
    settings = read_settings(
        OAUTH
        | {
            "MEETDOWN_DATABASE_URL": "postgres://u:hush@db.acme.example/meetdown",
            "MEETDOWN_SECRET_KEYS": key,
            "MEETDOWN_SMTP_URL": "smtp://u:hush@mail.acme.example",
            "MEETDOWN_MAIL_FROM": "Meetdown <bot@acme.example>",
            "SLACK_CLIENT_SECRET": "hush",
        }
    )

    assert "hush" not in repr(settings)
    assert key not in repr(settings)
    assert settings.database_url == "postgresql+psycopg://u:hush@db.acme.example/meetdown"
    assert settings.public_url == "https://meetdown.acme.example"


@given(st.dictionaries(st.sampled_from(["SLACK_API_URL", "MEETDOWN_SMTP_URL", "MEETDOWN_HOST", "MEETDOWN_PORT",
                                        "MEETDOWN_SECRET_KEYS", "MEETDOWN_MAIL_FROM", "MEETDOWN_DATABASE_URL"]),
                       st.text(st.characters(exclude_characters="\0"))))  # fmt: skip
def test_whatever_the_environment_holds_it_is_settings_or_one_line(environ: dict[str, str]) -> None:
    line = ""
    try:
        read_settings(environ)
    except SettingsError as error:
        line = str(error)

    assert len(line.splitlines()) <= 1


def test_a_key_file_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = read_settings({"MEETDOWN_DATA_DIR": str(tmp_path / "data")})

    first = load_secret_keys(settings)
    second = load_secret_keys(settings)

    assert first == second
    Fernet(first[0])
    path = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["secret.key"]


def test_configured_keys_win_and_make_no_file(tmp_path: Path) -> None:
    newest, older = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings = read_settings({"MEETDOWN_DATA_DIR": str(tmp_path), "MEETDOWN_SECRET_KEYS": f"{newest},{older}"})

    assert load_secret_keys(settings) == (newest, older)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("content", ["", "not a key\n"])
def test_a_damaged_key_file_is_an_error_and_never_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content)
    settings = read_settings({"MEETDOWN_DATA_DIR": str(tmp_path)})

    with pytest.raises(SettingsError, match="holds no Fernet key"):
        load_secret_keys(settings)

    assert (tmp_path / "secret.key").read_text() == content
