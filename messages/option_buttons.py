"""The row of buttons under a meeting: the ways to step it down, then *Keep it* and *Remind me later*."""

from collections.abc import Collection, Mapping

from domain.decision import SHORTEST_MINUTES
from domain.meeting import Meeting
from domain.upcoming import Upcoming
from domain.words import STEP_DOWNS, Mode, Option
from messages.blocks import Block, actions, button
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.labels import option_label

ACTIONS: Mapping[Option, Action] = {
    Option.CALL: Action.CALL,
    Option.SHORTER: Action.SHORTER,
    Option.EMAIL: Action.EMAIL,
    Option.HANDOFF: Action.HANDOFF,
    Option.KEEP: Action.KEEP,
}
"""In the order in which they are shown."""


def option_buttons(
    t: Translator, meeting: Meeting | Upcoming, possible: Collection[Option], recommended: Option | None = None
) -> Block:
    """`possible` names the step-downs that get a button; keeping and waiting always do."""
    value = pack(meeting.id)
    row = [
        button(
            option_label(t, option),
            action_id=action,
            value=value,
            style="primary" if option is recommended else None,
        )
        for option, action in ACTIONS.items()
        if option is Option.KEEP or option in possible
    ]
    row.append(button(t.text("Remind me later"), action_id=Action.LATER, value=value))
    return actions(row)


def possible_at_a_glance(meeting: Meeting | Upcoming) -> tuple[Option, ...]:
    """The step-downs that a list offers without a judgement, which would cost it a query for each meeting."""
    return tuple(
        option
        for option in STEP_DOWNS
        if not (option is Option.CALL and meeting.mode is Mode.CALL)
        and not (option is Option.SHORTER and meeting.minutes <= SHORTEST_MINUTES)
    )
