"""`/meetdown today sick`: every client meeting of an absence in one form, one confirmation, one message, one undo."""

from datetime import timedelta

from domain.client import Contact
from domain.decision import HandoffTerms
from domain.words import MeetingKind, Option, Reason
from playground import Person, words
from playground.limits import violations
from storage import briefs
from tests.support.agency import SANNE, TEAM, coming, decision_of, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.mail import MailServer
from tests.support.sick_days import TODAY, bundle_of, choose, confirm, read_texts, sick, with_day
from tests.support.slack import COLLEAGUE


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
