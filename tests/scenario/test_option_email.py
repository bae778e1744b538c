"""E-mail, for now: status, decisions needed, next contact; sent by a real SMTP server or handed over."""

from datetime import date, timedelta

from domain.decision import EmailTerms
from domain.meeting import Attendee
from domain.words import Formality, Tier
from playground import Person, words
from tests.support.agency import (
    MEETING,
    SANNE,
    THURSDAY,
    choose,
    coming,
    decide,
    decision_of,
    expect_errors,
    with_acme,
    with_meeting,
)
from tests.support.bot import RunningBot
from tests.support.mail import MailServer, Mood

FILLED = {"status": "The pages are built.", "decisions_needed": "Which photo goes on the home page?"}
C = {"tier": Tier.C}


async def test_a_serious_matter_needs_a_date_for_a_call(bot: RunningBot, anna: Person) -> None:
    await with_acme(bot, **C)
    await with_meeting(bot)
    modal = await choose(anna, "E-mail for now")

    errors = await expect_errors(anna, modal, {**FILLED, "serious": ["yes"]})
    past = await expect_errors(anna, modal, {"call_on": "2026-03-09"})

    assert errors == {"call_on": "You marked this as serious: please also choose a date for a call."}
    assert past == {"call_on": "That is in the past. Please choose a later moment."}


