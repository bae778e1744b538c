"""A stand-in that runs for weeks does not grow with every click."""

from slack_sdk.web.async_client import AsyncWebClient

from playground import SlackStandIn
from playground.forgetting import MOST, forget_oldest
from tests.support.slack import OWNER
from tests.unit.playground.opening import FORM, opened
from tests.unit.playground.scripted_bot import ScriptedBot


async def test_the_oldest_go_and_what_is_open_stays(
    slack: SlackStandIn, bot: ScriptedBot, client: AsyncWebClient
) -> None:
    store, anna = slack.store, slack.as_user(OWNER)
    closed = await opened(slack, bot, client, FORM)
    await anna.close_view(closed)
    shown = await opened(slack, bot, client, FORM)
    call, exchange = store.calls[0], slack.courier.delivered[0]
    newest = store.calls[-1]
    store.calls[:0] = [call] * (2 * MOST)
    slack.courier.delivered[:0] = [exchange] * (2 * MOST)
    for _ in range(2 * MOST):
        store.new_response_url("T0ACME", OWNER, "D1", None)
        last = store.new_trigger("T0ACME", OWNER, None)

    forget_oldest(slack)

    sizes = [len(store.calls), len(slack.courier.delivered), len(store.triggers), len(store.response_urls)]
    assert sizes == [MOST] * 4
    assert store.calls[-1] is newest
    assert store.triggers[last.id] is last
    assert list(store.views) == [shown.id]
    assert anna.modal is shown


async def test_little_is_kept_whole(slack: SlackStandIn, client: AsyncWebClient) -> None:
    for _ in range(3):
        await client.auth_test()

    forget_oldest(slack)

    assert len(slack.calls) == 3
