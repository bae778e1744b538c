"""The clock, the mailbox, the calendar, the fault switches, the inspector, the guide, and a small screen."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.support.page import MemoryEntry, MemoryMail, soon
from tests.support.slack import OWNER
from tests.unit.playground.shapes import actions, button, modal, plain, question, section, text_input


def opened(page: Page, name: str) -> None:
    page.locator("#sidebar").get_by_role("link", name=name).click()
    expect(page.locator("#pane").get_by_role("heading", name=name)).to_be_visible()


def test_the_clock_is_moved_and_shows_it(page: Page, house: House) -> None:
    house.world.due = soon(days=3)
    opened(page, "Clock")
    page.get_by_role("button", name="+1 day").click()
    expect(page.locator("#pane")).to_contain_text("moved by 1 d")

    page.locator("#pane").get_by_role("button", name="To the next reminder").click()
    expect(page.locator("#pane")).to_contain_text(re.compile("moved by (2 d 23 h 59|3 d)"))
    expect(page.get_by_role("alert")).to_contain_text("It is ")

    page.get_by_role("button", name="Back to now").click()
    expect(page.locator("#pane")).to_contain_text("the real time")


def test_a_mail_can_be_read_as_text_and_as_html(page: Page, house: House) -> None:
    mail = MemoryMail(id="m1", subject="Shorter?", html="<p>Dear <b>Hank</b></p>", calendars=("BEGIN:VCALENDAR",))
    opened(page, "Mailbox")
    expect(page.get_by_text("No mail yet.")).to_be_visible()

    house.loop.call(lambda: house.world.mailbox.mails.append(mail))
    house.loop.call(lambda: house.world.changed.tell("mail"))
    page.get_by_role("link", name=re.compile("Shorter")).click()

    expect(page.locator(".mail-text")).to_have_text("Dear Hank")
    page.get_by_text("As HTML").click()
    expect(page.frame_locator("iframe").locator("b")).to_have_text("Hank")
    page.get_by_text("Calendar update").click()
    expect(page.get_by_text("BEGIN:VCALENDAR")).to_be_visible()


def test_an_entry_is_added_moved_and_cancelled(page: Page, house: House) -> None:
    opened(page, "Calendar")
    page.get_by_text("Add an entry").click()
    page.get_by_label("Title").fill("Review at Globex")
    page.get_by_label("Starts", exact=True).fill("2030-01-07T10:00")
    page.get_by_label("Who comes").fill("hank@globex.example")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[data-entry]")).to_contain_text("Mon 7 Jan 10:00–11:00")

    page.get_by_label("New start of Review at Globex").fill("2030-01-08T15:30")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator("[data-entry]")).to_contain_text("Tue 8 Jan 15:30–16:30")

    page.get_by_role("button", name="Cancel Review at Globex").click()
    expect(page.locator("[data-entry]")).to_contain_text("cancelled")


def test_an_entry_moved_elsewhere_moves_on_the_page(page: Page, house: House) -> None:
    start = soon(days=2)
    house.world.calendar.held[OWNER] = [
        MemoryEntry(id="e1", title="Review", starts_at=start, ends_at=start + timedelta(hours=1))
    ]
    opened(page, "Calendar")
    later = start + timedelta(hours=3)
    house.loop.run(house.world.calendar.move(OWNER, "e1", starts_at=later, ends_at=later + timedelta(hours=1)))

    expect(page.get_by_label("New start of Review")).to_have_value(
        later.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%Y-%m-%dT%H:%M")
    )


def test_fault_switches_go_on_and_off(page: Page, house: House) -> None:
    opened(page, "Faults")
    twice = page.get_by_role("switch", name="Everything twice")
    expect(twice).not_to_be_checked()
    twice.click()
    expect(twice).to_be_checked()
    assert house.world.slack.faults.deliver_twice

    page.get_by_role("button", name="All off").click()
    expect(twice).not_to_be_checked()


def test_a_message_is_inspected_with_its_json_and_its_traffic(page: Page, house: House) -> None:
    house.says("a message to look at", blocks=[section("in full")])
    page.locator("article").hover()
    page.get_by_role("link", name="Inspect this message").click()

    expect(page.get_by_label("The message's JSON")).to_contain_text('"text": "a message to look at"')
    expect(page.locator(".traffic")).to_contain_text("chat.postMessage")
    page.locator(".traffic summary").click()
    expect(page.locator(".traffic pre").first).to_contain_text("a message to look at")


def test_what_broke_a_limit_is_shown(page: Page, house: House, complaints: list[str]) -> None:
    with pytest.raises(Exception, match="invalid_blocks"):
        house.says("x", blocks=[{"type": "header", "text": plain("x" * 151)}])
    opened(page, "Inspector")

    expect(page.locator("#pane .card.error")).to_contain_text("151")
    house.loop.call(house.world.slack.violations.clear)


def test_the_guide_ticks_steps_off_and_can_be_dismissed_for_good(page: Page, house: House) -> None:
    page.get_by_role("button", name="Type /meetdown").click()
    page.keyboard.press("Enter")
    expect(page.locator(".guide li.done")).to_have_count(1)

    page.get_by_role("button", name="Dismiss the guide").click()
    expect(page.locator(".guide")).to_have_count(0)
    page.reload()
    expect(page.locator("#sidebar")).to_be_visible()
    expect(page.locator(".guide")).to_have_count(0)


LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft " * 4


def test_nothing_is_wider_than_a_phone(page: Page, house: House) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    row = [button(f"Quite a long label {number}", action_id=f"b{number}") for number in range(4)]
    house.says("x", blocks=[section(LONG), actions(*row)])
    house.says(LONG)
    expect(page.locator("article")).to_have_count(2)
    assert overhang(page) == 0

    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("link", name="Calendar").click()
    expect(page.get_by_role("heading", name="Calendar")).to_be_visible()
    assert overhang(page) == 0
    page.get_by_role("link", name="Close this pane").click()

    house.shows(modal(section(LONG), question(text_input(), label=plain(LONG))))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert overhang(page) == 0
    box = page.locator("#modal").get_by_role("button", name="Send").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 700


def overhang(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
