"""What a person does with Meetdown, from the first command to the end, on the playground's page."""

import pytest
from playwright.async_api import expect

from tests.support.browsing import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANNA, BEN = "U0ANNA", "U0BEN"
TULP = "Weekoverleg Tulp & Zonen"


async def test_a_meeting_is_made_shorter_the_client_hears_of_it_and_it_is_undone(visitor: Visitor) -> None:
    await visitor.as_(ANNA)
    await visitor.say("/meetdown")
    listed = await visitor.sees("14 client meetings are coming up.", "Only visible to you", "Campaign review")
    reminder = visitor.message("Can you make this one?", TULP)
    await visitor.sees("My advice: make it shorter.", within=reminder)

    modal = await visitor.open_modal("Make it shorter", on=listed)
    await visitor.sees("Make it shorter", TULP, "Fine", within=modal)
    await modal.get_by_label("New length").select_option(label="30 minutes (10:00 to 10:30)")
    await expect(modal.get_by_label("Subject")).to_have_value(f"{TULP}, dinsdag 24 november: 30 minuten?")
    await visitor.submit()

    decided = await visitor.sees("Shorter: 30 min instead of 60, 10:00 to 10:30", "E-mail sent to joost@tulpenzonen")
    await visitor.sees("Change the entry in your calendar: 30 minutes, tomorrow, 10:00 to 10:30.", within=decided)
    await expect(decided.get_by_role("button", name="Keep it")).to_have_count(0)
    mails = await visitor.mails()
    await expect(mails).to_have_count(1)
    await mails.get_by_role("link").click()
    mail = visitor.page.locator("article.mail")
    await visitor.sees("30 minuten?", "joost@tulpenzonen.example", "anna@northlight.example", "Hoi Joost", within=mail)
    await visitor.sees("Calendar update (.ics)", "DTEND;TZID=Europe/Amsterdam:20261124T103000", within=mail)

    await visitor.click("Undo", on=decided)
    await visitor.confirm("Undo")
    await visitor.sees("Ready to send.", "gaat door zoals eerst afgesproken")
    await expect(visitor.message("Shorter: 30 min instead of 60").get_by_role("button", name="Undo")).to_have_count(0)


async def test_bad_values_are_answered_at_their_field(visitor: Visitor) -> None:
    await visitor.as_(ANNA)
    modal = await visitor.open_modal("E-mail for now", on=visitor.message("Can you make this one?", TULP))

    await modal.get_by_label("To", exact=True).fill("not an address")
    await modal.locator("button[type=submit]").click()

    field = modal.get_by_label("To", exact=True)
    await expect(field).to_have_attribute("aria-invalid", "true")
    assert await field.get_attribute("aria-describedby")
    await expect(visitor.modal).to_be_visible()


async def test_an_entry_that_moves_takes_its_reminder_with_it(visitor: Visitor) -> None:
    await visitor.as_(ANNA)
    pane = await visitor.pane("Clock")
    await visitor.sees("Next is due Monday 23 November, 11:00", within=pane)

    pane = await visitor.pane("Calendar")
    review = pane.get_by_role("listitem").filter(has_text="Campaign review").filter(has_text="Wed 25 Nov 11:00")
    await review.get_by_label("New start of Campaign review").fill("2026-11-26T12:00")
    await review.get_by_role("button", name="Move").click()
    await visitor.sees("Thu 26 Nov 12:00–13:30", within=pane)

    pane = await visitor.pane("Clock")
    await visitor.sees("Next is due Monday 23 November, 14:00", within=pane)
    await visitor.move_clock("To the next reminder")
    await visitor.sees("Can you make this one?", "Kennismaking Bakkerij Morgen")
    await expect(visitor.message("Can you make this one?", "Campaign review")).to_have_count(0)
    await visitor.move_clock("+1 day")
    await visitor.sees("Can you make this one?", "Campaign review", "Thu 26 Nov, 12:00 to 13:30")


async def test_a_cancelled_entry_withdraws_its_reminder(visitor: Visitor) -> None:
    await visitor.as_(ANNA)
    await visitor.sees("Can you make this one?", "Catching up with Kite Studio")

    pane = await visitor.pane("Calendar")
    await pane.get_by_role("button", name="Cancel Catching up with Kite Studio").click()

    await visitor.sees("Catching up with Kite Studio", "cancelled", within=visitor.message("Catching up with Kite"))
    await expect(visitor.message("Catching up with Kite").get_by_role("button", name="Hand over")).to_have_count(0)


async def test_a_new_entry_is_found_and_reminded_of(visitor: Visitor) -> None:
    await visitor.as_(ANNA)
    pane = await visitor.pane("Calendar")
    await pane.get_by_text("Add an entry").click()
    await pane.get_by_label("Title").fill("Media plan <script>alert(1)</script>")
    await pane.get_by_label("Starts").fill("2026-11-25T10:30")
    await pane.get_by_label("Who comes").fill("lars@fjordbank.example")
    await pane.get_by_role("button", name="Add", exact=True).click()

    await visitor.sees("Wed 25 Nov 10:30–11:30", within=pane)
    await visitor.sees("Next is due Monday 23 November, 10:30", within=await visitor.pane("Clock"))
    await visitor.move_clock("To the next reminder")
    await visitor.sees("Can you make this one?", "Fjord Bank", "Media plan <script>alert(1)</script>")
