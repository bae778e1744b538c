"""The stand-in against another Slack that knows nothing of it: same calls, same fields, same names of errors."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from tests.contract import sides
from tests.contract.calls import STEPS
from tests.contract.comparing import Difference, differences, walk
from tests.contract.known import KNOWN
from tests.contract.shapes import Shape


@pytest.fixture(scope="module")
def walks() -> tuple[dict[str, Shape], dict[str, Shape]]:
    async def both() -> tuple[dict[str, Shape], dict[str, Shape]]:
        async with sides.stand_in() as ours, sides.emulate() as theirs:
            return await walk(ours, STEPS), await walk(theirs, STEPS)

    return asyncio.run(both())


@pytest.fixture(scope="module")
def found(walks: tuple[dict[str, Shape], dict[str, Shape]]) -> list[Difference]:
    return differences(*walks)


def test_the_calls_have_names_of_their_own() -> None:
    assert [name for name, times in Counter(step.name for step in STEPS).items() if times > 1] == []


def test_the_stand_in_answers_as_emulate_does_but_where_it_is_said_why_not(found: list[Difference]) -> None:
    unexplained = [str(one) for one in found if not any(known.explains(one) for known in KNOWN)]
    assert unexplained == []


def test_no_difference_is_excused_that_is_not_there(found: list[Difference]) -> None:
    narrowed = [
        narrow
        for known in KNOWN
        for narrow in (
            *(replace(known, steps=(steps,)) for steps in known.steps),
            *(replace(known, paths=(paths,)) for paths in known.paths),
        )
    ]
    stale = [(known.steps, known.paths) for known in narrowed if not any(known.explains(one) for one in found)]
    assert stale == []


def test_most_calls_are_answered_alike_to_the_last_field(
    walks: tuple[dict[str, Shape], dict[str, Shape]], found: list[Difference]
) -> None:
    differing = {one.step for one in found}
    alike = [step.name for step in STEPS if step.name not in differing]
    assert "open with a used trigger" in alike
    assert "exchange a code" in alike
    assert len(alike) >= 40, f"{len(alike)} of {len(STEPS)}"
