"""What went before with a client, counted: the part of the judgement's facts that is remembered."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """Counts up to now, over everybody in the workspace: the client sees one company. Meanings as in
    `domain.assessment_facts.Facts`. The meeting that is judged is not counted.
    """

    meetings_total: int = 0
    """May stop at a thousand: more makes no difference to any rule."""
    meetings_30d: int = 0
    step_downs_90d: int = 0
    last_stepped_down: bool = False
    series_idle: int = 0
    last_five_stepped_down: int = 0
