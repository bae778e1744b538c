"""One call of a Web API method: its arguments, who makes it, and how it is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playground.incoming import from_json
from playground.limits import Surface, violations
from playground.records import Grant, Json, Workspace
from playground.store import Store

_JSON_ARGUMENTS = frozenset({"blocks", "view", "metadata", "attachments", "files"})


class ApiError(Exception):
    """Answered as `ok: false` with Slack's name for it; `fields` go beside it in the answer."""

    def __init__(self, error: str, **fields: Any) -> None:
        super().__init__(error)
        self.error = error
        self.fields = fields

    @classmethod
    def explained(cls, error: str, messages: list[str]) -> "ApiError":
        return cls(error, response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})


@dataclass(kw_only=True)
class Call:
    store: Store
    method: str
    args: Json
    grant: Grant
    emit: Callable[[str, Json], None]
    """Sends an event of a workspace to the bot, after the answer."""
    base_url: str

    @property
    def team_id(self) -> str:
        return self.grant.team_id

    @property
    def workspace(self) -> Workspace:
        return self.store.workspaces[self.grant.team_id]

    def text(self, name: str, *, error: str = "invalid_arguments") -> str:
        """A required argument; `error` where it is missing."""
        value = self.args.get(name)
        if not isinstance(value, str) or not value:
            if error == "invalid_arguments":
                raise ApiError.explained(error, [f"missing required field: {name}"])
            raise ApiError(error)
        return value

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, "true", "True", "1", 1)

    def whole_number(self, name: str, default: int, *, most: int) -> int:
        try:
            value = int(self.args.get(name) or default)
        except ValueError:
            raise ApiError.explained("invalid_arguments", [f"{name} must be an integer"]) from None
        if not 0 < value <= most:
            raise ApiError.explained("invalid_limit", [f"{name} must be from 1 to {most}"])
        return value

    def need(self, scope: str) -> None:
        if scope not in self.grant.scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(self.grant.scopes)))

    def check(self, payload: Json, surface: Surface, *, error: str) -> None:
        """Refuse what breaks Slack's limits, and keep it, so that a test can assert that nothing did."""
        found = violations(payload, surface)
        if found:
            self.store.violations.extend(found)
            special = next((one.code for one in found if one.code != "invalid_blocks"), error)
            raise ApiError.explained(special, [str(one) for one in found])


def decoded(args: Json) -> Json:
    """The arguments with those that are JSON inside a form turned into objects."""
    result = dict(args)
    for name in _JSON_ARGUMENTS & result.keys():
        value = result[name]
        if isinstance(value, str):
            try:
                result[name] = from_json(value) if value else None
            except ValueError:
                wrong = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
                raise ApiError(wrong.get(name, "invalid_arguments")) from None
    return result


def page(items: list[Json], call: Call, *, default: int, most: int) -> tuple[list[Json], str]:
    """One page and the cursor of the next one, empty at the end."""
    limit = call.whole_number("limit", default, most=most)
    cursor = str(call.args.get("cursor") or "0")
    if not cursor.isdigit():
        raise ApiError("invalid_cursor")
    start = int(cursor)
    return items[start : start + limit], str(start + limit) if start + limit < len(items) else ""
