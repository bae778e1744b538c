"""What people are told when something goes wrong."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.listeners.answers import Answers
from bot.listeners.caller import Body, Caller, Callers
from bot.listeners.mistakes import Mistakes

AWAY = OperationalError("SELECT", {}, Exception("the database is away"))


class Nobody(Callers):
    """Where the database is away, nobody is known."""

    def __init__(self) -> None:
        pass

    async def of(self, body: Body) -> Caller:
        raise AWAY


class Told(Answers):
    def __init__(self) -> None:
        self.messages: list[str] = []

    async def tell(self, body: Body, message: Any) -> None:
        self.messages.append(message.text)


async def test_a_command_is_answered_though_nobody_can_be_known() -> None:
    answer = await Mistakes(callers=Nobody(), answers=Told()).handle(AWAY, {"command": "/meetdown", "team_id": "T1"})

    assert answer.status == 200
    assert "went wrong" in answer.body
    assert "database" not in answer.body


@pytest.mark.parametrize("kind", ["block_actions", "shortcut"])
async def test_a_click_is_answered_though_nobody_can_be_known(kind: str) -> None:
    told = Told()

    answer = await Mistakes(callers=Nobody(), answers=told).handle(AWAY, {"type": kind, "response_url": "https://x"})

    assert (answer.status, len(told.messages)) == (200, 1)
