"""`/meetdown templates`: texts of a member and of the workspace, from the editor to the draft for a client."""

from typing import Any

from domain.wording import Template, TemplateKey, Text
from domain.words import Formality
from playground import Person, SlackStandIn, View, words
from storage import wordings, workspaces
from tests.scenario.test_lint import name_of, text_of
from tests.support.agency import TEAM, choose, coming, decide, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER

FIRST = "call.en.formal.first"
KEY = TemplateKey(text=Text.CALL, language="en", formality=Formality.FORMAL, first_contact=True)
SUBJECT = "{{ title }} by phone?"
BODY = "{{ greeting }}\n\nMay I ring you about {{ title }} at {{ start }} instead?\n\n{{ closing }}"
MADE = "Dear Sanne Jansen,\n\nMay I ring you about Planning at 10:00 instead?\n\nKind regards,\nAnna Berg"


async def texts_of(person: Person) -> View:
    reply = await person.command("/meetdown", "templates")
    assert reply.ok, reply
    return await person.wait_for_modal()


async def editor_of(person: Person, *, scope: str = "mine", row: str = FIRST) -> View:
    listed = await texts_of(person)
    await person.select(listed, "language", "en")
    if scope != "mine":
        assert (await person.select(listed, "scope", scope)).ok
    assert (await person.click(listed, action_id="template.edit", value=row)).ok
    opened = person.modal
    assert opened is not None
    assert opened is not listed
    return opened


def filled(view: View, subject: str, body: str) -> dict[str, Any]:
    return {name_of(view, "subject"): subject, name_of(view, "body"): body}


async def save(person: Person, subject: str = SUBJECT, body: str = BODY, *, scope: str = "mine") -> None:
    editor = await editor_of(person, scope=scope)
    reply = await person.submit(editor, filled(editor, subject, body))
    assert reply.ok, (reply.errors, reply.answer)
    assert not editor.is_open
    listed = person.modal
    assert listed is not None
    await person.close_view(listed)


async def versions_of(bot: RunningBot, member_id: str = OWNER) -> list[Template]:
    return await bot.meetdown.database.read(wordings.versions, TEAM, member_id, KEY)


async def draft_of(bot: RunningBot, person: Person) -> str:
    """The text for a call, as the modal shows it."""
    await with_acme(bot)
    await with_meeting(bot)
    await choose(person, "Make it a call")
    return text_of(person)


async def test_a_members_own_text_goes_from_the_editor_over_the_preview_into_the_draft(
    bot: RunningBot, anna: Person
) -> None:
    editor = await editor_of(anna)
    assert "{{ greeting }}" in text_of(anna)
    anna.fill(editor, filled(editor, SUBJECT, BODY))
    assert (await anna.click(editor, label="Preview")).ok
    assert "May I ring you about New website at" in words(editor)
    assert text_of(anna) == BODY

    assert (await anna.submit(editor)).ok

    listed = anna.modal
    assert listed is not None
    assert "Make it a call: your own" in words(listed).replace("*", "")
    await anna.close_view(listed)
    assert await draft_of(bot, anna) == MADE
    assert anna.modal is not None
    await decide(anna, anna.modal)
    decision = await decision_of(bot)
    assert decision is not None
    assert decision.draft is not None
    assert (decision.draft.subject, decision.draft.body) == ("Planning by phone?", MADE)


async def test_what_cannot_be_a_text_is_refused_with_its_name_and_a_suggestion(bot: RunningBot, anna: Person) -> None:
    editor = await editor_of(anna)

    async def refused(body: str, subject: str = SUBJECT) -> dict[str, str]:
        reply = await anna.submit(editor, filled(editor, subject, body))
        return {name.partition(".")[0]: said for name, said in reply.errors.items()}

    assert await refused("Hello {{ frist_name }}") == {"body": "I do not know “frist_name”. Did you mean “first_name”?"}
    assert await refused(BODY, "{{ title") == {
        "subject": "Something is not closed or not spelled right in line 1. A word needs two brackets on each side."
    }
    assert "“for”" in (await refused("{% for a in slots %}x{% endfor %}"))["body"]
    assert "“getattr”" in (await refused("{{ title.__class__ }}"))["body"]
    assert "“call”" in (await refused("{{ title() }}"))["body"]
    assert "“status”" in (await refused("{{ status }}"))["body"]
    assert await versions_of(bot) == []


async def test_a_word_that_is_empty_for_a_meeting_leaves_the_text_aside_and_says_which(
    bot: RunningBot, anna: Person
) -> None:
    await save(anna, body="{{ greeting }}\n\nBefore we speak at {{ start }}: {{ pre_read }}\n\n{{ closing }}")

    draft = await draft_of(bot, anna)

    assert "Before we speak at" not in draft
    assert anna.modal is not None
    assert "your template asks for “pre_read”, which is empty for this meeting" in words(anna.modal)


