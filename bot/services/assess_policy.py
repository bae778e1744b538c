"""Numbers of the policy that are tried out on the command line: `--set budget_a=2`."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from domain.policy import Policy, PolicyError

SETTINGS = tuple(field.name for field in fields(Policy) if isinstance(field.default, int | float))
"""What is a number; the times of day concern reminders, not verdicts."""


class SettingMistake(ValueError):  # noqa: N818 - a mistake of the person who typed it
    """What was written cannot be a setting; its text is the whole sentence."""


def policy_with(settings: Iterable[str]) -> Policy:
    """The product's policy with some numbers changed. Raises SettingMistake."""
    numbers: dict[str, Any] = {}
    for setting in settings:
        name, _, written = setting.partition("=")
        if name not in SETTINGS:
            raise SettingMistake(f"{setting!r} sets nothing; write name=number, where name is {', '.join(SETTINGS)}")
        numbers[name] = _number(name, written)
    try:
        return Policy(**numbers)
    except PolicyError as error:
        raise SettingMistake(str(error)) from None


def _number(name: str, written: str) -> int | float:
    default = next(field.default for field in fields(Policy) if field.name == name)
    kind = float if isinstance(default, float) else int
    try:
        return kind(written)
    except ValueError:
        wanted = "number" if kind is float else "whole number"
        raise SettingMistake(f"{name} must be a {wanted}, not {written!r}") from None
