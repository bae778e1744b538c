"""What the linter finds in a draft, and the offers to put it right, in the modal of an option."""

from domain.words import Tier
from playground import Person, words
from playground.records import View
from tests.support.agency import choose, decide, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot

ALTERNATIVE = "Shall we speak on Friday at 10:00?"
BUSY = "I am too busy this week."
BLAME = "You never sent the photos."
C = {"tier": Tier.C}


def name_of(modal: View, field: str) -> str:
    return next(block_id for block_id in modal.state if block_id.partition(".")[0] == field)


def text_of(person: Person, field: str = "body") -> str:
    assert person.modal is not None
    return str(person.modal.state[name_of(person.modal, field)]["value"]["value"])


async def written(bot: RunningBot, anna: Person, *paragraphs: str, **client: object) -> View:
    """The modal of a shorter meeting with the owner's own words in it, as the bot has read them."""
    await with_acme(bot, **{**C, **client})
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    anna.fill(modal, {name_of(modal, "body"): "\n\n".join(["Dear Sanne,", *paragraphs, "Kind regards,\nAnna"])})
    await anna.select(modal, "length", "30")
    return modal


async def test_one_finding_is_put_right_at_a_click_and_the_rest_is_left_alone(bot: RunningBot, anna: Person) -> None:
    modal = await written(bot, anna, f"{BUSY} {ALTERNATIVE}")
    assert "“too busy” tells the client that something else comes first" in words(modal)

    assert (await anna.click(modal, label="Fix this")).ok

    assert text_of(anna) == f"Dear Sanne,\n\n{ALTERNATIVE}\n\nKind regards,\nAnna"
    assert f"Taken out: “{BUSY}”" in words(modal)
    assert "something else comes first" not in words(modal)
    await decide(anna, modal)
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.draft is not None
    assert decision.draft.body == f"Dear Sanne,\n\n{ALTERNATIVE}\n\nKind regards,\nAnna"


async def test_everything_is_put_right_at_one_click(bot: RunningBot, anna: Person) -> None:
    modal = await written(bot, anna, f"{BUSY} {BLAME} Sorry. I'm sorry about that.")

    assert (await anna.click(modal, label="Fix all")).ok

    text = text_of(anna)
    assert text.startswith("Dear Sanne,\n\nSorry.\n\n")
    assert text.endswith("\n\nKind regards,\nAnna")
    assert "30 minutes instead of 90" in text or "let me know" in text
    assert "Fix" not in words(modal)
    assert "Taken out" in words(modal)
    assert "Put in" in words(modal)


async def test_a_second_click_and_one_on_words_that_have_gone_change_nothing(bot: RunningBot, anna: Person) -> None:
    modal = await written(bot, anna, f"{BUSY} {ALTERNATIVE}")
    name = name_of(modal, "body")
    anna.fill(modal, {name: f"Dear Sanne,\n\n{ALTERNATIVE}"})

    assert (await anna.click(modal, label="Fix this")).ok

    assert text_of(anna) == f"Dear Sanne,\n\n{ALTERNATIVE}"
    assert "Taken out" not in words(modal)


async def test_words_that_nobody_was_warned_of_are_shown_once_and_then_let_through(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot, **C)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")

    first = await anna.submit(modal, {name_of(modal, "body"): f"{BUSY} {ALTERNATIVE}"})

    assert first.ok
    assert modal.is_open
    assert "It goes out as it is if you confirm again" in words(modal)
    assert await decision_of(bot) is None
    assert (await anna.submit(modal)).ok
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.draft is not None
    assert decision.draft.body == f"{BUSY} {ALTERNATIVE}"


async def test_a_text_in_another_language_is_written_anew_in_the_clients(bot: RunningBot, anna: Person) -> None:
    dutch = (
        "Zullen we de afspraak korter maken? Ik stuur je de andere punten graag schriftelijk, als dat voor jou goed is."
    )
    modal = await written(bot, anna, dutch)
    assert "is in Dutch, which is not the client's language" in words(modal)

    assert (await anna.click(modal, label="Write it in English")).ok

    assert "30 minutes instead of 90" in text_of(anna)
    assert "not the client's language" not in words(modal)


async def test_a_dutch_client_is_written_to_in_dutch_and_the_owner_is_told_so_in_their_own_language(
    bot: RunningBot, anna: Person
) -> None:
    english = "Shall we keep it shorter? I will send you the other points in writing, if that is fine with you."
    modal = await written(bot, anna, english, language="nl")

    assert "is in English, which is not the client's language" in words(modal)
    assert (await anna.click(modal, label="Write it in Dutch")).ok

    assert "30 minuten" in text_of(anna)


async def test_brackets_in_the_title_of_a_meeting_are_no_gap(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, **C)
    await with_meeting(bot, title="Planning {{ draft }} [internal]")

    modal = await choose(anna, "Make it shorter")
    assert "still to be filled in" not in words(modal)
    await decide(anna, modal)

    decision = await decision_of(bot)
    assert decision is not None
    assert decision.draft is not None
    assert "{{ draft }}" in decision.draft.body
