"""What a lead and an administrator see of the steps down of others."""

from domain.aftermath import ClientAnswer
from domain.words import Option, Reason
from playground import Person, SlackStandIn, words
from tests.support.agency import with_acme
from tests.support.bot import RunningBot
from tests.support.reports import ask, lead, menu, stepped_down
from tests.support.slack import COLLEAGUE


async def test_who_leads_nobody_and_administers_nothing_sees_their_own_only(bot: RunningBot, anna: Person) -> None:
    for said, sentence in (
        ("report team", "Nobody has you as their manager"),
        ("report workspace 12", "Only administrators of the workspace see its report"),
        ("report acme", "I did not understand that."),
        ("report 13", "I did not understand that."),
    ):
        reply = await anna.command("/meetdown", said)
        assert reply.shown is not None
        assert sentence in words(reply.shown)
    await bot.settle()

    assert anna.messages == []
    own = await ask(bot, anna)
    assert menu(own, "report.circle") == []


async def test_a_lead_sees_numbers_person_by_person_but_never_who_was_ill(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await lead(bot, COLLEAGUE, "U0CAS", "U0DEE")
    await stepped_down(bot, Option.SHORTER, 3, owner_id=COLLEAGUE, reason=Reason.ILLNESS)
    await stepped_down(bot, Option.CALL, 4, owner_id="U0CAS", answer=ClientAnswer.COMPLAINED)
    await stepped_down(bot, Option.SHORTER, 6)

    shown = await ask(bot, anna, "report my team")
    told = words(shown)

    assert "your people won *1.5 hours* with 2 step-downs" in told
    assert "• Ben Visser: 1 hour, 1 time · 1 not known" in told
    assert "• Cas: 0.5 hours, 1 time · *1 complained*" in told
    assert "illness" not in told
    await stepped_down(bot, Option.EMAIL, 5, owner_id="U0DEE")
    assert "1 of them was for illness or an emergency." in words(await ask(bot, anna, "report team 4"))


async def test_buttons_ask_the_role_of_now(bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await lead(bot, COLLEAGUE)
    await stepped_down(bot, Option.SHORTER, 3, owner_id=COLLEAGUE)
    shown = await ask(bot, anna, "report team")
    assert [value.rpartition(".")[2] for value in menu(shown, "report.circle")] == ["mine", "people"]

    await lead(bot, COLLEAGUE, manager_id="")
    assert (await anna.click(shown, label="Get the CSV")).ok
    await bot.settle()

    assert "Nobody has you as their manager" in words(anna.ephemerals[-1])
    assert all(not message.files for message in slack.messages)


async def test_another_members_report_has_no_buttons_for_one(bot: RunningBot, anna: Person, ben: Person) -> None:
    await with_acme(bot)
    await stepped_down(bot, Option.SHORTER, 3)
    await stepped_down(bot, Option.SHORTER, 4, owner_id=COLLEAGUE)
    mine, theirs = await ask(bot, anna), await ask(bot, ben)
    forged = menu(mine, "report.months")[0]

    value = next(item for item in theirs.blocks[-1]["elements"] if item["action_id"] == "report.months")
    value["options"][0]["value"] = forged
    assert (await ben.select(theirs, "report.months", forged)).ok

    assert "Dat rapport is te oud" in words(ben.ephemerals[-1])
    assert "the last 6 months" in words(mine)
