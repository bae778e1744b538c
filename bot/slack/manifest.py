"""The Slack app as manifest.yml describes it: the one place where scopes are written down."""

from pathlib import Path
from typing import Any

import yaml

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def bot_scopes(path: Path = MANIFEST) -> tuple[str, ...]:
    """Raises OSError, and ValueError where the file is not a manifest that names bot scopes."""
    try:
        read: Any = yaml.safe_load(path.read_text("utf-8"))
        scopes = read["oauth_config"]["scopes"]["bot"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise ValueError(f"{path} names no bot scopes") from error
    return tuple(str(scope) for scope in scopes)
