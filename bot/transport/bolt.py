"""Bolt, set up for this house."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import cast

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.installations import Installations
from bot.transport.authorize import Authorize

NOT_INSTALLED = "Meetdown is not installed in this workspace (any more). Somebody who manages its apps can install it."
"""English: in a workspace that is not ours there is nobody whose language could be asked for."""


def make_bolt_app(
    *, installations: Installations, client: AsyncWebClient, logger: logging.Logger | None = None
) -> AsyncApp:
    """An AsyncApp without listeners.

    `client` must hold no token (each request gets its workspace's), a shared session and no retry handlers:
    `bot.slack.web_api.make_client`. Signatures are the guard's business, so Bolt does not check them again.
    Listeners run before the answer goes out (`process_before_response`): Bolt's other runner polls every 10 ms.
    """
    log = logger or logging.getLogger("bot.bolt")
    with _quiet(log):
        return _app(installations, client, log)


@contextmanager
def _quiet(log: logging.Logger) -> Iterator[None]:
    """While it is made, Bolt warns that it will not use the SLACK_BOT_TOKEN that it finds in the environment. It is
    not meant to: an operator would look for a mistake that is none.
    """
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def _app(installations: Installations, client: AsyncWebClient, log: logging.Logger) -> AsyncApp:
    return AsyncApp(
        name="meetdown",
        logger=log,
        client=client,
        # Bolt's annotation says that there is always a result; its code handles None as "not installed".
        authorize=cast("Callable[..., Awaitable[AuthorizeResult]]", Authorize(installations)),
        user_facing_authorize_error_message=NOT_INSTALLED,
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
