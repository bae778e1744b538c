from pathlib import Path

from playground.page.manifest import Command, Features, Shortcut, features


def test_the_apps_own_manifest_offers_its_command_and_its_words() -> None:
    [command] = features().commands

    assert command.name == "/meetdown"
    assert {"new", "clients", "connect", "help"} <= set(command.words)
    assert "words" not in command.words


def test_shortcuts_and_the_home_tab_are_read(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yml"
    file.write_text(
        "features:\n"
        "  app_home: {home_tab_enabled: true}\n"
        "  shortcuts: [{callback_id: take, name: Take it, type: message, description: x}]\n"
        "  slash_commands: [{command: /go}]\n"
    )

    assert features(file) == Features(
        commands=[Command(name="/go", about="", usage="")],
        shortcuts=[Shortcut(callback_id="take", name="Take it", on_message=True)],
        has_home=True,
    )
