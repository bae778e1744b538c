"""Walks the calls through one Slack, and tells two walks apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.contract.calls import UPLOAD, Step
from tests.contract.shapes import Shape, shape, words
from tests.contract.sides import Json, Side

ABSENT = "absent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    step: str
    path: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.step}: {self.path}: ours {self.ours}, emulate's {self.theirs}"


async def walk(side: Side, steps: Iterable[Step]) -> dict[str, Shape]:
    """The shape of each answer, by the step's name."""
    kept: dict[str, str] = dict(side.ids)
    shapes: dict[str, Shape] = {}
    for step in steps:
        args = await _filled(side, step.args, kept)
        if step.method == UPLOAD:
            answer = await side.upload(args["to"], args["bytes"])
        else:
            answer = await side.call(step.method, args, token=step.token, as_json=step.as_json)
        sent = frozenset(words({name: one for name, one in step.args.items() if name != "token"}))
        shapes[step.name] = shape(answer, sent)
        for name, path in step.keep.items():
            kept[name] = str(_at(answer, path))
        if step.method == "conversations.open" and "dm" in step.keep:
            kept["annas"] = await side.say(kept["dm"])
    return shapes


def differences(ours: Mapping[str, Shape], theirs: Mapping[str, Shape]) -> list[Difference]:
    return [
        Difference(step=step, path=path, ours=mine.get(path, ABSENT), theirs=theirs[step].get(path, ABSENT))
        for step, mine in ours.items()
        for path in sorted({*mine, *theirs[step]})
        if mine.get(path, ABSENT) != theirs[step].get(path, ABSENT)
    ]


async def _filled(side: Side, args: Json, kept: dict[str, str]) -> Json:
    return {name: await _filled_in(side, value, kept) for name, value in args.items()}


async def _filled_in(side: Side, value: Any, kept: dict[str, str]) -> Any:
    if isinstance(value, str):
        return await _stands_for(side, value, kept)
    if isinstance(value, list):
        return [await _filled_in(side, one, kept) for one in value]
    if isinstance(value, dict):
        return {name: await _filled_in(side, one, kept) for name, one in value.items()}
    return value


async def _stands_for(side: Side, value: str, kept: dict[str, str]) -> str:
    """`:used` names what stood there last."""
    if not value.startswith("$"):
        return value
    name, _, detail = value[1:].partition(":")
    if name in {"trigger", "trigger_in", "code"} and detail != "used":
        kept[name] = await (side.code() if name == "code" else side.trigger(kept[detail] if detail else ""))
    return kept[name]


def _at(answer: Json, path: str) -> Any:
    found: Any = answer
    for name in path.split("."):
        assert isinstance(found, dict), f"nothing at {path} in {answer}"
        assert name in found, f"nothing at {path} in {answer}"
        found = found[name]
    return found
