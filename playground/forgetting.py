"""What a stand-in that runs for weeks need not remember. Tests keep everything."""

from typing import Any

from playground.server import SlackStandIn

MOST = 300
"""Of each kind; the inspector shows fewer. Twice as many may be there before the oldest go."""


def forget_oldest(slack: SlackStandIn) -> None:
    """Exchanges, answers for one pair of eyes, used-up names, and modals that were closed."""
    store = slack.store
    lists: tuple[list[Any], ...] = (store.calls, slack.courier.delivered, store.ephemerals, store.violations)
    for kept in lists:
        if len(kept) > 2 * MOST:
            del kept[:-MOST]
    named: tuple[dict[str, Any], ...] = (store.triggers, store.response_urls)
    for held in named:
        if len(held) > 2 * MOST:
            for name in list(held)[:-MOST]:
                del held[name]
    for view in [one for one in store.views.values() if not one.is_open]:
        del store.views[view.id]
