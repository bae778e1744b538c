"""What a person does with Meetdown, from the first command to the end, on the playground's page."""

import re

from playwright.sync_api import expect

from tests.support.browsing import Visitor

ANNA = "U0ANNA"
ENDS_AT_HALF_PAST_TEN = "DTEND:20261124T093000Z"
TULP = "Weekoverleg Tulp & Zonen"


def test_a_meeting_is_made_shorter_the_client_hears_of_it_and_it_is_undone(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    visitor.say("/meetdown")
    listed = visitor.sees("14 client meetings are coming up.", "Only visible to you", "Campaign review")
    reminder = visitor.message("Can you make this one?", TULP)
    visitor.sees("My advice: make it shorter.", within=reminder)

    modal = visitor.open_modal("Make it shorter", on=listed)
    visitor.sees("Make it shorter", TULP, "Fine", within=modal)
    modal.get_by_label("New length").select_option(label="30 minutes (10:00 to 10:30)")
    expect(modal.get_by_label("Subject")).to_have_value(f"{TULP}, dinsdag 24 november: 30 minuten?")
    visitor.submit()

    decided = visitor.sees("Shorter: 30 min instead of 60, 10:00 to 10:30", "E-mail sent to joost@tulpenzonen")
    visitor.sees("Change the entry in your calendar: 30 minutes, tomorrow, 10:00 to 10:30.", within=decided)
    expect(decided.get_by_role("button", name="Keep it")).to_have_count(0)
    mails = visitor.mails()
    expect(mails).to_have_count(1)
    mails.get_by_role("link").click()
    mail = visitor.page.locator("article.mail")
    visitor.sees("30 minuten?", "joost@tulpenzonen.example", "anna@northlight.example", "Beste Joost", within=mail)
    visitor.sees("Calendar update (.ics)", ENDS_AT_HALF_PAST_TEN, within=mail)

    visitor.click("Undo", on=decided)
    visitor.confirm("Undo")
    visitor.sees("Ready to send.", "gaat door zoals eerst afgesproken")
    visitor.sees("Undone. The meeting stands as it was planned.", TULP, "If you have changed the entry")


def test_bad_values_are_answered_at_their_field_by_slack_and_then_by_the_bot(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    modal = visitor.open_modal("E-mail for now", on=visitor.message("Can you make this one?", TULP))
    send, status, to = modal.locator("button[type=submit]"), modal.get_by_label("Where things stand"), "To"

    send.click()
    expect(status).to_have_attribute("aria-invalid", "true")
    expect(status).to_have_accessible_description("Please complete this required field.")

    status.fill("On course")
    modal.get_by_label("Decisions you need from the client").fill("None")
    modal.get_by_label("Yes, I have thought about it").check()
    modal.get_by_label(to, exact=True).fill("not an address")
    send.click()
    expect(modal.get_by_label(to, exact=True)).to_have_attribute("aria-invalid", "true")
    expect(status).to_have_value("On course")

    modal.get_by_label(to, exact=True).fill("joost@tulpenzonen.example")
    send.click()
    visitor.sees("I have put what you filled in into the text below.", within=modal)
    expect(modal.get_by_label("Message")).to_have_value(re.compile("On course"))
    visitor.submit()
    visitor.sees(TULP, "By e-mail for now", "E-mail sent to joost@tulpenzonen.example")


def test_an_entry_that_moves_takes_its_reminder_with_it(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    pane = visitor.pane("Clock")
    visitor.sees("Next is due Monday 23 November, 11:00", within=pane)

    pane = visitor.pane("Calendar")
    review = pane.get_by_role("listitem").filter(has_text="Campaign review").filter(has_text="Wed 25 Nov 11:00")
    review.get_by_label("New start of Campaign review").fill("2026-11-26T12:00")
    review.get_by_role("button", name="Move").click()
    visitor.sees("Thu 26 Nov 12:00–13:30", within=pane)

    pane = visitor.pane("Clock")
    visitor.sees("Next is due Monday 23 November, 14:00", within=pane)
    visitor.move_clock("To the next reminder")
    visitor.sees("Can you make this one?", "Kennismaking Bakkerij Morgen")
    expect(visitor.message("Can you make this one?", "Campaign review")).to_have_count(0)
    visitor.move_clock("+1 day")
    visitor.sees("Can you make this one?", "Campaign review", "Thu 26 Nov, 12:00 to 13:30")


def test_a_cancelled_entry_withdraws_its_reminder(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    visitor.sees("Can you make this one?", "Catching up with Kite Studio")

    pane = visitor.pane("Calendar")
    pane.get_by_role("button", name="Cancel Catching up with Kite Studio").click()

    visitor.sees("Catching up with Kite Studio", "cancelled", within=visitor.message("Catching up with Kite"))
    expect(visitor.message("Catching up with Kite").get_by_role("button", name="Hand over")).to_have_count(0)


def test_a_new_entry_is_found_and_reminded_of(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    pane = visitor.pane("Calendar")
    pane.get_by_text("Add an entry").click()
    pane.get_by_label("Title").fill("Media plan <script>alert(1)</script>")
    pane.get_by_label("Starts").fill("2026-11-25T10:30")
    pane.get_by_label("Who comes").fill("lars@fjordbank.example")
    pane.get_by_role("button", name="Add", exact=True).click()

    visitor.sees("Wed 25 Nov 10:30–11:30", within=pane)
    visitor.sees("Next is due Monday 23 November, 10:30", within=visitor.pane("Clock"))
    visitor.move_clock("To the next reminder")
    visitor.sees("Can you make this one?", "Fjord Bank", "Media plan <script>alert(1)</script>")
