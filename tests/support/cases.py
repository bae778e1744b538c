"""The worked cases: what an account director would tell, and what the product's rules say to it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "fixtures" / "cases"
LANGUAGES = ("en", "nl")


@dataclass(frozen=True, kw_only=True)
class Worked:
    """`expected` is an answer of `app.py assess --json` without its sentences. `draft` is what the client is to read of
    the recommended answer, with what the director chose for it: `body` the whole of it in lines, `says` pieces of it,
    `phone` pieces of the words for the phone; None where nothing is written, as the meeting is kept.
    """

    language: str
    story: str
    case: dict[str, Any]
    expected: dict[str, Any]
    draft: dict[str, Any] | None


def worked(language: str) -> list[Worked]:
    entries = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return [Worked(language=language, **entry) for entry in entries]


WORKED = [case for language in LANGUAGES for case in worked(language)]
