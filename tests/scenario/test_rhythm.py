"""Another rhythm, proposed openly where one exception follows the other."""

from dataclasses import replace
from datetime import timedelta

from domain.decision import EffectState
from domain.meeting import Meeting
from domain.rhythm import ASKED_AGAIN_AFTER, Rhythm, RhythmProposal
from domain.words import Formality, Option, Reason
from playground import Person, View, words
from playground.limits import violations
from storage import aftermath, decisions, rhythms
from storage.rhythms import PROPOSAL, PROPOSALS
from tests.support.agency import TEAM, THURSDAY, choose, coming, with_acme, with_meeting
from tests.support.bot import RunningBot
from tests.support.mail import MailServer
from tests.support.slack import COLLEAGUE, OWNER
from tests.support.stored import DECISION

SERIES = "weekly@meetdown.example"
LABEL = "Propose another rhythm"


async def with_pattern(bot: RunningBot, step_downs: int = 3, owner_id: str = OWNER, **of_client: object) -> Meeting:
    """A weekly series with Acme of which so many of the last meetings were stepped down; the coming one."""
    client = await with_acme(bot, **of_client)
    for number in range(1, 6):
        past = await with_meeting(
            bot,
            id=f"past-{number}",
            uid=SERIES,
            occurrence=f"o-{number}",
            starts_at=THURSDAY - timedelta(weeks=number),
            owner_id=owner_id,
        )
        if number <= step_downs:
            made = replace(
                DECISION,
                id=f"d-{number}",
                team_id=TEAM,
                meeting_id=past.id,
                client_id=client.id,
                owner_id=owner_id,
                option=Option.CALL,
                reason=Reason.WORKLOAD,
                made_at=past.starts_at - timedelta(days=2),
                made_by=owner_id,
            )
            await bot.meetdown.database.run(decisions.record, made, None)
    return await with_meeting(bot, uid=SERIES, occurrence="o-0", owner_id=owner_id)


def letter(view: View) -> str:
    """The text to the client, as its field holds it."""
    return next(str(held["value"]["value"]) for name, held in view.state.items() if name.startswith("body"))


async def proposals_of(bot: RunningBot) -> list[RhythmProposal]:
    def read(session: object) -> list[RhythmProposal]:
        rows = session.execute(PROPOSALS.select())  # type: ignore[attr-defined]  # a Session
        ids = [row.id for row in rows]
        found = [rhythms.get(session, TEAM, one) for one in ids]  # type: ignore[arg-type]
        return [one for one in found if one is not None]

    return await bot.meetdown.database.read(read)


