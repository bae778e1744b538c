"""What the bot's answer to a submitted form does to the modals."""

from typing import Any

from playground import modals
from playground.limits import violations
from playground.records import Json, View
from playground.store import Store


class BotMistake(AssertionError):  # noqa: N818 - reads as what happened
    """The bot answered something that Slack would not take; a person would only see that it failed."""


def apply(store: Store, view: View, body: Any) -> None:
    """An empty answer closes the view. BotMistake for anything that Slack does not know how to follow."""
    if body is None:
        modals.pop(store, view)
        return
    if not view.is_open:
        return  # closed while the bot thought about it: there is nowhere left to show anything
    action = body.get("response_action") if isinstance(body, dict) else None
    if action == "errors":
        _show(view, body.get("errors"))
    elif action == "update":
        modals.replace(store, view, _checked(store, body))
    elif action == "push":
        if len(store.stacks.get(view.user, [])) >= modals.DEEPEST:
            raise BotMistake("push_limit_reached: a modal stack is three deep at most")
        modals.push(store, view, _checked(store, body))
    elif action == "clear":
        modals.clear(store, view.user)
    else:
        raise BotMistake(f"not an answer to a submitted view: {body!r}")


def _show(view: View, errors: Any) -> None:
    """Errors stand beside inputs, so each must name a block that is one."""
    if not isinstance(errors, dict) or not errors:
        raise BotMistake(f"response_action errors without errors: {errors!r}")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    unknown = set(errors) - inputs
    if unknown:
        raise BotMistake(f"errors for {sorted(unknown)}, but the inputs are {sorted(inputs)}")
    if not all(isinstance(sentence, str) and sentence for sentence in errors.values()):
        raise BotMistake(f"an error is a sentence: {errors!r}")
    view.errors = dict(errors)


def _checked(store: Store, body: Json) -> Json:
    payload = body.get("view")
    if not isinstance(payload, dict):
        raise BotMistake("response_action without a view")
    found = violations(payload, "modal")
    if found:
        store.violations.extend(found)
        raise BotMistake("\n".join(str(one) for one in found))
    return payload
