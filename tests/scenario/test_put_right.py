"""After an undo, the client hears of it when the owner says so: once, and in the words that the owner has read."""

from datetime import timedelta

from sqlalchemy import update

from domain.meeting import Attendee
from playground import Person, SlackStandIn, words
from playground.records import Message
from storage.meetings import MEETINGS
from tests.support.agency import THURSDAY, choose, decide, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.mail import MailServer, Mood, Received
from tests.support.slack import COLLEAGUE


async def undone(bot: RunningBot, anna: Person) -> Message:
    """The text that takes a shorter meeting back, with its buttons."""
    await with_acme(bot)
    await with_meeting(bot)
    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()
    await anna.click(next(one for one in anna.messages if "Undo" in words(one)), label="Undo")
    await bot.settle()
    return next(one for one in anna.messages if "Ready to send" in words(one))


async def test_the_text_goes_out_at_a_click_as_it_was_read_and_only_once(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    text = await undone(mailing_bot, anna)
    read = words(text)
    assert len(mail.received) == 1

    await anna.click(text, label="Send it")
    await anna.click(text, label="Send it")
    await mailing_bot.settle()

    assert len(mail.received) == 2
    first, second = mail.received
    plain = second.message.get_body(("plain",))
    assert plain is not None
    body = plain.get_content().strip()
    assert "goes ahead as first planned" in body
    assert body.splitlines()[0] in read
    assert body.splitlines()[-1] in read
    assert second.recipients == ("sanne@acme.example",)
    assert first.message["Message-ID"] != second.message["Message-ID"]
    assert "The client has this message" in words(text)
    assert "Send it" not in words(text)


async def test_it_tells_the_time_of_before_although_the_calendar_was_changed_meanwhile(
    mailing_bot: RunningBot, anna: Person
) -> None:
    await with_acme(mailing_bot)
    meeting = await with_meeting(mailing_bot)
    await decide(anna, await choose(anna, "Make it shorter"))
    await mailing_bot.settle()
    shortened = update(MEETINGS).where(MEETINGS.c.id == meeting.id).values(ends_at=THURSDAY + timedelta(minutes=45))
    await mailing_bot.meetdown.database.run(lambda session: session.execute(shortened))

    await anna.click(next(one for one in anna.messages if "Undo" in words(one)), label="Undo")
    await mailing_bot.settle()

    assert any("from 10:00 to 11:30" in words(one) for one in anna.messages if "Ready to send" in words(one))


async def test_who_sends_it_by_hand_is_not_offered_to_send_it_again(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    text = await undone(mailing_bot, anna)

    await anna.click(text, label="I have sent it")
    await mailing_bot.settle()

    assert "Sent by you" in words(text)
    assert "Send it" not in words(text)
    assert len(mail.received) == 1


async def test_a_text_that_is_no_longer_true_is_not_sent(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    text = await undone(mailing_bot, anna)
    await decide(anna, await choose(anna, "Make it a call"))
    await mailing_bot.settle()

    await anna.click(text, label="Send it")
    await mailing_bot.settle()

    assert "has been decided on already" in words(anna.ephemerals[-1])
    assert len(mail.received) == 2
    mailing_bot.clock.move_to(THURSDAY + timedelta(minutes=1))
    await anna.click(text, label="Send it")
    assert "has started already" in words(anna.ephemerals[-1])


async def test_a_colleague_cannot_send_it(
    mailing_bot: RunningBot, slack: SlackStandIn, anna: Person, mail: MailServer
) -> None:
    text = await undone(mailing_bot, anna)

    ben = slack.as_user(COLLEAGUE)
    await ben.click(text, label="Send it")
    await mailing_bot.settle()

    assert "hoort bij een collega" in words(ben.ephemerals[-1])
    assert len(mail.received) == 1
    assert "Ready to send" in words(text)


async def test_a_server_that_does_not_answer_leaves_it_to_the_owner(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    text = await undone(mailing_bot, anna)
    mail.mood = Mood.DROP

    await anna.click(text, label="Send it")
    await mailing_bot.settle()

    assert "may have arrived" in words(text)
    assert len({one.message["Message-ID"] for one in mail.received[1:]}) == 1
    assert len(mail.received) == 3


async def test_without_a_mail_server_there_is_no_such_button(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await decide(anna, await choose(anna, "Make it shorter"))
    await bot.settle()
    ready = next(one for one in anna.messages if "Ready to send" in words(one))
    await anna.click(ready, label="I have sent it")
    await anna.click(next(one for one in anna.messages if "Undo" in words(one)), label="Undo")
    await bot.settle()

    text = next(one for one in anna.messages if "going ahead as first planned" in words(one))
    assert "I have sent it" in words(text)
    assert "Send it" not in words(text)


async def test_the_clients_calendar_gets_the_old_time_back(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_acme(mailing_bot)
    await with_meeting(mailing_bot, organiser=Attendee(email="anna@meetdown.example", name="Anna Berg"))
    await decide(anna, await choose(anna, "Make it shorter"))
    await mailing_bot.settle()
    await anna.click(next(one for one in anna.messages if "Undo" in words(one)), label="Undo")
    await mailing_bot.settle()

    await anna.click(next(one for one in anna.messages if "Ready to send" in words(one)), label="Send it")
    await mailing_bot.settle()

    assert [times(one) for one in mail.received] == [("1", "20260312T092000Z"), ("2", "20260312T103000Z")]


def times(received: Received) -> tuple[str, str]:
    """Sequence and end of the entry that goes with a mail."""
    (part,) = [one for one in received.message.walk() if one.get_content_type() == "text/calendar"]
    lines = dict(line.split(":", 1) for line in part.get_content().splitlines() if ":" in line)
    return lines["SEQUENCE"], lines["DTEND"]