async def test_a_rhythm_is_proposed_by_mail_remembered_and_told_in_the_history(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    bot = mailing_bot
    meeting = await with_pattern(bot)
    card = await coming(anna, "Planning")
    assert "3 of the last 5 meetings" in words(card)

    modal = await choose(anna, LABEL)
    assert violations(modal.payload, "modal") == []
    assert "we keep them to 60 minutes instead of 90, as often as now." in letter(modal)
    assert (await anna.select(modal, "series.rhythm_choice", "both")).ok
    assert "every second time, for 60 minutes instead of 90" in letter(modal)
    assert (await anna.select(modal, "series.rhythm_length", "45")).ok
    assert "every second time, for 45 minutes instead of 90" in letter(modal)
    assert (await anna.submit(modal)).ok
    await bot.settle()

    (received,) = mail.received
    assert received.recipients == ("sanne@acme.example",)
    assert received.message["Subject"] == "Planning: another rhythm?"
    (proposal,) = await proposals_of(bot)
    assert (proposal.uid, proposal.rhythm, proposal.minutes, proposal.state) == (
        SERIES,
        Rhythm.BOTH,
        45,
        EffectState.DONE,
    )
    told = words(anna.messages[-1])
    assert "✓ *Sent:* Acme has your proposal for “Planning”: every second time, 45 minutes." in told
    (note,) = await bot.meetdown.database.read(aftermath.notes, TEAM, [meeting.id])
    assert note.text == "Proposed another rhythm: every second time, 45 minutes."
    later = words(await coming(anna, "Planning"))
    assert LABEL not in later
    assert "Another rhythm was proposed to them: today." in later


async def test_without_a_mail_server_the_owner_gets_the_text_in_the_clients_language(
    bot: RunningBot, anna: Person
) -> None:
    await with_pattern(bot, language="nl", formality=Formality.FORMAL)

    modal = await choose(anna, LABEL)
    assert (await anna.select(modal, "series.rhythm_choice", "rarer")).ok
    assert "Mijn voorstel: we spreken elkaar om de andere keer, 90 minuten zoals nu." in letter(modal)
    assert (await anna.submit(modal, {"body.2": "Beste Sanne, zullen we elkaar om de week bellen?"})).ok
    await bot.settle()

    told = words(anna.messages[-1])
    assert "*Ready to send.* This message to Sanne Jansen waits for you to send it." in told
    assert "Beste Sanne, zullen we elkaar om de week bellen?" in told
    (proposal,) = await proposals_of(bot)
    assert (proposal.rhythm, proposal.minutes, proposal.state) == (Rhythm.RARER, 90, EffectState.HANDED_OVER)


async def test_a_mail_that_is_refused_is_the_owners_to_send(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    mail.data_answer = "550 not from here"
    await with_pattern(mailing_bot)

    assert (await anna.submit(await choose(anna, LABEL))).ok
    await mailing_bot.settle()

    told = words(anna.messages[-1])
    assert "*Ready to send.*" in told
    assert "I suggest that we keep them to 60 minutes" in told
    (proposal,) = await proposals_of(mailing_bot)
    assert proposal.state is EffectState.FAILED


async def test_words_of_ones_own_survive_another_choice(bot: RunningBot, anna: Person) -> None:
    await with_pattern(bot)
    modal = await choose(anna, LABEL)
    anna.fill(modal, {"body.1": "Shall I call you about our rhythm?"})

    assert (await anna.select(modal, "series.rhythm_choice", "rarer")).ok

    assert letter(modal) == "Shall I call you about our rhythm?"


async def test_what_the_linter_finds_in_ones_own_words_is_shown_before_they_go_out(
    mailing_bot: RunningBot, anna: Person, mail: MailServer
) -> None:
    await with_pattern(mailing_bot)
    modal = await choose(anna, LABEL)
    gap = await anna.submit(modal, {"body.1": "Shall we meet for {{ minutes }}?"})
    assert gap.errors == {"body.1": "“{{ minutes }}” has not been filled in yet."}

    await anna.submit(modal, {"body.1": "I am too busy. Shall we take 60 minutes every second time?"})
    await mailing_bot.settle()
    assert modal.is_open
    assert mail.received == []
    assert "“too busy” tells the client that something else comes first" in words(modal)
    await anna.submit(modal)
    await mailing_bot.settle()

    (sent,) = mail.received
    assert "I am too busy" in str(sent.message)


async def test_the_modal_of_an_option_and_why_offer_it_too(bot: RunningBot, anna: Person) -> None:
    await with_pattern(bot)

    option = await choose(anna, "Make it shorter")
    assert LABEL in words(option)
    assert (await anna.click(option, label="Explain this")).ok
    why = await anna.wait_for_modal()
    assert LABEL in words(why)
    assert (await anna.click(why, label=LABEL)).ok
    rhythm = await anna.wait_for_modal()
    assert "What do you propose?" in words(rhythm)


async def test_nothing_is_offered_without_a_pattern_or_before_ninety_days_have_passed(
    bot: RunningBot, anna: Person
) -> None:
    meeting = await with_pattern(bot, step_downs=2)
    assert LABEL not in words(await coming(anna, "Planning"))
    third = replace(DECISION, id="d-3", team_id=TEAM, meeting_id="past-3", client_id="acme", owner_id=OWNER)
    await bot.meetdown.database.run(decisions.record, third, None)
    assert LABEL in words(await coming(anna, "Planning"))

    now = bot.clock.now()
    for days, offered in ((0, False), (1, True)):
        made_at = now - ASKED_AGAIN_AFTER + timedelta(days=1 - days)
        values = {
            "id": f"before-{days}",
            "team_id": TEAM,
            "owner_id": OWNER,
            "client_id": "acme",
            "meeting_id": meeting.id,
            "uid": SERIES,
            "rhythm": Rhythm.RARER,
            "minutes": 90,
            "draft": DECISION.draft,
            "made_at": made_at,
        }
        proposal = RhythmProposal(**values)  # type: ignore[arg-type]  # as data
        assert set(PROPOSAL.names) >= set(values)
        await bot.meetdown.database.run(rhythms.add, proposal)
        shown = LABEL in words(await coming(anna, "Planning"))
        assert shown is offered
        await bot.meetdown.database.run(lambda session: session.execute(PROPOSALS.delete()) and None)


async def test_a_button_that_is_pressed_once_more_proposes_nothing_more(bot: RunningBot, anna: Person) -> None:
    await with_pattern(bot)
    card = await coming(anna, "Planning")
    assert (await anna.click(card, label=LABEL)).ok
    modal = await anna.wait_for_modal()
    assert (await anna.submit(modal)).ok
    await bot.settle()

    assert (await anna.click(card, label=LABEL)).ok
    assert "proposed for this series already" in words(anna.ephemerals[-1])
    assert anna.modal is None
    assert len(await proposals_of(bot)) == 1


async def test_it_is_offered_in_the_owners_language(bot: RunningBot, ben: Person) -> None:
    await with_pattern(bot, owner_id=COLLEAGUE)

    modal = await choose(ben, "Stel een ander ritme voor")

    assert violations(modal.payload, "modal") == []
    assert "Wat stel je voor?" in words(modal)
    assert "we keep them to 60 minutes" in letter(modal)
