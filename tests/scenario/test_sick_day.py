"""`/meetdown today sick`: every client meeting of an absence in one form, one confirmation, one message, one undo."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.client import Contact
from domain.decision import EmailTerms, HandoffTerms
from domain.meeting import Meeting
from domain.words import MeetingKind, Mode, Option, Reason
from playground import Person, SlackStandIn, View, words
from playground.limits import violations
from playground.records import Message
from storage import briefs, bundles, meetings
from tests.support.agency import SANNE, TEAM, coming, decide, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.mail import MailServer
from tests.support.slack import COLLEAGUE

TODAY = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""11:00 in Amsterdam on the Tuesday on which the bot starts."""


_SIGNS = ("It does not count against you", "*Nothing was decided.*")
"""What only the message of all says."""


async def with_day(bot: RunningBot, *ids: str, **changes: Any) -> list[Meeting]:
    """Meetings an hour after each other."""
    await with_acme(bot)
    return [
        await with_meeting(
            bot,
            id=name,
            title=name.title(),
            starts_at=TODAY + timedelta(hours=2 * number),
            **changes,
        )
        for number, name in enumerate(ids)
    ]


async def sick(person: Person, text: str = "today sick") -> View:
    reply = await person.command("/meetdown", text)
    assert reply.ok, reply
    return await person.wait_for_modal()


async def choose(person: Person, form: View, **options: str) -> None:
    for meeting_id, option in options.items():
        reply = await person.select(form, f"sick_option_{meeting_id}", option)
        assert reply.ok, reply


async def read_texts(person: Person, form: View, values: dict[str, Any] | None = None) -> View:
    reply = await person.submit(form, values or {})
    assert reply.ok, (reply.error, reply.errors)
    texts = await person.wait_for_modal()
    assert texts is not form
    assert violations(texts.payload, "modal") == []
    return texts


async def confirm(bot: RunningBot, person: Person, texts: View, values: dict[str, Any] | None = None) -> Message:
    reply = await person.submit(texts, values or {})
    assert reply.ok, (reply.error, reply.errors)
    assert person.modal is None
    await bot.settle()
    return bundle_of(person)


def bundle_of(person: Person) -> Message:
    (message,) = [one for one in person.messages if any(sign in words(one) for sign in _SIGNS)]
    return message


async def test_a_day_of_meetings_is_decided_on_in_one_go(bot: RunningBot, anna: Person) -> None:
    await with_day(bot, "kick", "budget", "review")

    form = await sick(anna)
    assert violations(form.payload, "modal") == []
    assert "today, 11:00 to 12:30 (90 min) · In person" in words(form)
    assert "Make it shorter (my advice)" in words(form)
    await choose(anna, form, kick="call", budget="email")
    texts = await read_texts(anna, form)
    assert "Dear Sanne" in texts.state["sick_body_kick"]["value"]["value"]
    told = await confirm(bot, anna, texts)

    made = [await decision_of(bot, one) for one in ("kick", "budget", "review")]
    assert [(one.option, one.reason, one.override) for one in made if one] == [
        (Option.CALL, Reason.ILLNESS, None),
        (Option.EMAIL, Reason.ILLNESS, None),
        (Option.SHORTER, Reason.ILLNESS, None),
    ]
    assert len({one.bundle_id for one in made if one}) == 1
    for said in (
        "*3 client meetings are decided on.*",
        "✓ *A call instead. You ring +31 20 794 0800.*",
        "By e-mail for now. Next contact: tomorrow",
        "Shorter: 20 min instead of 90",
        "The e-mail is yours to send",
        "*Ring first.* Sanne Jansen: +31 20 794 0800. You could say:\n",
        "It does not count against you.",
    ):
        assert said in words(told)


async def test_the_reason_is_in_no_text_that_anybody_else_reads(
    mailing_bot: RunningBot, anna: Person, ben: Person, mail: MailServer
) -> None:
    await with_day(mailing_bot, "kick", "budget")
    form = await sick(anna)
    await choose(anna, form, budget="handoff")
    texts = await read_texts(anna, form, {"delegate": COLLEAGUE})
    await confirm(mailing_bot, anna, texts)

    read = [str(one.message) for one in mail.received] + [words(one) for one in ben.messages]
    assert len(read) == 2
    for text in read:
        assert not {"ill", "illness", "sick", "ziek", "emergency"} & set(text.lower().split())


