"""Steps of which none waits for another that fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.jobs.engine import GaveUp, Steps


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    function: Callable[[str, str], Awaitable[object]]
    """Takes the team's id and the id of what it is about."""
    otherwise: Callable[[str, str], Awaitable[bool]] | None = None
    """What is done once it was given up; returns whether nothing is left to try later."""


async def in_turn(steps: Steps, team_id: str, subject_id: str, *plan: Step) -> None:
    """Raises GaveUp in the end where one has to be tried again later."""
    given_up: list[GaveUp] = []
    for step in plan:
        try:
            await steps(step.name, step.function, team_id, subject_id)
        except GaveUp as error:
            given_up += await _make_up_for(error, step, steps, team_id, subject_id)
    if given_up:
        raise next((error for error in given_up if not error.final), given_up[0])


async def _make_up_for(error: GaveUp, step: Step, steps: Steps, team_id: str, subject_id: str) -> list[GaveUp]:
    """What is still to be tried later."""
    if step.otherwise is None:
        return [error]
    try:
        settled = await steps(f"{step.name}_given_up", step.otherwise, team_id, subject_id)
    except GaveUp as again:
        return [again]
    return [] if settled else [error]