async def test_what_was_filled_in_is_shown_once_in_the_text_and_then_sent(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_acme(mailing_bot, **C)
    await with_meeting(mailing_bot)
    modal = await choose(anna, "E-mail for now")

    again = await anna.submit(modal, {**FILLED, "serious": ["yes"], "call_on": "2026-03-13"})
    assert again.ok
    assert modal.is_open
    assert "Please read it once more before it goes out" in words(modal)
    assert mail.received == []
    body = next(str(held["value"]["value"]) for name, held in modal.state.items() if name.startswith("body"))
    assert "The pages are built." in body
    assert "Which photo goes on the home page?" in body

    assert (await anna.submit(modal)).ok
    await mailing_bot.settle()

    assert anna.modal is None
    (sent,) = mail.received
    assert sent.recipients == ("sanne@acme.example",)
    assert sent.message["Reply-To"] == "Anna Berg <anna@meetdown.example>"
    assert "meetings@meetdown.example" in sent.message["From"]
    decision = await decision_of(mailing_bot)
    assert decision is not None
    assert decision.id in sent.message["Message-ID"]
    text = sent.message.get_body(("plain",))
    assert text is not None
    assert text.get_content().split() == body.split()
    assert isinstance(decision.terms, EmailTerms)
    assert decision.terms.call_on == date(2026, 3, 13)
    assert "E-mail sent to sanne@acme.example." in words(anna.messages[-1])


async def test_a_promised_call_is_brought_up_on_its_day_and_can_be_put_off_and_settled(
    mailing_bot: RunningBot, anna: Person
) -> None:
    await with_acme(mailing_bot, **C)
    await with_meeting(mailing_bot)
    values = {**FILLED, "serious": ["yes"], "call_on": "2026-03-13"}
    await decide(anna, await choose(anna, "E-mail for now"), values)
    await mailing_bot.settle()

    await mailing_bot.go_to(THURSDAY + timedelta(days=1, minutes=-55))
    asked = anna.messages[-1]
    assert "is a call needed?" in words(asked)
    await anna.click(asked, label="Ask me tomorrow")
    assert "I will ask again" in words(asked)
    assert "Mon 16 Mar" in words(asked)
    await mailing_bot.go_to(THURSDAY + timedelta(days=4, minutes=5))
    asked = anna.messages[-1]
    await anna.click(asked, label="A call is needed")

    assert "A call is needed about “Planning” with Acme." in words(asked)


async def test_the_owner_of_a_meeting_sends_the_change_along_for_the_calendar(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_acme(mailing_bot, **C)
    organiser = Attendee(email="anna@meetdown.example", name="Anna Berg")
    await with_meeting(mailing_bot, organiser=organiser)

    await decide(anna, await choose(anna, "Make it shorter"))
    await mailing_bot.settle()

    (sent,) = mail.received
    (calendar,) = [part for part in sent.message.walk() if part.get_content_type() == "text/calendar"]
    content = calendar.get_content()
    content = content if isinstance(content, str) else content.decode()
    assert f"UID:{MEETING.uid}" in content
    assert "DTEND" in content
    assert calendar.get_param("method") == "REQUEST"


async def test_somebody_elses_meeting_is_not_changed_in_the_calendar(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_acme(mailing_bot)
    await with_meeting(mailing_bot, organiser=Attendee(email="sanne@acme.example"))

    await decide(anna, await choose(anna, "Make it shorter"))
    await mailing_bot.settle()

    (sent,) = mail.received
    assert [part.get_content_type() for part in sent.message.walk() if "calendar" in part.get_content_type()] == []


async def test_a_draft_for_a_dutch_client_is_dutch_and_follows_the_form_of_address(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot, language="nl", formality=Formality.FORMAL)
    await with_acme(
        bot, id="globex", name="Globex", language="nl", formality=Formality.INFORMAL, domains=(), contacts=()
    )
    await with_meeting(bot)
    await with_meeting(bot, id="other", client_id="globex", title="Budget")

    formal = words(await choose(anna, "Make it shorter")) + _body(anna)
    informal = words(await choose(anna, "Make it shorter", "Budget")) + _body(anna)

    assert "in Dutch" in formal
    assert "Met vriendelijke groet" in formal
    assert " u " in _plain(formal)
    assert " je " in _plain(informal)
    assert " u " not in _plain(_body(anna))


async def test_an_owner_in_dutch_reads_dutch_and_writes_english_to_an_english_client(
    bot: RunningBot, anna: Person
) -> None:
    await with_acme(bot)
    await with_meeting(bot)
    await coming(anna)
    await anna.change(locale="nl-NL")

    modal = await choose(anna, "Korter")

    assert "in het Engels" in words(modal)
    assert "Kind regards" in _body(anna)
    await decide(anna, modal)
    await bot.settle()
    assert "Kind regards" in words(anna.messages[0])
    assert "Ready to send" not in words(anna.messages[0])


async def test_a_refused_address_gives_the_owner_the_text_instead(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_acme(mailing_bot)
    await with_meeting(mailing_bot)
    mail.answers["sanne@acme.example"] = "550 no such user"

    await decide(anna, await choose(anna, "Make it shorter"))
    await mailing_bot.settle()

    assert mail.received == []
    assert len([one for one in anna.messages if "Ready to send" in words(one)]) == 1
    assert "The e-mail could not be sent. Please send it yourself" in words(anna.messages[-1])


async def test_a_mail_server_that_is_away_for_a_moment_loses_and_doubles_nothing(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_acme(mailing_bot)
    await with_meeting(mailing_bot)
    mail.mood = Mood.DROP_EARLY

    await decide(anna, await choose(anna, "Make it shorter"))
    mail.mood = Mood.FINE
    await mailing_bot.settle()

    assert len(mail.received) == 1


async def test_without_an_address_nothing_can_be_sent_and_the_field_says_so(
    mailing_bot: RunningBot, anna: Person
) -> None:
    await with_acme(mailing_bot, contacts=())
    await with_meeting(mailing_bot, attendees=())

    modal = await choose(anna, "Make it shorter")

    assert "to" in (await anna.submit(modal)).errors
    await decide(anna, modal, {"to": SANNE.email})


def _body(person: Person) -> str:
    assert person.modal is not None
    return next(str(held["value"]["value"]) for name, held in person.modal.state.items() if name.startswith("body"))


def _plain(text: str) -> str:
    return " ".join(text.replace(",", " ").replace(".", " ").replace("?", " ").split())
