"""What manifest.yml tells a chat client: the commands to offer, the shortcuts, and whether the app has a Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.slack.manifest import MANIFEST


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    name: str
    """With its slash."""
    about: str
    usage: str

    @property
    def words(self) -> Sequence[str]:
        """The subcommands that the usage hint names: `[words | new | clients]` → new, clients."""
        inside = self.usage.strip("[]").split("|")
        return [word.strip() for word in inside if word.strip() and word.strip() != "words"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcut:
    callback_id: str
    name: str
    on_message: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    commands: Sequence[Command]
    shortcuts: Sequence[Shortcut]
    has_home: bool


def features(path: Path = MANIFEST) -> Features:
    """Raises OSError and yaml.YAMLError."""
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")).get("features", {})
    return Features(
        commands=[
            Command(name=one["command"], about=one.get("description", ""), usage=one.get("usage_hint", ""))
            for one in read.get("slash_commands") or []
        ],
        shortcuts=[
            Shortcut(callback_id=one["callback_id"], name=one["name"], on_message=one.get("type") == "message")
            for one in read.get("shortcuts") or []
        ],
        has_home=bool((read.get("app_home") or {}).get("home_tab_enabled")),
    )
