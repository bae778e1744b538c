"""What is remembered from one start to the next."""

import asyncio
import dataclasses
import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from playground import SlackStandIn, state
from playground.records import App, File, Json, Message, View
from playground.state import BrokenState, Keeper, State
from playground.store import Store
from tests.support.slack import with_people


def a_busy_store(slack: SlackStandIn) -> Store:
    with_people(slack)
    store = slack.store
    store.app.signing_secret = "secret-of-this-one"
    store.open_dm("T0ACME", "U0ANNA")
    slack.add_channel("C0GENERAL", name="general", members={"U0BEN", "U0ANNA"})
    store.users["U0ANNA"].seen_in.add("T0OTHER")
    store.messages.append(
        Message(
            channel="C0GENERAL",
            ts=store.new_ts(),
            team_id="T0ACME",
            user="U0ANNA",
            text="héllo",
            blocks=[{"type": "divider", "block_id": "b1"}],
            states={"U0ANNA": {"b1": {"a1": {"value": "x"}}}},
            earlier=[{"text": "hello", "blocks": []}],
        )
    )
    store.files["F1"] = File(
        id="F1", team_id="T0ACME", user="UBT0ACME", name="a.csv", length=3, content="YWJj", shares=["C0GENERAL:1"]
    )
    home = View(
        id="V1", team_id="T0ACME", user="U0ANNA", payload={"type": "home", "blocks": []}, hash="1.a", root_id="V1"
    )
    store.views["V1"], store.homes["U0ANNA"] = home, "V1"
    return store


def dumped(store: Store) -> Json:
    return {
        name: getattr(store, name)
        for name in (
            "app",
            "workspaces",
            "grants",
            "users",
            "channels",
            "messages",
            "files",
            "views",
            "homes",
            "last_ts",
            "numbers",
        )
    }


def test_everything_that_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    slack, path = SlackStandIn(), tmp_path / "deep" / "state.json"
    store = a_busy_store(slack)
    kept = State(offset=timedelta(days=2, seconds=3), calendar_port=4000, calendars={"U0ANNA": "hush"}, seeded=True)

    state.write(path, state.as_text(store, kept))
    again = SlackStandIn().store
    found = state.read(path, again)

    assert found == kept
    assert dumped(again) == dumped(store)
    assert isinstance(again.app.scopes, frozenset)
    assert path.stat().st_mode & 0o077 == 0


def test_ids_and_message_names_go_on_where_they_were(tmp_path: Path) -> None:
    store = a_busy_store(SlackStandIn())
    state.write(tmp_path / "state.json", state.as_text(store, State()))
    again = SlackStandIn().store
    state.read(tmp_path / "state.json", again)

    assert again.new_id("D") == store.new_id("D")
    assert again.new_ts() > store.messages[-1].ts


def test_what_a_person_deleted_is_not_kept() -> None:
    store = a_busy_store(SlackStandIn())
    store.messages[0].deleted = True

    assert state.kept(store)["messages"] == []


def test_where_nothing_was_kept_nothing_is_found(tmp_path: Path) -> None:
    assert state.read(tmp_path / "state.json", SlackStandIn().store) is None


@pytest.mark.parametrize(
    "missing", ["app", "workspaces", "grants", "users", "channels", "messages", "homes", "last_ts"]
)
def test_a_file_that_lacks_something_is_broken(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "state.json"
    whole = json.loads(state.as_text(a_busy_store(SlackStandIn()), State()))
    del whole["slack"][missing]
    path.write_text(json.dumps(whole))

    with pytest.raises(BrokenState):
        state.read(path, SlackStandIn().store)


def test_every_field_of_a_message_is_plain_json() -> None:
    store = a_busy_store(SlackStandIn())

    kept = state.kept(store)

    assert json.loads(json.dumps(kept)) == kept
    assert kept["messages"][0].keys() == {field.name for field in dataclasses.fields(Message)}
    assert kept["app"].keys() == {field.name for field in dataclasses.fields(App)}


async def test_a_change_is_written_a_moment_later_and_the_last_one_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.state.PAUSE_S", 0.01)
    store, path = a_busy_store(SlackStandIn()), tmp_path / "state.json"
    keeper = Keeper(path, store, State())

    keeper.start()
    begun = _texts(path)
    store.messages[0].text = "changed"
    store.changed()
    await asyncio.sleep(0.15)
    meanwhile = _texts(path)
    store.messages[0].text = "the last word"
    await keeper.stop()

    assert [begun, meanwhile, _texts(path)] == [["héllo"], ["changed"], ["the last word"]]
    assert _files(tmp_path) == ["state.json"]


async def test_a_write_that_is_under_way_ends_before_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.state.PAUSE_S", 0)
    begun, go_on, inside = threading.Event(), threading.Event(), threading.Lock()

    def slowly(path: Path, content: str) -> None:
        assert inside.acquire(blocking=False), "two writers at one file"
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            go_on.wait(5)
        path.write_text(content, "utf-8")
        inside.release()

    monkeypatch.setattr(state, "write", slowly)
    store, path = a_busy_store(SlackStandIn()), tmp_path / "state.json"
    keeper = Keeper(path, store, State())
    keeper.start()
    store.changed()
    await asyncio.to_thread(begun.wait, 5)
    store.messages[0].text = "the last word"

    asyncio.get_running_loop().call_later(0.05, go_on.set)
    await keeper.stop()

    assert _texts(path) == ["the last word"]


def _texts(path: Path) -> list[str]:
    return [message["text"] for message in json.loads(path.read_text("utf-8"))["slack"]["messages"]]


def _files(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]
