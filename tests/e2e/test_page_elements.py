"""Every block and element: what is chosen reaches the bot, what cannot be shown says so."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.unit.playground.shapes import actions, button, modal, options, plain, question, section, text_input

INPUTS: dict[str, dict[str, Any]] = {
    "Words": {"type": "plain_text_input"},
    "Lines": {"type": "plain_text_input", "multiline": True},
    "Rich": {"type": "rich_text_input"},
    "Mail": {"type": "email_text_input"},
    "Web": {"type": "url_text_input"},
    "Number": {"type": "number_input", "is_decimal_allowed": False},
    "One": {"type": "static_select", "options": options(3)},
    "Person": {"type": "users_select"},
    "Room": {"type": "channels_select"},
    "Talk": {"type": "conversations_select"},
    "Day": {"type": "datepicker"},
    "Hour": {"type": "timepicker"},
    "Moment": {"type": "datetimepicker"},
    "Either": {"type": "radio_buttons", "options": options(2)},
    "Ticks": {"type": "checkboxes", "options": options(3)},
    "Several": {"type": "multi_static_select", "options": options(3)},
    "People": {"type": "multi_users_select"},
    "Found": {"type": "external_select", "min_query_length": 1},
    "Finds": {"type": "multi_external_select", "min_query_length": 1},
}
TYPED = {
    "Words": "w",
    "Lines": "l\nl",
    "Rich": "r",
    "Mail": "a@b.example",
    "Web": "https://a.example",
    "Number": "7",
    "Day": "2030-01-31",
    "Hour": "09:30",
    "Moment": "2030-01-01T12:00",
}
ALL = modal(
    *(
        question({**element, "action_id": "v"}, block_id=name, label=plain(name), optional=True)
        for name, element in INPUTS.items()
    )
)


def test_what_is_entered_in_every_input_reaches_the_bot(page: Page, house: House) -> None:
    house.shows(ALL)
    for name, typed in TYPED.items():
        page.get_by_label(name, exact=False).first.fill(typed)
    for name, label in {"One": "Option 1", "Person": "Ben Visser", "Room": "#general", "Talk": "Meetdown"}.items():
        page.get_by_label(f"{name} (optional)").select_option(label=label)
    for name, labels in {"Either": ["Option 1"], "Ticks": ["Option 0", "Option 2"], "Several": ["Option 1"],
                         "People": ["Anna Berg"]}.items():  # fmt: skip
        for label in labels:
            page.locator(f"[data-block={name}]").get_by_label(label).check()
    for name in ("Found", "Finds"):
        house.answers({"options": options(2)})
        page.get_by_role("combobox", name=name).fill("Opt")
        expect(page.locator(f"[data-block={name}]").get_by_role("option")).to_have_count(2)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-block={name}] .chip")).to_contain_text("Option 1")

    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    held = {name: values["v"] for name, values in house.last_payload(4)["view"]["state"]["values"].items()}
    chosen = options(3)
    bare = {name: next(value for field, value in held[name].items() if field != "type") for name in held}
    rich = bare.pop("Rich")
    assert rich["elements"][0]["elements"] == [{"type": "text", "text": "r"}]
    assert bare.pop("Talk").startswith("D")
    assert bare == {
        "Words": "w", "Lines": "l\nl", "Mail": "a@b.example", "Web": "https://a.example", "Number": "7",
        "One": chosen[1], "Person": "U0BEN", "Room": "C0GENERAL", "Day": "2030-01-31", "Hour": "09:30",
        "Moment": 1893495600, "Either": chosen[1], "Ticks": [chosen[0], chosen[2]], "Several": [chosen[1]],
        "People": ["U0ANNA"], "Found": chosen[1], "Finds": [chosen[1]],
    }  # fmt: skip


def test_choices_in_a_message_are_told_at_once_and_stay_chosen(page: Page, house: House) -> None:
    ticks = {"type": "checkboxes", "action_id": "ticks", "options": options(2)}
    menu = {"type": "overflow", "action_id": "more", "options": options(2)}
    house.says("x", blocks=[{**section("Points"), "accessory": ticks}, actions(menu)])

    page.get_by_label("Option 1").check()
    assert house.last_payload(1)["actions"][0]["selected_options"] == [options(2)[1]]
    page.get_by_label("More actions").click()
    page.get_by_role("button", name="Option 0").click()
    assert house.last_payload(2)["actions"][0]["selected_option"] == options(2)[0]

    page.reload()
    expect(page.get_by_label("Option 1")).to_be_checked()


def test_a_field_that_dispatches_on_enter_does_not_send_the_form(page: Page, house: House) -> None:
    house.shows(modal(question(text_input(), block_id="name", label=plain("Name"), dispatch_action=True)))
    page.get_by_label("Name").fill("Acme")
    page.get_by_label("Name").press("Enter")

    told = house.last_payload(2)
    assert (told["type"], told["actions"][0]["value"]) == ("block_actions", "Acme")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page: Page, house: House) -> None:
    house.says("x", blocks=[actions({"type": "overflow", "action_id": "more", "options": options(2)})])
    menu = page.get_by_label("More actions")
    menu.click()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Option 0")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Option 0")).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_link_button_leads_out_and_tells_the_bot(page: Page, house: House) -> None:
    house.says("x", blocks=[actions(button("Write", url="mailto:hank@globex.example"))])
    link = page.get_by_role("link", name="Write")

    expect(link).to_have_attribute("href", "mailto:hank@globex.example")
    page.evaluate("document.querySelector('a.button').removeAttribute('href')")
    page.get_by_text("Write").click()
    assert house.last_payload(1)["actions"][0]["action_id"] == "go"


def test_tables_and_charts_are_drawn_and_can_be_read(page: Page, house: House) -> None:
    cells = [[{"type": "raw_text", "text": "Client"}, {"type": "raw_text", "text": "Hours"}],
             [{"type": "raw_text", "text": "Acme"}, {"type": "raw_number", "value": 3}]]  # fmt: skip
    axis = {"categories": ["Jan", "Feb"]}
    points = [{"label": "Jan", "value": 3}, {"label": "Feb", "value": 5}]
    bars = {"type": "bar", "series": [{"name": "call", "data": points}], "axis_config": axis}
    house.says(
        "Hours won",
        blocks=[
            {"type": "data_table", "caption": "Hours won", "rows": cells},
            {"type": "data_visualization", "title": "By month", "chart": bars},
        ],
    )

    expect(page.get_by_role("table", name="Hours won").get_by_role("cell", name="Acme")).to_be_visible()
    expect(page.get_by_role("img", name="By month")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("columnheader", name="Feb")).to_be_visible()


def test_what_is_not_supported_says_so_instead_of_vanishing(page: Page, house: House) -> None:
    clip = {"type": "video", "alt_text": "A clip", "title": plain("Clip"), "video_url": "https://v.example/1",
            "thumbnail_url": "https://v.example/1.png"}  # fmt: skip
    house.says("x", blocks=[clip])

    expect(page.get_by_role("note")).to_contain_text("“video” is not supported by this page")
