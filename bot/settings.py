"""The environment as frozen settings: everything that can be configured, checked before anything starts."""

import ipaddress
from collections.abc import Mapping
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import unquote, urlsplit

from cryptography.fernet import Fernet
from email_validator import EmailNotValidError, validate_email
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

SLACK_API_URL = "https://slack.com/api/"
_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}


class SettingsError(Exception):
    """One line that names every setting that is missing or wrong, without its value."""


class Mode(StrEnum):
    """How the bot meets Slack."""

    PLAYGROUND = "playground"
    """No Slack settings: the local stand-in."""
    HTTP = "http"
    """One workspace; Slack posts to us."""
    SOCKET_MODE = "socket_mode"
    """One workspace; we hold a websocket to Slack."""
    OAUTH = "oauth"
    """Many workspaces, installed through /slack/install; Slack posts to us."""


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class Settings(BaseSettings):
    """Names are those of the environment in lower case, without `MEETDOWN_`."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        frozen=True, case_sensitive=True, extra="ignore", hide_input_in_errors=True, validate_default=False
    )

    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: str = Field(SLACK_API_URL, validation_alias="SLACK_API_URL")
    """Base of the Web API; ends in `/api/`."""
    data_dir: Path = Field(Path("data"), validation_alias="MEETDOWN_DATA_DIR")
    database_url: str = Field("", validation_alias="MEETDOWN_DATABASE_URL", repr=False)
    """SQLAlchemy URL, `sqlite:///…` or `postgresql+psycopg://…`; never empty once read."""
    host: str = Field("127.0.0.1", validation_alias="MEETDOWN_HOST")
    port: int = Field(3000, validation_alias="MEETDOWN_PORT")
    public_url: str | None = Field(None, validation_alias="MEETDOWN_PUBLIC_URL")
    """Where people reach this server from outside, without a slash at the end."""
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field((), validation_alias="MEETDOWN_SECRET_KEYS")
    """Fernet keys, newest first; empty means the key file (`bot.secret_keys`)."""
    smtp_url: SecretStr | None = Field(None, validation_alias="MEETDOWN_SMTP_URL")
    mail_from: str | None = Field(None, validation_alias="MEETDOWN_MAIL_FROM")
    google_client_id: str | None = Field(None, validation_alias="MEETDOWN_GOOGLE_CLIENT_ID")
    google_client_secret: SecretStr | None = Field(None, validation_alias="MEETDOWN_GOOGLE_CLIENT_SECRET")
    google_url: str | None = Field(None, validation_alias="MEETDOWN_GOOGLE_URL")
    microsoft_client_id: str | None = Field(None, validation_alias="MEETDOWN_MICROSOFT_CLIENT_ID")
    microsoft_client_secret: SecretStr | None = Field(None, validation_alias="MEETDOWN_MICROSOFT_CLIENT_SECRET")
    microsoft_url: str | None = Field(None, validation_alias="MEETDOWN_MICROSOFT_URL")
    allow_private_urls: bool = Field(False, validation_alias="MEETDOWN_ALLOW_PRIVATE_URLS")
    log_format: LogFormat = Field(LogFormat.CONSOLE, validation_alias="MEETDOWN_LOG_FORMAT")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read_settings` hands over: the process's own environment is read by nobody else."""
        return (init_settings,)

    @property
    def mode(self) -> Mode:
        if self.slack_client_id:
            return Mode.OAUTH
        if self.slack_app_token:
            return Mode.SOCKET_MODE
        return Mode.HTTP if self.slack_bot_token else Mode.PLAYGROUND

    @property
    def on_postgresql(self) -> bool:
        return self.database_url.startswith("postgresql")

    @field_validator("slack_bot_token", "slack_app_token", mode="after")
    @classmethod
    def _token_has_its_prefix(cls, token: SecretStr | None, info: Any) -> SecretStr | None:
        prefixes = ("xapp-",) if info.field_name == "slack_app_token" else ("xoxb-", "xoxe.xoxb-")
        if token is not None and not token.get_secret_value().startswith(prefixes):
            raise ValueError(f"must start with {prefixes[0]}")
        return token

    @field_validator("slack_api_url", mode="after")
    @classmethod
    def _api_url_ends_in_api(cls, url: str) -> str:
        if not _is_web_url(url) or not url.endswith("/api/"):
            raise ValueError("must be an http(s) URL that ends in /api/")
        return url

    @field_validator("public_url", "google_url", "microsoft_url", mode="after")
    @classmethod
    def _is_a_base_url(cls, url: str | None) -> str | None:
        if url is not None and not _is_web_url(url):
            raise ValueError("must be an http(s) URL without query or fragment")
        return url.rstrip("/") if url else url

    @field_validator("database_url", mode="after")
    @classmethod
    def _database_is_known(cls, url: str) -> str:
        scheme, _, rest = url.partition("://")
        if scheme == "sqlite" and rest.startswith("/") and rest not in ("/", "/:memory:"):
            return url
        if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
            return f"postgresql+psycopg://{rest}"
        raise ValueError("must be sqlite:///FILE or postgresql://…")

    @field_validator("port", mode="before")
    @classmethod
    def _port_is_in_range(cls, port: str) -> int:
        text = str(port)
        if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 <= int(text) <= 65535):
            raise ValueError("must be a number from 0 to 65535")
        return int(text)

    @field_validator("host", mode="after")
    @classmethod
    def _host_is_a_host(cls, host: str) -> str:
        if not is_host(host):
            raise ValueError("must be a host name or an IP address")
        return host

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _keys_are_fernet_keys(cls, keys: str) -> tuple[str, ...]:
        found = tuple(str(keys).replace(",", " ").split())
        try:
            for key in found:
                Fernet(key)
        except ValueError:
            raise ValueError("must be Fernet keys (32 bytes, URL-safe base64), newest first, comma between") from None
        return found

    @field_validator("smtp_url", mode="after")
    @classmethod
    def _smtp_url_parses(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _is_smtp_url(url.get_secret_value()):
            raise ValueError("must be smtp://user:password@host:port or smtps://…")
        return url

    @field_validator("mail_from", mode="after")
    @classmethod
    def _mail_from_is_an_address(cls, text: str | None) -> str | None:
        try:
            if text is not None and (
                not text.isprintable() or not validate_email(parseaddr(text)[1], check_deliverability=False)
            ):
                raise ValueError("must be one line")
        except (EmailNotValidError, ValueError):
            raise ValueError("must be an e-mail address, or a name and one in angle brackets") from None
        return text

    @field_validator("allow_private_urls", mode="before")
    @classmethod
    def _is_yes_or_no(cls, text: str | bool) -> bool:
        word = str(text).strip().lower()
        if word not in _YES | _NO:
            raise ValueError("must be 1 or 0")
        return word in _YES

    @field_validator("log_format", mode="before")
    @classmethod
    def _format_is_known(cls, text: str) -> str:
        if text not in set(LogFormat):
            raise ValueError("must be console or json")
        return text

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        problems = [problem for problem in (_slack_problem(self), *_pair_problems(self)) if problem]
        if self.on_postgresql and not self.secret_keys:
            problems.append("MEETDOWN_SECRET_KEYS is missing: with PostgreSQL every process needs the same keys")
        if problems:
            raise ValueError("; ".join(problems))
        return self


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from the variables of `environ`; an empty variable counts as not set. Raises SettingsError."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    data_dir = Path(given.get("MEETDOWN_DATA_DIR", "data")).resolve()
    defaults = {"MEETDOWN_DATABASE_URL": f"sqlite:///{data_dir / 'meetdown.db'}"}
    source = EnvSettingsSource(Settings, case_sensitive=True)
    source.env_vars = {**defaults, **given, "MEETDOWN_DATA_DIR": str(data_dir)}
    try:
        return Settings(**source())
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(detail)) for detail in error.errors())) from None


