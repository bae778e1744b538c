"""The stack of modals in front of a person, at most three deep, and the Home tab."""

from playground.forms import initial_state
from playground.records import Json, Trigger, View
from playground.store import Store, with_ids

DEEPEST = 3


def open_root(store: Store, trigger: Trigger, payload: Json) -> View:
    """A new stack: whatever modal the person still had open is gone."""
    clear(store, trigger.user)
    view = _new(store, trigger.team_id, trigger.user, payload)
    store.stacks[trigger.user] = [view.id]
    return view


def push(store: Store, below: View, payload: Json) -> View:
    view = _new(store, below.team_id, below.user, payload)
    view.root_id, view.previous_id = below.root_id, below.id
    store.stacks[below.user].append(view.id)
    return view


def replace(store: Store, view: View, payload: Json) -> None:
    """Other content in the same place, under a new hash; what was entered in the same inputs stays."""
    view.payload = _kept(store, payload)
    view.state = initial_state(view.blocks, view.state)
    view.errors = {}
    view.hash = store.new_hash()


def pop(store: Store, view: View) -> None:
    """Close one modal; the one below it is visible again."""
    view.is_open = False
    stack = store.stacks.get(view.user, [])
    if view.id in stack:
        stack.remove(view.id)


def clear(store: Store, user_id: str) -> None:
    for view_id in store.stacks.pop(user_id, []):
        store.views[view_id].is_open = False


def top(store: Store, user_id: str) -> View | None:
    stack = store.stacks.get(user_id)
    return store.views[stack[-1]] if stack else None


def first_home(store: Store, team_id: str, user_id: str, payload: Json) -> View:
    home = _new(store, team_id, user_id, payload)
    store.homes[user_id] = home.id
    return home


def _new(store: Store, team_id: str, user_id: str, payload: Json) -> View:
    view_id = store.new_id("V")
    kept = _kept(store, payload)
    view = View(id=view_id, team_id=team_id, user=user_id, payload=kept, hash=store.new_hash(), root_id=view_id)
    view.state = initial_state(view.blocks)
    store.views[view_id] = view
    return view


def _kept(store: Store, payload: Json) -> Json:
    return {**payload, "blocks": with_ids(payload["blocks"], store)}


def as_json(view: View, store: Store) -> Json:
    """The view object of payloads and answers."""
    workspace = store.workspaces[view.team_id]
    given = view.payload
    result: Json = {
        "id": view.id,
        "team_id": view.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.state},
        "hash": view.hash,
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": store.app.id,
        "external_id": given.get("external_id", ""),
        "app_installed_team_id": view.team_id,
        "bot_id": workspace.bot_id,
    }
    if view.type == "modal":
        result["title"] = given["title"]
    return result