async def test_an_earlier_version_is_used_again_and_a_reset_goes_back_to_meetdowns_text(
    bot: RunningBot, anna: Person
) -> None:
    await save(anna)
    await save(anna, body=BODY.replace("May I", "Could I"))
    editor = await editor_of(anna)
    assert "Could I" in text_of(anna)
    assert (await anna.click(editor, label="Versions")).ok
    assert "in use" in words(editor)
    assert (await anna.click(editor, label="Use this one again")).ok

    assert text_of(anna) == BODY
    assert [one.body for one in await versions_of(bot)] == [BODY, BODY.replace("May I", "Could I"), BODY]
    assert (await anna.click(editor, label="Back to the original")).ok

    newest = (await versions_of(bot))[0]
    assert (newest.version, newest.is_reset) == (4, True)
    assert "I am writing about" in text_of(anna)
    assert await bot.meetdown.database.read(wordings.in_use, TEAM, OWNER, KEY) is None


async def test_what_was_typed_comes_back_from_the_versions(bot: RunningBot, anna: Person) -> None:
    await save(anna)
    editor = await editor_of(anna)
    anna.fill(editor, filled(editor, "Typed {{ day }}", "Half a sentence"))

    await anna.click(editor, label="Versions")
    await anna.click(editor, label="Back to the text")

    assert (text_of(anna, "subject"), text_of(anna)) == ("Typed {{ day }}", "Half a sentence")
    assert len(await versions_of(bot)) == 1


async def test_the_workspaces_text_is_an_administrators_and_is_used_by_everybody_without_one(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    slack.store.users[OWNER].is_admin = True
    await save(anna, scope="workspace")
    assert [one.saved_by for one in await versions_of(bot, "")] == [OWNER]

    editor = await editor_of(ben, scope="workspace")
    assert "Alleen beheerders wijzigen deze tekst" in words(editor)
    assert "{{ greeting }}" in words(editor)
    assert not editor.state
    assert await bot.meetdown.database.read(wordings.in_use, TEAM, COLLEAGUE, KEY) is not None


async def test_where_the_texts_are_locked_a_members_own_is_kept_but_not_used(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    await save(anna)
    slack.store.users[COLLEAGUE].is_admin = True
    listed = await texts_of(ben)
    await ben.select(listed, "scope", "workspace")
    assert (await ben.select(listed, "template.lock", ["locked"])).ok
    workspace = await bot.meetdown.database.read(workspaces.get, TEAM)
    assert workspace is not None
    assert workspace.templates_locked

    own = await texts_of(anna)

    assert "An administrator has locked the texts" in words(own)
    assert "yours is left aside" in words(own)
    await anna.close_view(own)
    assert "May I ring you" not in await draft_of(bot, anna)


async def test_only_an_administrator_locks_the_texts(bot: RunningBot, anna: Person) -> None:
    listed = await texts_of(anna)
    await anna.select(listed, "scope", "workspace")

    assert "Everybody uses the workspace's texts" not in words(listed)
    assert "Only administrators change these" in words(listed)


async def test_what_the_linter_finds_in_a_text_is_shown_once_before_it_is_saved(bot: RunningBot, anna: Person) -> None:
    editor = await editor_of(anna)
    body = "{{ greeting }}\n\nI am too busy, so I will ring you at {{ start }}.\n\n{{ closing }}"

    assert (await anna.submit(editor, filled(editor, SUBJECT, body))).ok

    assert editor.is_open
    assert "“too busy” tells the client that something else comes first" in words(editor)
    assert await versions_of(bot) == []
    assert (await anna.submit(editor)).ok
    assert [one.body for one in await versions_of(bot)] == [body]


async def test_the_list_is_in_the_members_language_and_shows_the_other_one_too(bot: RunningBot, ben: Person) -> None:
    listed = await texts_of(ben)
    assert "Teksten voor klanten" in str(listed.title)
    assert (await ben.select(listed, "language", "en")).ok
    assert (await ben.click(listed, action_id="template.edit", value="undo.en.informal.later")).ok

    assert "{{ greeting }}" in text_of(ben)
    assert ben.modal is not None
    assert "Engels" in words(ben.modal)


async def test_in_the_conversation_a_button_opens_the_list(bot: RunningBot, anna: Person) -> None:
    await anna.send_dm("templates")
    offer = await anna.wait_for_message("The texts that go to clients")

    assert (await anna.click(offer, label="Show the texts")).ok

    assert "Make it shorter" in words(await anna.wait_for_modal())
    assert await coming(anna, "help")


async def test_a_text_that_makes_no_message_for_the_sample_is_shown_once_before_it_is_saved(
    bot: RunningBot, anna: Person
) -> None:
    editor = await editor_of(anna)
    empty = "{% if not title %}" + BODY + "{% endif %}"

    assert (await anna.submit(editor, filled(editor, SUBJECT, empty))).ok

    assert editor.is_open
    assert "This makes no message for a meeting like this" in words(editor)
    assert await versions_of(bot) == []
    assert (await anna.submit(editor)).ok
    assert [one.body for one in await versions_of(bot)] == [empty]


async def test_numbers_are_compared_by_no_sign_and_that_is_said_at_once(bot: RunningBot, anna: Person) -> None:
    editor = await editor_of(anna)

    reply = await anna.submit(editor, filled(editor, SUBJECT, "{% if minutes > 30 %}Long.{% endif %}"))

    assert list(reply.errors.values()) == [
        "A text can only name words and use if. This one also uses “>”, which is not possible here."
    ]
