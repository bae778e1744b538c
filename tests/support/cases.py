"""The worked cases: what an account director would tell, and what the product's rules say to it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "fixtures" / "cases"
LANGUAGES = ("en", "nl")


@dataclass(frozen=True, kw_only=True)
class Worked:
    """`expected` is an answer of `app.py assess --json` without its sentences."""

    language: str
    story: str
    case: dict[str, Any]
    expected: dict[str, Any]


def worked(language: str) -> list[Worked]:
    entries = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return [Worked(language=language, **entry) for entry in entries]


WORKED = [case for language in LANGUAGES for case in worked(language)]
