"""Slack slow, down, rate limiting, or no longer wanting to hear of it: a sentence, and nothing lost or doubled."""

from playground import Person, SlackStandIn, words
from storage import members
from tests.support.agency import TEAM, choose, coming, decide, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.slack import COLLEAGUE, OWNER


async def test_a_window_that_opens_too_late_is_explained(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    listed = await coming(anna)
    slack.faults.fail("views.open", "expired_trigger_id")

    assert (await anna.click(listed, label="Make it a call")).ok

    assert "That took too long" in words(anna.ephemerals[-1])
    await anna.click(listed, label="Make it a call")
    assert (await anna.wait_for_modal()).title == "Make it a call"


async def test_a_command_whose_window_cannot_open_answers_with_a_sentence(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    for name, sentence in (("expired_trigger_id", "That took too long"), ("internal_error", "Slack does not answer")):
        slack.faults.fail("views.open", name, times=5)
        shown = await coming(anna, "connect")
        slack.faults.clear()
        assert sentence in words(shown)


async def test_a_limit_of_slacks_during_a_click_is_told_and_the_next_click_works(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    listed = await coming(anna)
    slack.faults.rate_limit("views.open", retry_after=1)

    reply = await anna.click(listed, label="Make it shorter")

    assert reply.ok
    assert reply.answer is not None
    assert reply.answer.seconds < 3
    assert anna.modal is not None or "Slack does not answer me" in words(anna.ephemerals[-1])


async def test_an_unknown_profile_that_does_not_come_is_not_waited_for(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    slack.faults.hang("users.info", 2.5)

    reply = await anna.command("/meetdown", "help")

    assert reply.ok
    assert reply.answer is not None
    assert reply.answer.seconds < 2


async def test_a_decision_made_while_slack_is_down_is_told_once_slack_is_back(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    slack.faults.fail("chat.postMessage", "team_added_to_org", times=2)

    await decide(anna, modal)
    assert await decision_of(bot) is not None
    await bot.settle()

    assert len([one for one in anna.messages if "Ready to send" in words(one)]) == 1
    assert len([one for one in anna.messages if "Decided by you" in words(one)]) == 1


async def test_posts_to_one_person_keep_slacks_pace(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    slack.faults.pace_posts = True

    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle(within=20)

    assert len(anna.messages) == 2


async def test_what_was_typed_stays_where_slack_fails_during_a_submission(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    assert (await anna.command("/meetdown", "settings")).ok
    modal = await anna.wait_for_modal()
    slack.faults.fail("users.info", times=5)

    reply = await anna.submit(modal, {"decide_days": "3", "manager": COLLEAGUE})

    (said,) = reply.errors.values()
    assert said == "Slack does not answer me at the moment. Please try again in a minute."
    assert modal.is_open
    slack.faults.clear()
    assert (await anna.submit(modal)).ok
    known = await bot.meetdown.database.read(members.get, TEAM, OWNER)
    assert known is not None
    assert (known.decide_days, known.manager_id) == (3, COLLEAGUE)
