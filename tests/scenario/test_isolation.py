"""Nobody acts on what is somebody else's, in the same workspace or in another one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
from cryptography.fernet import Fernet

from domain.member import Installation
from playground import Person, SlackStandIn, words
from playground.records import Ephemeral, Message
from storage import clients, meetings, workspaces
from storage.vault import Vault
from tests.support.agency import (
    ACME,
    BRIEF,
    MEETING,
    TEAM,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot, running_bot
from tests.support.slack import COLLEAGUE

OTHER = "T0GLOBEX"


def for_(person: Person, message: Message | Ephemeral) -> Message | Ephemeral:
    """The same message with its ids, in front of another person: ids are no secrets."""
    return (
        replace(message, channel=person.dm.id)
        if isinstance(message, Message)
        else replace(message, user=person.user.id, channel=person.dm.id)
    )


async def press(slack: SlackStandIn, person: Person, message: Message | Ephemeral, label: str) -> str:
    """What the person is told."""
    mine = for_(person, message)
    if isinstance(mine, Message):
        slack.store.messages.append(mine)
    else:
        slack.store.ephemerals.append(mine)
    before = len(person.ephemerals)
    await person.click(mine, label=label)
    assert person.modal is None
    return "\n".join(words(one) for one in person.ephemerals[before:])


async def test_a_colleagues_meeting_cannot_be_decided_kept_put_off_or_looked_at(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    listed = await coming(anna)
    await ben.change(locale="en-US")

    for label in ("Make it a call", "Make it shorter", "E-mail for now", "Hand over", "Keep it", "Remind me later"):
        assert "not yours to decide" in await press(slack, ben, listed, label), label
    assert "not yours to decide" in await press(slack, ben, await coming(anna, "Planning"), "Why?")
    assert "Planning" not in words(await coming(ben, "Planning")).replace("“Planning”", "")
    assert await decision_of(bot) is None


async def test_a_colleagues_decision_cannot_be_undone_or_marked_as_sent(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await ben.change(locale="en-US")
    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()
    ready, state = anna.messages

    assert "not yours to decide" in await press(slack, ben, state, "Undo")
    assert "not yours to decide" in await press(slack, ben, ready, "I have sent it")
    assert await decision_of(bot) is not None
    assert "E-mail sent" not in words(state)


async def test_a_form_is_valid_only_for_the_person_who_opened_it(
    bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    stolen = replace(modal, id="VSTOLEN", user=ben.user.id)
    slack.store.views[stolen.id] = stolen
    slack.store.stacks[ben.user.id] = [stolen.id]

    await ben.submit(stolen)

    assert stolen.callback_id == "notice"
    assert await decision_of(bot) is None


@pytest_asyncio.fixture
async def two(slack: SlackStandIn, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """A bot that two workspaces installed; each has the meeting of the same name and id pattern."""
    key = Fernet.generate_key().decode()
    slack.add_workspace(OTHER, name="Globex", domain="globex")
    slack.add_user("U0GINA", team_id=OTHER, name="gina", real_name="Gina", email="gina@globex.example")
    settings = {
        "SLACK_BOT_TOKEN": "",
        "SLACK_CLIENT_ID": slack.app.client_id,
        "SLACK_CLIENT_SECRET": slack.app.client_secret,
        "MEETDOWN_PUBLIC_URL": "https://meetdown.acme.example",
        "MEETDOWN_SECRET_KEYS": key,
    }
    async with running_bot(slack, tmp_path / "data", extra=settings) as bot:
        for team_id in (TEAM, OTHER):
            await _install(bot, Vault([key]), slack, team_id)
        yield bot


async def _install(bot: RunningBot, vault: Vault, slack: SlackStandIn, team_id: str) -> None:
    workspace = slack.store.workspaces[team_id]
    installation = Installation(
        team_id=team_id,
        enterprise_id="",
        bot_token=workspace.bot_token,
        bot_user_id=workspace.bot_user_id,
        bot_id=workspace.bot_id,
        installed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    await bot.meetdown.database.run(workspaces.save_installation, vault, installation)


async def test_two_workspaces_see_nothing_of_each_other(two: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    gina = slack.as_user("U0GINA")
    await with_acme(two)
    await with_meeting(two)
    theirs = replace(ACME, id="theirs", team_id=OTHER, name="Hooli", domains=(), contacts=())
    await two.meetdown.database.run(clients.add, theirs)
    other = replace(MEETING, id="other", team_id=OTHER, owner_id="U0GINA", client_id="theirs", title="Secret plans")
    await two.meetdown.database.run(meetings.add, other)

    mine, hers = await coming(anna), await coming(gina)
    assert "Planning" in words(mine)
    assert "Secret plans" not in words(mine)
    assert "Planning" not in words(hers)
    assert "Secret plans" in words(hers)
    assert "Hooli" not in words(await coming(anna, "clients"))

    for label in ("Make it a call", "Keep it", "Hand over"):
        assert "cannot find that meeting" in await press(slack, gina, mine, label), label
    assert "cannot find that client" in await press(slack, gina, await coming(anna, "clients"), "Open")

    await decide(gina, await choose(gina, "Make it shorter", "Secret"))
    await two.settle()
    assert {call.team_id for call in slack.calls_of("chat.postMessage")} == {OTHER}
    assert anna.messages == []


async def test_a_brief_of_another_workspace_is_not_found(two: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    ben, gina = slack.as_user(COLLEAGUE), slack.as_user("U0GINA")
    await with_acme(two)
    await with_meeting(two)
    modal = await choose(anna, "Hand over")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, BRIEF)
    await two.settle()

    assert "cannot find that decision" in await press(slack, gina, ben.messages[-1], "Ik neem het over")


async def test_an_uninstalled_workspace_is_erased_and_the_other_one_goes_on(
    two: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    gina = slack.as_user("U0GINA")
    await with_acme(two)
    await with_meeting(two)
    await coming(anna)
    await coming(gina)

    await slack.uninstall(TEAM)

    assert await two.meetdown.database.read(clients.all_of, TEAM) == []
    assert await two.meetdown.database.read(meetings.get, TEAM, "meeting") is None
    assert TEAM not in await two.meetdown.database.read(workspaces.all_ids)
    assert (await gina.command("/meetdown")).ok
    assert (await anna.command("/meetdown")).ok
    assert "not installed" in words(anna.ephemerals[-1])