async def test_the_owner_changes_a_text_and_that_one_goes_out(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_day(mailing_bot, "kick")
    texts = await read_texts(anna, await sick(anna))

    told = await confirm(
        mailing_bot, anna, texts, {"sick_body_kick": "Shall we take 20 minutes on Tuesday 10 March, from 11:00?"}
    )

    assert "E-mail sent to sanne@acme.example." in words(told)
    (sent,) = mail.received
    assert "Shall we take 20 minutes on Tuesday 10 March" in str(sent.message)


async def test_what_is_noticed_in_a_changed_text_is_shown_before_it_goes_out(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_day(mailing_bot, "kick")
    texts = await read_texts(anna, await sick(anna))

    reply = await anna.submit(texts, {"sick_body_kick": "I am too busy. Shall we keep it short?"})
    assert reply.ok
    assert anna.modal is texts
    assert "They go out as they are if you confirm again." in words(texts)
    assert "“too busy”" in words(texts)
    assert mail.received == []
    await confirm(mailing_bot, anna, texts)

    (sent,) = mail.received
    assert "I am too busy." in str(sent.message)


async def test_brackets_in_a_title_are_no_gap_in_the_text(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_day(mailing_bot, "kick")
    starts_at = TODAY + timedelta(hours=5)
    await with_meeting(mailing_bot, id="launch", title="[Acme] {{ launch }} review", starts_at=starts_at)
    texts = await read_texts(anna, await sick(anna))

    reply = await anna.submit(texts, {"sick_body_kick": "Shall we take {{ minutes }} on Tuesday 10 March?"})
    assert reply.errors == {"sick_body_kick": "“{{ minutes }}” has not been filled in yet."}
    await confirm(mailing_bot, anna, texts, {"sick_body_kick": "Shall we take 20 minutes on Tuesday 10 March?"})

    assert len(mail.received) == 2


async def test_a_hand_over_asks_for_one_colleague_and_may_have_gaps_in_its_brief(
    bot: RunningBot, anna: Person, ben: Person
) -> None:
    await with_day(bot, "kick", "budget")
    form = await sick(anna)
    await choose(anna, form, kick="handoff", budget="handoff")
    assert words(form).count("Who takes them over?") == 1

    assert (await anna.submit(form)).errors.keys() == {"delegate"}
    texts = await read_texts(anna, form, {"delegate": COLLEAGUE})
    assert "The text waits until your colleague has said yes." in words(texts)
    told = await confirm(bot, anna, texts)

    made = await decision_of(bot, "kick")
    assert made is not None
    assert isinstance(made.terms, HandoffTerms)
    assert await bot.meetdown.database.read(briefs.of_decision, TEAM, made.id) is not None
    assert "waits until Ben Visser says yes" in words(told)
    first, _ = ben.messages
    await ben.click(first, label="Ik neem het over")
    await bot.settle()
    assert words(told).count("waits until Ben Visser says yes") == 1


async def test_a_call_asks_for_the_number_only_where_none_is_known(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, contacts=(Contact(id="sanne", client_id="acme", name="Sanne", email=SANNE.email),))
    await with_meeting(bot, starts_at=TODAY)
    form = await sick(anna)
    assert "Phone number of" not in words(form)
    await choose(anna, form, meeting="call")

    assert (await anna.submit(form, {"sick_phone_meeting": "12"})).errors.keys() == {"sick_phone_meeting"}
    texts = await read_texts(anna, form, {"sick_phone_meeting": "020 794 0800"})
    await confirm(bot, anna, texts)

    assert "+31 20 794 0800" in words(bundle_of(anna))


async def test_kept_and_open_meetings_need_no_text(bot: RunningBot, anna: Person) -> None:
    await with_day(bot, "kick", "budget", "review")
    form = await sick(anna)
    await choose(anna, form, kick="left", budget="left", review="left")
    nothing = await read_texts(anna, form)
    assert "Nothing would be decided." in words(nothing)
    assert not nothing.payload.get("submit")
    await anna.close_view(nothing)

    await choose(anna, form, kick="keep")
    texts = await read_texts(anna, form)
    assert "Kept as planned: Acme · Kick." in words(texts)
    told = await confirm(bot, anna, texts)

    assert "Left open for now: Acme · Budget, Acme · Review." in words(told)
    kept = await decision_of(bot, "kick")
    assert kept is not None
    assert (kept.option, kept.reason) == (Option.KEEP, None)
    assert await decision_of(bot, "budget") is None


async def test_an_e_mail_instead_of_a_kick_off_wants_a_second_thought(bot: RunningBot, anna: Person) -> None:
    await with_day(bot, "kick", kind=MeetingKind.KICKOFF)
    form = await sick(anna)
    assert "E-mail for now (think twice)" in str(form.payload)
    await choose(anna, form, kick="email")
    texts = await read_texts(anna, form)

    assert (await anna.submit(texts)).errors
    await confirm(bot, anna, texts, {"confirm": ["yes"]})

    made = await decision_of(bot, "kick")
    assert made is not None
    assert made.override is not None


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


async def test_no_meetings_is_good_news(bot: RunningBot, anna: Person, ben: Person) -> None:
    assert words(await coming(anna, "today sick")) == "No client meetings today. Get well soon."
    assert words(await coming(anna, "emergency")) == "No client meetings today. I hope all turns out well."
    assert words(await coming(ben, "vandaag ziek")) == "Geen klantafspraken vandaag. Beterschap."


async def test_words_in_the_conversation_get_a_button(bot: RunningBot, anna: Person) -> None:
    await with_day(bot, "kick")
    await anna.send_dm("I am sick today")
    offered = await anna.wait_for_message("You have *one client meeting* today.")

    assert (await anna.click(offered, label="See what I propose")).ok

    form = await anna.wait_for_modal()
    assert "Kick" in words(form)


async def test_the_whole_way_in_dutch(bot: RunningBot, ben: Person) -> None:
    await with_day(bot, "kick", "budget", owner_id=COLLEAGUE)
    await ben.send_dm("ik ben ziek vandaag")
    offered = await ben.wait_for_message("2 klantafspraken")
    await ben.click(offered, label="Bekijk mijn voorstel")
    form = await ben.wait_for_modal()
    texts = await read_texts(ben, form)
    reply = await ben.submit(texts)
    assert reply.ok
    await bot.settle()

    told = await ben.wait_for_message("Over 2 klantafspraken is beslist.")
    assert "Alles ongedaan maken" in words(told)


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
