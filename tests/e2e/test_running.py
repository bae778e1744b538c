"""Starting, stopping and starting again, from the command line."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support.browsing import visiting

ROOT = Path(__file__).parents[2]
ANNA = "U0ANNA"
MOVED = "Europe/Amsterdam · moved by 1 h"
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


def command(*options: str) -> list[str]:
    return [sys.executable, "app.py", "serve", *options]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "MEETDOWN_"))}
    return {**kept, "MEETDOWN_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}


@contextmanager
def started(data: Path, *options: str) -> Iterator[tuple[str, str]]:
    """The address and everything said until then; ended as a person does it, with Ctrl-C."""
    process = subprocess.Popen(command(*options), cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said, address = "", None
    while address is None:
        line = process.stdout.readline()
        assert line, said
        said += line
        address = ADDRESS.search(line) if "playground" in line else None
    try:
        yield address[0], said
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        process.stdout.close()


def test_a_port_in_use_is_said_and_the_next_free_one_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with started(tmp_path, "--port", str(port)) as (address, said):
            found = int(address.rpartition(":")[2])

    assert found != port
    assert f"Port {port} is in use: taking {found} instead." in said


def test_what_was_said_and_decided_is_there_after_a_restart_and_gone_after_a_reset(
    browser: Browser, tmp_path: Path
) -> None:
    with started(tmp_path, "--port", "0") as (address, _), visiting(browser, address) as anna:
        anna.as_(ANNA)
        anna.sees("Your calendar is connected.")
        anna.say("/meetdown")
        anna.open_modal("Make it shorter", on=anna.sees("Only visible to you", "Weekoverleg Tulp"))
        anna.submit()
        anna.move_clock("+1 hour")
        # On its way it stops at what is due.
        expect(anna.pane("Clock").locator(".quiet").first).to_have_text(MOVED)
        assert anna.mails().count() == 1

    with started(tmp_path, "--port", "0") as (address, _), visiting(browser, address) as anna:
        anna.as_(ANNA)
        anna.sees("Weekoverleg Tulp", "Shorter: 20 min instead of 60")
        expect(anna.pane("Clock").locator(".quiet").first).to_have_text(MOVED)
        assert anna.mails().count() == 1

    with started(tmp_path, "--port", "0", "--reset") as (address, _), visiting(browser, address) as anna:
        anna.as_(ANNA)
        anna.sees("Your calendar is connected.")
        assert anna.mails().count() == 0


def test_a_broken_folder_is_one_clear_line_and_a_reset_mends_it(tmp_path: Path) -> None:
    folder = tmp_path / "playground"
    folder.mkdir()
    (folder / "state.json").write_text('{"half": ', "utf-8")

    refused = subprocess.run(
        command(), cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False
    )

    assert refused.returncode == 1
    assert str(folder) in refused.stderr
    assert "--reset" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    with started(tmp_path, "--port", "0", "--reset") as (address, _):
        assert address
