"""Texts compared in full with files under tests/snapshots/; `UPDATE_SNAPSHOTS=1` writes them anew, to be read before
they are committed.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "snapshots"


def stored(name: str, text: str) -> str:
    """What the file holds; with `UPDATE_SNAPSHOTS` set, it is given `text` first."""
    path = FOLDER / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") if path.exists() else ""
