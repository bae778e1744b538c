"""Whatever comes twice happens once: double clicks, duplicate deliveries, replayed requests, retried events."""

from datetime import timedelta

from playground import Person, SlackStandIn, words
from storage import clients, timelines
from storage.coming import with_people
from tests.support.agency import (
    BRIEF,
    TEAM,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.mail import MailServer
from tests.support.slack import COLLEAGUE, OWNER


async def test_with_everything_delivered_twice_each_thing_happens_once(
    mailing_bot: RunningBot, slack: SlackStandIn, anna: Person, ben: Person, mail: MailServer
) -> None:
    bot = mailing_bot
    slack.faults.deliver_twice = True
    await coming(ben)
    await anna.click(await coming(anna, "clients"), label="Add a client")
    values = {"name": "Acme", "tier": "C", "domains": "acme.example", "contact_email": "sanne@acme.example"}
    assert (await anna.submit(await anna.wait_for_modal(), values)).ok
    (client,) = await bot.meetdown.database.read(clients.all_of, TEAM)
    await anna.command("/meetdown", "new Acme thursday 10:00 90m")
    assert (await anna.submit(await anna.wait_for_modal(), {"title": "Planning"})).ok
    await with_meeting(bot, id="other", client_id=client.id, title="Budget", starts_at=THURSDAY + timedelta(hours=2))

    await decide(anna, await choose(anna, "Make it shorter"))
    modal = await choose(anna, "Hand over", "Budget")
    await anna.select(modal, "form.delegate", COLLEAGUE)
    await decide(anna, modal, BRIEF)
    await bot.settle()
    await ben.click(ben.messages[-1], action_id="brief.accept")
    await bot.settle()

    assert len(await bot.meetdown.database.read(with_people, TEAM, OWNER, bot.clock.now(), 10)) == 2
    assert len(mail.received) == 2
    assert len({one.message["Message-ID"] for one in mail.received}) == 2
    assert len(ben.messages) == 1
    assert len([one for one in anna.messages if "takes over your meeting" in words(one)]) == 1
    assert len([one for one in anna.messages if "Shorter: 45 min" in words(one)]) == 1


async def test_a_double_click_on_submit_is_one_decision(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    modal = await choose(anna, "Make it shorter")
    await decide(anna, modal)
    parcel = next(
        parcel for parcel, _ in reversed(slack.courier.delivered) if parcel.payload.get("type") == "view_submission"
    )

    # A second click has a trigger of its own, but the form is the same.
    parcel.payload["trigger_id"] = "1.2.another"
    answer = await anna.replay(parcel)
    await bot.settle()

    assert answer.body == {"response_action": "clear"}
    decision = await decision_of(bot)
    assert decision is not None
    entries = await bot.meetdown.database.read(timelines.load, TEAM, "acme")
    assert [[one.id for one in entry.decisions] for entry in entries] == [[decision.id]]
    assert len([one for one in anna.messages if "Ready to send" in words(one)]) == 1


async def test_a_replayed_command_gets_its_old_answer_and_opens_nothing(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await anna.command("/meetdown", "connect")
    parcel, first = slack.courier.delivered[-1]

    again = await anna.replay(parcel)

    assert (again.status, again.body) == (first.status, first.body)
    assert len(slack.calls_of("views.open")) == 1


async def test_a_retried_event_is_answered_once(bot: RunningBot, slack: SlackStandIn, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    slack.faults.status("chat.postMessage", 503)

    await anna.send_dm("Planning")
    await anna.wait_for_message("Planning")
    parcel = slack.courier.delivered[-1][0]
    await anna.replay(parcel)

    assert len(anna.messages) == 1


async def test_a_post_whose_answer_was_lost_is_found_and_not_repeated(
    bot: RunningBot, slack: SlackStandIn, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    slack.faults.drop("chat.postMessage", "after")

    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle(within=20)

    assert len([one for one in anna.messages if "Ready to send" in words(one)]) == 1
    assert len([one for one in anna.messages if "Decided by you" in words(one)]) == 1


async def test_a_mail_sent_by_hand_twice_is_noted_once(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()
    ready = anna.messages[0]

    await anna.click(ready, label="I have sent it")
    await anna.click(ready, label="I have sent it")
    await bot.settle()

    assert len(anna.messages) == 2
    assert "E-mail sent to sanne@acme.example." in words(anna.messages[1])
