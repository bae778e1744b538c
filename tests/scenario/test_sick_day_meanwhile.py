"""A sick day, undone, sent twice, changed meanwhile, and longer than one window."""

from datetime import timedelta
from typing import Any

from domain.decision import EmailTerms
from domain.words import Mode, Option
from playground import Person, SlackStandIn, words
from storage import bundles, meetings
from tests.support.agency import TEAM, coming, decide, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.mail import MailServer
from tests.support.sick_days import TODAY, bundle_of, choose, confirm, read_texts, sick, with_day


async def test_undo_all_takes_back_what_can_be_and_says_what_cannot(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_day(mailing_bot, "kick", "budget")
    told = await confirm(mailing_bot, anna, await read_texts(anna, await sick(anna)))
    mailing_bot.clock.move_to(TODAY + timedelta(minutes=5))

    assert (await anna.click(told, label="Undo all")).ok
    await mailing_bot.settle()

    kick, budget = await decision_of(mailing_bot, "kick"), await decision_of(mailing_bot, "budget")
    assert kick is not None
    assert budget is None
    assert "Undone: the meeting stands as it was planned." in words(anna.ephemerals[-1])
    assert "Acme · Kick could not be undone. It is too late to undo this." in words(anna.ephemerals[-1])
    assert "The meeting has begun, so this can no longer be undone." in words(told)
    assert "Undone: the meeting stands as planned." in words(told)
    assert "The e-mail had gone out" in words(told)
    assert "Undo all" not in words(told)
    assert [one for one in anna.messages if "Ready to send" in words(one)]

    assert len(mail.received) == 2


async def test_one_that_is_undone_by_itself_shows_in_the_message_of_all(bot: RunningBot, anna: Person) -> None:
    await with_day(bot, "kick", "budget")
    told = await confirm(bot, anna, await read_texts(anna, await sick(anna)))

    await anna.click(await coming(anna, "Kick"), label="Undo")
    await bot.settle()

    assert "*One client meeting is decided on.*" in words(told)
    assert words(told).count("Undone: the meeting stands as planned.") == 1
    await anna.click(told, label="Undo all")
    await bot.settle()
    assert await decision_of(bot, "budget") is None
    assert "*All of it is undone.*" in words(told)


async def test_a_colleague_cannot_undo_what_is_not_theirs(bot: RunningBot, anna: Person, ben: Person) -> None:
    await with_day(bot, "kick")
    await confirm(bot, anna, await read_texts(anna, await sick(anna)))
    made = await decision_of(bot, "kick")
    assert made is not None
    forged = await ben.send_dm("ziek")
    del forged
    own = await ben.wait_for_message("Geen klantafspraken")
    own.blocks.append(
        {
            "type": "actions",
            "block_id": "forged",
            "elements": [
                {
                    "type": "button",
                    "action_id": "sick.undo_all",
                    "value": made.bundle_id,
                    "text": {"type": "plain_text", "text": "Undo all"},
                }
            ],
        }
    )

    await ben.click(own, label="Undo all")

    assert await decision_of(bot, "kick") == made


async def test_the_same_form_sent_twice_decides_once(
    mailing_bot: RunningBot, slack: SlackStandIn, anna: Person, mail: MailServer
) -> None:
    await with_day(mailing_bot, "kick", "budget")
    texts = await read_texts(anna, await sick(anna))
    told = await confirm(mailing_bot, anna, texts)
    before = words(told)
    texts.is_open = True

    await anna.submit(texts)
    await mailing_bot.settle()

    made = await decision_of(mailing_bot, "kick")
    assert made is not None
    stored = await mailing_bot.meetdown.database.read(bundles.made_in, TEAM, made.bundle_id)
    assert [one.meeting_id for one in stored] == ["budget", "kick"]
    assert (len(mail.received), words(bundle_of(anna))) == (2, before)


async def test_what_changed_meanwhile_is_told_and_the_rest_goes_on(bot: RunningBot, anna: Person) -> None:
    first, second, third, _ = await with_day(bot, "kick", "budget", "review", "demo")
    texts = await read_texts(anna, await sick(anna))
    database = bot.meetdown.database
    await database.run(_moved, first.id)
    await database.run(_cancelled, second.id)
    card = await coming(anna, third.title)
    await anna.click(card, label="Make it a call")
    front = anna.modal
    assert front is not None
    await decide(anna, front)
    await bot.settle()

    texts.is_open = True
    told = await confirm(bot, anna, texts)

    made = [await decision_of(bot, one) for one in ("kick", "budget", "review", "demo")]
    assert [one.option if one else None for one in made] == [None, None, Option.CALL, Option.SHORTER]
    assert "Acme · Kick: This meeting has changed since you looked at it" in words(told)
    assert "Acme · Budget: That meeting was cancelled in the calendar" in words(told)
    assert "Acme · Review: This meeting has been decided on already." in words(told)
    assert "*One client meeting is decided on.*" in words(told)


async def test_several_days_and_the_days_change_in_the_window(bot: RunningBot, anna: Person) -> None:
    await with_day(bot, "kick")
    await with_meeting(bot, id="later", title="Later", starts_at=TODAY + timedelta(days=1))
    await with_meeting(bot, id="friday", title="Friday", starts_at=TODAY + timedelta(days=3))
    form = await sick(anna, "sick")
    assert "Later" not in words(form)

    assert (await anna.select(form, "sick_days", "tomorrow")).ok
    assert "Later" in words(form)
    assert (await anna.select(form, "sick_days", "until")).ok
    assert (await anna.select(form, "sick_until", "2026-03-13")).ok
    assert "Friday" in words(form)
    await choose(anna, form, friday="email", kick="left", later="left")
    await confirm(bot, anna, await read_texts(anna, form))

    made = await decision_of(bot, "friday")
    assert made is not None
    assert isinstance(made.terms, EmailTerms)
    assert made.terms.next_contact_on.isoformat() == "2026-03-16"


async def test_more_meetings_than_one_window_holds_follow_in_another(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot)
    for number in range(12):
        starts_at = TODAY + timedelta(hours=number * 3)
        await with_meeting(bot, id=f"m{number}", title=f"Nr {number}", starts_at=starts_at, mode=Mode.VIDEO)
    form = await sick(anna, "sick until thursday")
    assert "These are the first 10. 2 more follow" in words(form)
    anna.fill(form, {f"sick_option_m{number}": "left" for number in range(10)})
    texts = await read_texts(anna, form)
    assert "You leave all of these open." in words(texts)
    told = await confirm(bot, anna, texts)
    assert "2 more meetings of these days had no room here." in words(told)

    assert (await anna.click(told, label="Go on with the rest")).ok
    rest = await anna.wait_for_modal()

    assert ("Nr 10" in words(rest), "Nr 11" in words(rest), "Nr 9" in words(rest)) == (True, True, False)


def _moved(session: Any, meeting_id: str) -> None:
    found = meetings.get(session, TEAM, meeting_id)
    assert found is not None
    session.execute(
        meetings.MEETINGS.update()
        .where(meetings.MEETINGS.c.id == meeting_id)
        .values(starts_at=found.starts_at + timedelta(hours=1), ends_at=found.ends_at + timedelta(hours=1))
    )


def _cancelled(session: Any, meeting_id: str) -> None:
    session.execute(meetings.MEETINGS.update().where(meetings.MEETINGS.c.id == meeting_id).values(cancelled=True))
