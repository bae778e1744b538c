"""`/meetdown` in all its forms, and the same words in the conversation with the bot."""

from datetime import timedelta

from domain.words import Tier
from playground import Person, SlackStandIn, words
from tests.support.agency import THURSDAY, choose, coming, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.slack import lost_in_the_sdk


async def test_nothing_connected_says_what_to_do(bot: RunningBot, anna: Person) -> None:
    shown = await coming(anna)

    assert "Connect your calendar" in words(shown)
    await anna.click(shown, label="Connect your calendar")
    assert (await anna.wait_for_modal()).title == "Connect a calendar"


async def test_the_list_comes_with_the_answer_itself(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await with_meeting(bot, id="review", title="Q1 review", starts_at=THURSDAY + timedelta(days=1))
    await coming(anna)
    calls = len(slack.calls)

    reply = await anna.command("/meetdown")

    assert reply.answer is not None
    assert reply.answer.seconds < 1
    assert len(slack.calls) == calls
    assert reply.shown is not None
    shown = words(reply.shown)
    assert "2 client meetings are coming up." in shown
    assert shown.index("Planning") < shown.index("Q1 review")
    assert shown.count("Keep it") == 2
    assert lost_in_the_sdk(reply.shown.blocks) == []


async def test_words_find_the_meeting_in_spite_of_a_typo(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_acme(bot, id="globex", name="Globex", domains=("globex.example",), contacts=())
    await with_meeting(bot)
    await with_meeting(
        bot, id="other", client_id="globex", title="Kick-off", starts_at=THURSDAY + timedelta(days=1, hours=3)
    )

    for said in ("acme", "Planing", "thursday", "at 10", "acme tomorow plannng"):
        shown = words(await coming(anna, said))
        assert "Planning" in shown, said
        assert "Kick-off" not in shown, said
    assert "My advice" in words(await coming(anna, "acme"))


async def test_several_matches_are_a_choice_that_leads_to_the_meeting(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await with_meeting(bot, id="other", title="Budget", starts_at=THURSDAY + timedelta(days=1))

    choice = await coming(anna, "acme")
    assert "Several meetings fit" in words(choice)
    await anna.click(choice, label="Options…", value="other")

    assert "Budget" in words(anna.ephemerals[-1])
    assert "Planning" not in words(anna.ephemerals[-1])
    assert "My advice" in words(anna.ephemerals[-1])


async def test_what_matches_nothing_says_so_and_what_to_try(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)

    shown = words(await coming(anna, "zzgglorp"))

    assert "I find no coming client meeting for “zzgglorp”." in shown
    assert "/meetdown clients" in shown


async def test_a_client_named_like_a_subcommand_is_found_in_quotation_marks(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, name="Connect")
    await with_meeting(bot)

    shown = words(await coming(anna, '"connect"'))

    assert "Planning" in shown
    assert anna.modal is None


async def test_help_names_every_subcommand_in_the_members_language(bot: RunningBot, anna: Person, ben: Person) -> None:
    english, dutch = words(await coming(anna, "help")), words(await coming(ben, "HELP"))

    for usage in ("/meetdown", "/meetdown acme", "/meetdown new", "/meetdown clients", "/meetdown connect"):
        assert usage in english
        assert usage in dutch
    assert "connects your calendar" in english
    assert "connects your calendar" not in dutch


async def test_a_subcommand_is_understood_in_dutch_where_it_stands_alone(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot, owner_id=anna.user.id, title="Rapport bespreken")

    assert "/meetdown report" in words(await coming(ben, "hulp"))
    assert "Acme" in words(await coming(ben, "klanten"))
    assert "Rapport bespreken" in words(await coming(anna, "rapport bespreken"))


async def test_a_sentence_in_the_conversation_finds_the_meeting(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot, starts_at=THURSDAY + timedelta(hours=5))
    await with_meeting(bot, id="other", title="Budget", starts_at=THURSDAY + timedelta(days=1))

    assert (await anna.send_dm("can't make Acme at 3")).ok

    answer = await anna.wait_for_message("Planning")
    assert "Make it a call" in words(answer)
    assert "Budget" not in words(answer)
    await anna.click(answer, label="Make it shorter")
    assert (await anna.wait_for_modal()).title == "Make it shorter"


async def test_connect_in_the_conversation_leads_to_buttons(bot: RunningBot, anna: Person) -> None:
    await anna.send_dm("connect")

    shown = await anna.wait_for_message()
    await anna.click(shown, label="Connect your calendar")
    assert (await anna.wait_for_modal()).title == "Connect a calendar"


async def test_a_long_list_shows_the_nearest_and_how_to_find_the_others(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    for number in range(60):
        await with_meeting(
            bot, id=f"m{number}", title=f"Session {number:02}", starts_at=THURSDAY + timedelta(hours=number)
        )

    shown = words(await coming(anna))

    assert "60 client meetings are coming up." in shown
    assert "And 50 more" in shown
    assert "Session 59" in words(await coming(anna, "Session 59"))


async def test_a_change_of_language_is_heard(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, tier=Tier.A)
    await with_meeting(bot)
    assert "is coming up" in words(await coming(anna))

    await anna.change(locale="nl-NL")

    assert "is coming up" not in words(await coming(anna))
    assert (await choose(anna, "Korter")).title


async def test_a_new_meeting_is_filled_in_from_the_words_and_answers_with_its_buttons(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await anna.command("/meetdown", "new Acme tomorrow 10:00 90m")
    modal = await anna.wait_for_modal()
    assert {block: next(iter(held.values())) for block, held in modal.state.items() if block in {"date", "time"}} == {
        "date": {"type": "datepicker", "selected_date": "2026-03-11"},
        "time": {"type": "timepicker", "selected_time": "10:00"},
    }

    assert (await anna.submit(modal, {"title": "Budget"})).ok

    entered = await _ephemeral(slack, anna, "The meeting is entered")
    assert "tomorrow, 10:00 to 11:30 (90 min)" in entered
    assert "Acme" in entered
    assert "Budget" in words(await coming(anna))
    await bot.settle()
    await bot.go_to(THURSDAY - timedelta(days=1, hours=1, minutes=55))
    assert "Budget" in words(await anna.wait_for_message("Last call"))


async def test_bad_values_of_a_new_meeting_are_answered_at_their_fields(bot: RunningBot, anna: Person) -> None:
    await anna.command("/meetdown", "new Acme 10:00")
    modal = await anna.wait_for_modal()

    reply = await anna.submit(
        modal,
        {"title": "x", "date": "2026-03-09", "time": "10:00", "contact_email": "a@b.c-", "phone": "call me"},
    )

    assert set(reply.errors) == {"date", "contact_email", "phone"}
    assert "in the past" in reply.errors["date"]


async def _ephemeral(slack: SlackStandIn, person: Person, containing: str) -> str:
    return await slack.wait_for(
        lambda: next((words(one) for one in person.ephemerals if containing in words(one)), ""), 5
    )
