"""When the playground does not start, and what it says then."""

import json
from pathlib import Path

import pytest

from playground.run import Options, Refusal, playground
from tests.support.playgrounds import running_playground, settings_for

STATE = Path("playground") / "state.json"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("state.json", b"{"),
        ("state.json", b"[]"),
        ("state.json", b'{"version": 999}'),
        ("state.json", b'{"version": 1, "slack": {"app": {"nonsense": 1}}, "playground": {"offset": 0}}'),
        ("state.json", b"\xff\xfe\x00"),
        ("bot/meetdown.db", b"this is no database, whatever its name says" * 100),
        ("bot/secret.key", b"no key"),
        ("calendars", b"a file where a folder should be"),
    ],
)
async def test_a_broken_folder_is_one_line_and_the_way_out(tmp_path: Path, file: str, content: bytes) -> None:
    broken = tmp_path / "playground" / file
    broken.parent.mkdir(parents=True)
    broken.write_bytes(content)

    with pytest.raises(Refusal) as refused:
        async with running_playground(tmp_path):
            pass

    assert str(tmp_path / "playground") in str(refused.value)
    assert "--reset" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert broken.read_bytes() == content


async def test_another_host_is_refused_unless_the_danger_is_taken(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no passwords"):
        async with playground(settings_for(tmp_path, host="0.0.0.0"), Options()):
            pass
    assert not (tmp_path / "playground").exists()


async def test_a_second_playground_over_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with running_playground(tmp_path):
        with pytest.raises(Refusal, match="Another playground"):
            async with playground(settings_for(tmp_path), Options(reset=True)):
                pass

        assert json.loads((tmp_path / STATE).read_text())["version"] == 1


async def test_a_reset_leaves_what_is_not_the_playgrounds(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("mine")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "playground").symlink_to(elsewhere)

    with pytest.raises(Refusal, match="link"):
        async with running_playground(tmp_path / "data", reset=True):
            pass

    assert (elsewhere / "precious").read_text() == "mine"
