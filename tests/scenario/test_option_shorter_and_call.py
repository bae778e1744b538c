"""Shorter and call, from the button to the text for the client."""

from datetime import timedelta

from domain.client import Contact
from domain.decision import CallTerms, ShorterTerms, WhoRings
from domain.meeting import Source
from domain.words import Mode, Option, Reason
from playground import Person, SlackStandIn, words
from storage import clients
from tests.support.agency import (
    SANNE,
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    expect_errors,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.slack import lost_in_the_sdk


def field(person: Person, name: str) -> str:
    """What stands in a field of the modal in front."""
    assert person.modal is not None
    for block_id, held in person.modal.state.items():
        if block_id.partition(".")[0] == name:
            value = next(iter(held.values()))
            return str(value.get("value") or value.get("selected_date") or "")
    raise AssertionError(f"no field {name}")


async def test_a_shorter_meeting_from_the_modal_to_the_text_for_the_client(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    assert lost_in_the_sdk(modal.blocks) == []
    assert "✓ Fine" in words(modal)
    assert "Ring first" not in words(modal)

    await anna.select(modal, "length", "30")
    assert "30 minutes instead of 90" in field(anna, "body")
    await decide(anna, modal, {"stays": "Launch date", "to_writing": "Budget\nFigures"})
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.terms == ShorterTerms(minutes=30, stays=("Launch date",), to_writing=("Budget", "Figures"))
    assert decision.reason is Reason.WORKLOAD
    ready, state = anna.messages
    assert "Ready to send" in words(ready)
    assert "sanne@acme.example" in words(ready)
    (mailto,) = [e["url"] for b in ready.blocks for e in b.get("elements", []) if "url" in e]
    assert mailto.startswith("mailto:sanne@acme.example?subject=")
    assert "Shorter: 30 min instead of 90, 10:00 to 10:30" in words(state)
    assert "The e-mail is yours to send" in words(state)
    assert "Change the entry in your calendar: 30 minutes" in words(state)
    assert "Decided by you" in words(state)
    assert lost_in_the_sdk(state.blocks) == []

    await anna.click(ready, label="I have sent it")
    await bot.settle()
    assert "E-mail sent" in words(state)


async def test_the_list_that_a_decision_was_made_from_turns_into_its_state(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    listed = await coming(anna)

    await anna.click(listed, label="Make it shorter")
    await decide(anna, await anna.wait_for_modal())
    await bot.settle()

    assert "Shorter: 20 min instead of 90" in words(listed)
    assert "Make it a call" not in words(listed)


async def test_a_changed_length_makes_an_untouched_draft_anew_and_leaves_an_edited_one_alone(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    await anna.select(modal, "length", "15")
    assert "15 minutes" in field(anna, "body")

    name = next(block_id for block_id in modal.state if block_id.startswith("body"))
    anna.fill(modal, {name: "Dear Sanne, shorter please. Would Monday suit you?"})
    await anna.select(modal, "length", "60")

    assert field(anna, "body") == "Dear Sanne, shorter please. Would Monday suit you?"
    await decide(anna, modal)
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.draft is not None
    assert decision.draft.body == "Dear Sanne, shorter please. Would Monday suit you?"


async def test_a_text_made_for_an_earlier_length_never_goes_out(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    old = field(anna, "body")
    assert "20 minutes" in old
    await anna.select(modal, "length", "30")
    name = next(block_id for block_id in modal.state if block_id.startswith("body"))
    # As when the form was sent off before Slack had shown the new text.
    reply = await anna.submit(modal, {name: old})

    assert reply.ok
    assert anna.modal is not None
    assert "30 minutes" in field(anna, "body")


async def test_bad_values_are_answered_at_their_fields(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it a call")
    name = next(block_id for block_id in modal.state if block_id.startswith("body"))

    errors = await expect_errors(anna, modal, {"phone": "later", "to": "sanne at acme", name: "Hello {{name}}"})

    assert set(errors) == {"phone", "to", "body"}
    assert "“{{name}}” has not been filled in yet." in errors["body"]
    assert await decision_of(bot) is None


async def test_a_call_asks_for_the_number_once_and_keeps_it(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, contacts=())
    await with_meeting(bot)
    await with_meeting(bot, id="next", title="Budget", starts_at=THURSDAY + timedelta(days=1))
    modal = await choose(anna, "Make it a call")
    assert field(anna, "phone") == ""
    assert "phone" in (await anna.submit(modal)).errors

    await decide(anna, modal, {"phone": "020 794 0800", "form.who_rings": "contact"})
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert isinstance(decision.terms, CallTerms)
    assert (decision.terms.phone, decision.terms.who_rings) == ("+31207940800", WhoRings.CONTACT)
    assert "A call instead. They ring you." in words(anna.messages[-1])
    await choose(anna, "Make it a call", "Budget")
    assert field(anna, "phone") == "+31 20 794 0800"
    (client,) = await bot.meetdown.database.read(clients.all_of, TEAM)
    assert [(one.name, one.email) for one in client.contacts] == [("Sanne Jansen", "sanne@acme.example")]


async def test_whom_the_owner_entered_by_hand_is_known_although_in_no_client_book(
    bot: RunningBot, anna: Person
) -> None:
    await anna.command("/meetdown", "new Kite tomorrow 10:00 90m")
    given = {
        "title": "Budget",
        "contact_name": "Mara Vos",
        "contact_email": "mara@kite.example",
        "phone": "020 794 0800",
    }
    entering = await anna.wait_for_modal()
    assert (await anna.submit(entering, given)).ok
    await bot.settle()

    modal = await choose(anna, "Make it a call", "Budget")

    assert (field(anna, "phone"), field(anna, "to")) == ("+31 20 794 0800", "mara@kite.example")
    assert "Mara" in field(anna, "body")
    await decide(anna, modal)
    decision = await decision_of(bot, entering.private_metadata)
    assert decision is not None
    assert decision.terms == CallTerms(phone="+31207940800", who_rings=WhoRings.OWNER, contact_id=None)


async def test_a_corrected_number_is_kept_instead_of_the_old_one(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)

    await decide(anna, await choose(anna, "Make it a call"), {"phone": "+31 6 12345678"})

    (client,) = await bot.meetdown.database.read(clients.all_of, TEAM)
    assert [one.phone for one in client.contacts] == ["+31612345678"]


async def test_a_shorter_meeting_can_be_a_call_as_well(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, contacts=(Contact(id="sanne", client_id="acme", name="Sanne", email=SANNE.email),))
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")

    await anna.select(modal, "form.as_call", ["yes"])
    assert "Phone number of Sanne" in words(modal)
    await decide(anna, modal, {"phone": "+31 20 794 0800"})
    await bot.settle()

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.SHORTER
    assert isinstance(decision.terms, ShorterTerms)
    assert decision.terms.call == CallTerms(phone="+31207940800", who_rings=WhoRings.OWNER, contact_id="sanne")
    assert "A shorter call: 20 min instead of 90" in words(anna.messages[-1])


async def test_a_shorter_call_starts_with_the_number_that_is_known(bot: RunningBot, anna: Person) -> None:
    number = Contact(id="sanne", client_id="acme", name="Sanne", email=SANNE.email, phone="+31207940800")
    await with_acme(bot, contacts=(number,))
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")

    await anna.select(modal, "form.as_call", ["yes"])

    assert field(anna, "phone") == "+31 20 794 0800"


async def test_a_call_is_not_offered_where_it_is_one_and_shorter_not_at_15_minutes(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot, mode=Mode.CALL, ends_at=THURSDAY + timedelta(minutes=15))

    shown = words(await coming(anna, "Planning"))

    assert "Make it a call: not possible" in shown
    assert "Make it shorter: not possible" in shown
    buttons = [e["text"]["text"] for b in anna.ephemerals[-1].blocks for e in b.get("elements", []) if "value" in e]
    assert buttons == ["E-mail for now", "Hand over", "Keep it", "Remind me later"]


async def test_a_meeting_by_hand_has_no_entry_to_change(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot, source=Source.BY_HAND, uid="meeting")

    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()

    assert "calendar" not in words(anna.messages[-1])


async def test_a_decided_meeting_is_not_decided_again_behind_its_back(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    listed = await coming(anna)
    first = await choose(anna, "Make it shorter")
    await decide(anna, first)
    await bot.settle()

    await anna.click(listed, label="Make it a call")

    assert anna.modal is None
    assert "has been decided on already" in words(anna.ephemerals[-1])


async def test_two_forms_for_one_meeting_make_one_decision(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    first = await choose(anna, "Make it shorter")
    # Another window of the same person: Slack would have closed the first one here.
    second = await choose(anna, "Make it a call")
    await decide(anna, second)
    await bot.settle()
    first.is_open = True
    slack.store.stacks[anna.user.id] = [first.id]

    await anna.submit(first)
    await bot.settle()

    assert "has been decided on already" in words(first)
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.option is Option.CALL
    assert len([one for one in anna.messages if "Ready to send" in words(one)]) == 1
