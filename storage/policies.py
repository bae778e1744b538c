"""A workspace's numbers as JSON knows them: only those that differ from the product's defaults."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import time
from typing import Any

from domain.policy import Policy, PolicyError

_DEFAULTS = Policy()


def encode_policy(policy: Policy) -> dict[str, Any]:
    changed = {field.name: getattr(policy, field.name) for field in fields(Policy)}
    return {
        name: value.strftime("%H:%M") if isinstance(value, time) else value
        for name, value in changed.items()
        if value != getattr(_DEFAULTS, name)
    }


def decode_policy(stored: Mapping[str, Any]) -> Policy:
    """Names that this release does not know are left aside, and so is a number that it does not take: another release
    may have stored them, and a workspace must not be lost for a number.
    """
    known: dict[str, Any] = {}
    for field in fields(Policy):
        if field.name in stored:
            value = stored[field.name]
            known[field.name] = time.fromisoformat(value) if field.type is time else value
    while known:
        try:
            return Policy(**known)
        except PolicyError as error:
            for name in (error.field, error.other):
                known.pop(name, None)
    return _DEFAULTS
