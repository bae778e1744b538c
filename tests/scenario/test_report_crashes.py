"""`kill -9` at every boundary of a report that is counted: one message, and in the end the whole report in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from domain.report import ReportRequest
from domain.roles import Circle
from playground import SlackStandIn, words
from storage import outbox, report_requests
from storage.outbox import Work
from tests.support.crashes import Forge, Office, forge, office
from tests.support.like_meetings import FIRST_NUMBER, NOW, TEAM, owner_of

__all__ = ["forge"]


@pytest.fixture
def room(slack: SlackStandIn, forge: Forge, tmp_path: Path) -> Office:
    return office(slack, forge, f"sqlite:///{tmp_path}/meetdown.sqlite", tmp_path)


async def test_a_report_survives_every_crash(room: Office, slack: SlackStandIn) -> None:
    subject = await room.begin(FIRST_NUMBER, asked)
    reached = await room.run()
    boundaries = [word for about, word in reached if about == subject and not word.endswith("the start")]
    numbers = range(FIRST_NUMBER + 1, FIRST_NUMBER + 1 + len(boundaries))
    plan = {await room.begin(number, asked): boundary for number, boundary in zip(numbers, boundaries, strict=True)}

    await room.run(crash=plan)
    await room.run()

    assert {"post_message 1 in report", "update_message 1 in report", "done report"} <= set(boundaries)
    for number, boundary in zip([FIRST_NUMBER, *numbers], ["none", *boundaries], strict=True):
        (shown,) = slack.as_user(owner_of(number)).messages
        assert "you stepped no client meeting down" in words(shown), boundary


def asked(number: int) -> Callable[[Session], str]:
    request = ReportRequest(
        id=f"report-{number}", team_id=TEAM, user_id=owner_of(number), circle=Circle.MINE, asked_at=NOW
    )

    def store(session: Session) -> str:
        report_requests.add(session, request)
        outbox.promise(session, TEAM, Work.REPORT, request.id, NOW, edition="0")
        return request.id

    return store
