"""views.*: modals and the Home tab."""

from typing import Any

from playground import modals
from playground.records import Json, Trigger, View
from playground.web_api.call import ApiError, Call

TRIGGER_SECONDS = 3.0


def open_view(call: Call) -> Json:
    view = _checked(call, "modal")
    trigger = _exchanged(call)
    _external_id_is_free(call, view)
    return {"view": modals.as_json(modals.open_root(call.store, trigger, view), call.store)}


def push(call: Call) -> Json:
    """On top of the modal that the interaction came from; three are the most."""
    view = _checked(call, "modal")
    trigger = _exchanged(call)
    _external_id_is_free(call, view)
    stack = call.store.stacks.get(trigger.user, [])
    if trigger.view_id is None or trigger.view_id not in stack:
        raise ApiError("not_found")
    if len(stack) >= modals.DEEPEST:
        raise ApiError("push_limit_reached")
    pushed = modals.push(call.store, call.store.views[trigger.view_id], view)
    return {"view": modals.as_json(pushed, call.store)}


def update(call: Call) -> Json:
    target = _target(call)
    view = _checked(call, "modal")
    _hash_is_current(call, target)
    _external_id_is_free(call, view, but=target)
    modals.replace(call.store, target, view)
    return {"view": modals.as_json(target, call.store)}


def publish(call: Call) -> Json:
    user = call.store.user_seen_by(call.team_id, call.text("user_id"))
    if user is None:
        raise ApiError.explained("invalid_arguments", ["invalid `user_id`"])
    view = _checked(call, "home")
    home = call.store.views.get(call.store.homes.get(user.id, ""))
    if home is None:
        home = modals.first_home(call.store, call.team_id, user.id, view)
    else:
        _hash_is_current(call, home)
        modals.replace(call.store, home, view)
    return {"view": modals.as_json(home, call.store)}


def _checked(call: Call, surface: Any) -> Json:
    view = call.args.get("view")
    if not isinstance(view, dict):
        raise ApiError.explained("invalid_arguments", ["missing required field: view"])
    call.check(view, surface, error="invalid_arguments")
    return view


def _exchanged(call: Call) -> Trigger:
    """The trigger, used up. A view that is refused for its form leaves it unused, as Slack checks that first."""
    trigger_id = call.text("trigger_id")
    trigger = call.store.triggers.get(trigger_id)
    if trigger is None or trigger.team_id != call.team_id:
        if trigger_id.count(".") != 2:
            raise ApiError.explained("invalid_arguments", ["invalid `trigger_id`"])
        raise ApiError("invalid_trigger_id")
    if trigger.used:
        raise ApiError("exchanged_trigger_id")
    if call.store.age(trigger.at).total_seconds() > TRIGGER_SECONDS:
        raise ApiError("expired_trigger_id")
    trigger.used = True
    return trigger


def _target(call: Call) -> View:
    view_id, external_id = call.args.get("view_id"), call.args.get("external_id")
    if not view_id and not external_id:
        raise ApiError.explained("invalid_arguments", ["either view_id or external_id is required"])
    for view in call.store.views.values():
        named = view.id == view_id if view_id else view.payload.get("external_id") == external_id
        if named and view.team_id == call.team_id and view.is_open and view.type == "modal":
            return view
    raise ApiError("not_found")


def _hash_is_current(call: Call, view: View) -> None:
    given = call.args.get("hash")
    if given and given != view.hash:
        raise ApiError("hash_conflict")


def _external_id_is_free(call: Call, payload: Json, *, but: View | None = None) -> None:
    external_id = payload.get("external_id")
    for view in call.store.views.values():
        taken = view.is_open and view.team_id == call.team_id and view.payload.get("external_id") == external_id
        if external_id and taken and view is not but:
            raise ApiError("duplicate_external_id")