def is_host(text: str) -> bool:
    """Whether `text` is an IP address or looks like a host name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        labels = text.rstrip(".").split(".")
        return all(label.isascii() and label.replace("-", "").replace("_", "").isalnum() for label in labels)
    return True


def _sentence(detail: dict[str, Any]) -> str:
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{detail['loc'][0]} {message}" if detail["loc"] else message


def _is_web_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        return False


def _is_smtp_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        return False
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment
    named = bool(unquote(parts.username or "")) or not parts.password
    return parts.scheme in ("smtp", "smtps") and is_host(parts.hostname or "") and port_is_good and bare and named


def _slack_problem(settings: Settings) -> str | None:
    given = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "MEETDOWN_PUBLIC_URL": settings.public_url,
    }

    def missing(*names: str) -> str | None:
        absent = [name for name in names if not given[name]]
        return f"{' and '.join(absent)} {'is' if len(absent) == 1 else 'are'} missing" if absent else None

    if settings.slack_client_id or settings.slack_client_secret:
        if settings.slack_bot_token or settings.slack_app_token:
            return (
                "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (many workspaces) cannot go together with "
                "SLACK_BOT_TOKEN or SLACK_APP_TOKEN (one workspace): remove one of the two"
            )
        lacking = missing("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "MEETDOWN_PUBLIC_URL")
        return f"{lacking} (OAuth needs all four)" if lacking else None
    if settings.slack_app_token:
        lacking = missing("SLACK_BOT_TOKEN")
        return f"{lacking} (Socket Mode needs it beside SLACK_APP_TOKEN)" if lacking else None
    if settings.slack_signing_secret:
        lacking = missing("SLACK_BOT_TOKEN")
        return f"{lacking} (HTTP needs it beside SLACK_SIGNING_SECRET)" if lacking else None
    if settings.slack_bot_token:
        return "SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing beside SLACK_BOT_TOKEN"
    return None


def _pair_problems(settings: Settings) -> list[str]:
    pairs = (
        ("MEETDOWN_SMTP_URL", settings.smtp_url, "MEETDOWN_MAIL_FROM", settings.mail_from),
        ("MEETDOWN_GOOGLE_CLIENT_ID", settings.google_client_id,
         "MEETDOWN_GOOGLE_CLIENT_SECRET", settings.google_client_secret),
        ("MEETDOWN_MICROSOFT_CLIENT_ID", settings.microsoft_client_id,
         "MEETDOWN_MICROSOFT_CLIENT_SECRET", settings.microsoft_client_secret),
    )  # fmt: skip
    problems = []
    for first, first_value, second, second_value in pairs:
        if bool(first_value) != bool(second_value):
            absent, present = (second, first) if first_value else (first, second)
            problems.append(f"{absent} is missing beside {present}")
    return problems
