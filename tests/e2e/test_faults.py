"""What a person sees when Slack misbehaves: each effect once, none missing."""

import pytest
from playwright.sync_api import expect

from tests.support.browsing import Visitor

ANNA = "U0ANNA"
NEXT = "Campaign review"


def switch_on(visitor: Visitor, name: str) -> None:
    switch = visitor.pane("Faults").get_by_role("switch", name=name)
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")


@pytest.mark.parametrize("fault", ["Lost connection after a post", "Everything twice"])
def test_a_reminder_comes_once_all_the_same(visitor: Visitor, fault: str) -> None:
    visitor.as_(ANNA)
    switch_on(visitor, fault)

    visitor.move_clock("To the next reminder")
    visitor.sees("Can you make this one?", NEXT)
    visitor.move_clock("+1 hour")
    visitor.page.reload()

    reminders = visitor.page.get_by_role("log").get_by_role("article").filter(has_text=NEXT)
    visitor.sees(NEXT)
    expect(reminders).to_have_count(1)


def test_a_form_that_arrives_twice_is_one_decision_and_one_mail(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    switch_on(visitor, "Everything twice")

    visitor.open_modal("Make it shorter", on=visitor.message("Can you make this one?", "Tulp"))
    visitor.submit()

    visitor.sees("Shorter: 20 min instead of 60", "E-mail sent to joost@tulpenzonen.example")
    expect(visitor.mails()).to_have_count(1)


def test_too_many_requests_delay_and_lose_nothing(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    switch_on(visitor, "Too many requests")

    visitor.move_clock("To the next reminder")

    visitor.sees("Can you make this one?", NEXT)
    visitor.sees("ratelimited", within=visitor.pane("Inspector"))


def test_a_slow_slack_delays_and_loses_nothing(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    visitor.open_modal("Make it shorter", on=visitor.message("Can you make this one?", "Tulp"))
    visitor.act({"act": "fault", "value": "slow"})

    visitor.submit()

    visitor.sees("Shorter: 20 min instead of 60", "E-mail sent to joost@tulpenzonen.example")
