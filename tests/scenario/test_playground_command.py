"""`app.py` without Slack settings, as a person at a terminal meets it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from playground.loopback import bind

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def program(data_dir: Path, *arguments: str, **environ: str) -> Iterator["subprocess.Popen[str]"]:
    """Without settings of the person who runs the tests."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "MEETDOWN_"))}
    running = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**clean, "PYTHONUNBUFFERED": "1", "MEETDOWN_DATA_DIR": str(data_dir), **environ},
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def line(running: "subprocess.Popen[str]") -> str:
    assert running.stdout is not None
    return running.stdout.readline().rstrip()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_the_page_is_and_ends_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    with bind("127.0.0.1", 0) as taken, program(tmp_path, MEETDOWN_PORT=str(taken.getsockname()[1])) as running:
        wanted = taken.getsockname()[1]
        warned, address = line(running), line(running).removeprefix("Meetdown's playground: ")
        with urlopen(address, timeout=20) as page:
            hint = line(running)
            content, policy = page.read().decode(), page.headers["Content-Security-Policy"]
        running.send_signal(ending)
        out, err = running.communicate(timeout=30)

    assert warned.startswith(f"Port {wanted} is in use: taking ")
    assert "Anna Berg" in content
    assert "script-src 'self'" in policy
    assert hint == "It needs no Slack account. Ctrl-C ends it."
    assert (running.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--host", "0.0.0.0"), "no passwords"),
        (("serve", "--host", "192.0.2.1", "--expose-to-network"), "cannot be served from"),
    ],
)
def test_a_host_that_will_not_do_is_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    with program(tmp_path, *arguments) as running:
        out, err = running.communicate(timeout=30)

    assert (running.returncode, out, err.count("\n")) == (1, "", 1)
    assert said in err


def test_a_broken_folder_is_one_line_and_a_reset_mends_it(tmp_path: Path) -> None:
    (tmp_path / "playground").mkdir()
    (tmp_path / "playground" / "state.json").write_text("{")

    with program(tmp_path, "serve", MEETDOWN_PORT="0") as running:
        _, err = running.communicate(timeout=30)
    with program(tmp_path, "serve", "--reset", MEETDOWN_PORT="0") as mended:
        address = line(mended)

    assert (running.returncode, err.count("\n")) == (1, 1)
    assert "uv run app.py serve --reset" in err
    assert address.startswith("Meetdown's playground: http://127.0.0.1:")
