"""The table of methods: nothing in it that the bot must not use, and nothing repeated that must not be."""

from bot.slack import methods
from bot.slack.methods import Repeat


def test_reminders_are_never_left_to_slacks_own_schedule() -> None:
    """What chat.scheduleMessage holds cannot be edited, and with metadata it never appears."""
    assert "chat.scheduleMessage" not in {method.name for method in methods.ALL}


def test_posts_and_what_uses_a_trigger_are_never_repeated_and_everything_else_may_be() -> None:
    never = {method.name for method in methods.ALL if method.repeat is Repeat.NEVER}

    assert never == {"chat.postMessage", "files.completeUploadExternal", "views.open", "views.push"}


def test_what_uses_a_trigger_is_over_before_the_trigger_is() -> None:
    with_trigger = [method for method in methods.ALL if method.uses_trigger]

    assert [method.name for method in with_trigger] == ["views.open", "views.push"]
    assert all(max(method.seconds, method.max_wait) < 3 for method in with_trigger)
