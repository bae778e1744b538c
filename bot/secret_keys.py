"""The Fernet keys that tokens and calendar addresses are encrypted with: from the settings, or from a key file."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from bot.settings import Settings, SettingsError

KEY_FILE = "secret.key"


def load_secret_keys(settings: Settings) -> tuple[str, ...]:
    """Keys, newest first. Where none is configured, the one in `secret.key` of the data directory, made at first
    use and readable by its owner only. Raises SettingsError where that file cannot be made or holds no key."""
    if settings.secret_keys:
        return tuple(key.get_secret_value() for key in settings.secret_keys)
    path = settings.data_dir / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        keys = tuple(path.read_text("ascii").split())
        for key in keys:
            Fernet(key)
    except OSError as error:
        raise SettingsError(f"The key file {path} cannot be used: {error.strerror}") from None
    except ValueError:
        keys = ()
    if not keys:
        raise SettingsError(f"The key file {path} holds no Fernet key; restore it, or set MEETDOWN_SECRET_KEYS")
    return keys


def _make(path: Path) -> None:
    """Written aside and linked into place, so that of two processes that start at once both read the same whole key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        return
    finally:
        aside.unlink()
