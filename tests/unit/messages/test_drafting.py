"""The messages to clients: the rules that hold for every one; their whole texts are in test_draft_snapshots."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.decision import CallTerms, EmailTerms, ShorterTerms, WhoRings
from domain.words import Formality, Mode, Option, Reason
from messages import linter
from messages.drafting import draft
from messages.labels import REASONS
from tests.support.wording import (
    CONTACT,
    EXTREMES,
    LONDON,
    MEETING,
    NOW,
    SLOTS,
    TERMS,
    everywhere,
    facts,
)

OPTIONS = tuple(TERMS)
LANGUAGES = ("en", "nl")


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("slots", [(), SLOTS])
@pytest.mark.parametrize("formality", Formality)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("option", OPTIONS)
def test_no_draft_gives_the_linter_anything_to_mark(
    option: Option, language: str, formality: Formality, slots: tuple[datetime, ...], mode: Mode
) -> None:
    made = draft(option, facts(option, slots=slots, meeting=replace(MEETING, mode=mode)), language, formality)

    assert linter.findings(f"{made.subject}\n{made.body}", language) == ()


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_never_tells_a_reason(language: str, option: Option) -> None:
    made = draft(option, facts(option), language, Formality.FORMAL)

    told = f"{made.subject} {made.body}".lower()
    words = [reason.value for reason in Reason] + [label.lower() for label in REASONS.values()]
    words += ["ill,", "sick", "ziek", "busy", "druk", "emergency", "noodgeval"]
    assert [word for word in words if word in told] == []


def test_an_email_without_a_status_yet_has_no_gap_where_it_would_stand() -> None:
    terms = EmailTerms(status=" ", decisions_needed="", next_contact_on=date(2026, 11, 27))

    made = draft(Option.EMAIL, facts(Option.EMAIL, terms=terms), "en", Formality.FORMAL)

    assert made.body == (
        "Dear Sanne Jansen,\n\n"
        "Instead of our meeting “Website refresh” on Tuesday 24 November at 10:00, I suggest that we settle matters in "
        "writing for now.\n\n"
        "You will hear from me again by Friday 27 November at the latest.\n\n"
        "If you would rather speak to me sooner, please let me know and I will ring you.\n\n"
        "Kind regards,\nRobin Visser"
    )


def test_a_shorter_call_says_that_it_is_by_phone_and_who_rings() -> None:
    call = CallTerms(phone="+31201234567", who_rings=WhoRings.CONTACT)
    terms = ShorterTerms(minutes=30, to_writing=("Analytics",), call=call)

    made = draft(Option.SHORTER, facts(Option.SHORTER, terms=terms), "nl", Formality.INFORMAL)

    assert made.subject == "Website refresh, dinsdag 24 november: 30 minuten telefonisch?"
    assert made.body == (
        "Hoi Sanne,\n\n"
        "Zullen we onze afspraak “Website refresh” van dinsdag 24 november inkorten van 90 naar 30 minuten en "
        "telefonisch doen? We beginnen zoals afgesproken om 10:00 uur en zijn om 10:30 uur klaar.\n\n"
        "Deze punten stuur ik je schriftelijk:\n- Analytics\n\n"
        "Wil je mij om 10:00 uur bellen op mijn gebruikelijke nummer? Word je liever gebeld, laat het me dan weten: "
        "ik heb van jou het nummer +31 20 123 4567.\n\n"
        "Heb je liever de volle 90 minuten, laat het me dan weten: dan zoeken we een moment dat je uitkomt.\n\n"
        "Hartelijke groet,\nRobin Visser"
    )


@pytest.mark.parametrize(
    ("language", "formality", "greeting"),
    [
        ("en", Formality.FORMAL, "Dear Acme team,"),
        ("en", Formality.INFORMAL, "Hello Acme team,"),
        ("nl", Formality.FORMAL, "Geacht team van Acme,"),
        ("nl", Formality.INFORMAL, "Goedendag,"),
    ],
)
def test_without_a_contact_the_company_is_greeted_but_nobody_is_called_je_in_a_crowd(
    language: str, formality: Formality, greeting: str
) -> None:
    made = draft(Option.CALL, facts(Option.CALL, contact=None), language, formality)

    assert made.body.splitlines()[0] == greeting
    assert made.to == ()


def test_a_contact_as_the_address_book_has_it_is_greeted_as_a_person() -> None:
    made = draft(
        Option.CALL, facts(Option.CALL, contact=replace(CONTACT, name="Jansen, Sanne")), "nl", Formality.FORMAL
    )

    assert made.body.splitlines()[0] == "Beste Sanne Jansen,"


@pytest.mark.parametrize(
    ("language", "name", "greeting"),
    [
        ("en", "Ms Jansen", "Dear Ms Jansen,"),
        ("nl", "mevr. Jansen", "Geachte mevrouw Jansen,"),
        ("nl", "De heer De Vries", "Geachte heer De Vries,"),
        ("nl", "dhr. Bakker", "Geachte heer Bakker,"),
        ("nl", "Heerema", "Beste Heerema,"),
        ("nl", "dr. Jansen", "Beste dr. Jansen,"),
    ],
)
def test_a_name_with_its_form_of_address_is_greeted_by_it(language: str, name: str, greeting: str) -> None:
    made = draft(Option.CALL, facts(Option.CALL, contact=replace(CONTACT, name=name)), language, Formality.FORMAL)

    assert made.body.splitlines()[0] == greeting


def test_a_time_on_another_day_of_the_owners_is_told_with_its_day() -> None:
    slots = (datetime(2026, 11, 26, 22, tzinfo=UTC),)
    known = facts(Option.CALL, client_zone="Pacific/Auckland", slots=slots)

    assert "- Friday 27 November, 11:00 (Auckland time; Thursday 26 November, 23:00 in Amsterdam)" in (
        draft(Option.CALL, known, "en", Formality.FORMAL).body.splitlines()
    )
    assert "- vrijdag 27 november om 11:00 uur (tijd in Auckland; donderdag 26 november om 23:00 uur in Amsterdam)" in (
        draft(Option.CALL, known, "nl", Formality.FORMAL).body.splitlines()
    )


def test_an_owner_in_no_place_is_told_as_here() -> None:
    known = facts(Option.CALL, client_zone=LONDON, owner_zone="Etc/GMT-1", slots=SLOTS[:1])

    assert "- Thursday 26 November, 13:00 (London time; 14:00 here)" in (
        draft(Option.CALL, known, "en", Formality.FORMAL).body.splitlines()
    )


def test_a_contact_without_a_name_leaves_the_company_to_greet() -> None:
    made = draft(Option.CALL, facts(Option.CALL, contact=replace(CONTACT, name=" ")), "en", Formality.FORMAL)

    assert made.body.splitlines()[0] == "Dear Acme team,"
    assert made.to == ("sanne@acme.example",)


@pytest.mark.parametrize(("language", "greeting"), [("en", "Hello,"), ("nl", "Goedendag,")])
def test_without_anybody_known_the_greeting_is_plain(language: str, greeting: str) -> None:
    made = draft(Option.CALL, facts(Option.CALL, contact=None, client=None), language, Formality.FORMAL)

    assert made.body.splitlines()[0] == greeting


def test_a_meeting_without_a_title_is_our_meeting() -> None:
    made = draft(Option.CALL, facts(Option.CALL, meeting=replace(MEETING, title=" ")), "nl", Formality.FORMAL)

    assert made.subject == "Onze afspraak, dinsdag 24 november: deze keer telefonisch?"
    assert "onze afspraak van dinsdag 24 november" in made.body


def test_a_language_without_templates_is_written_in_english() -> None:
    made = draft(Option.CALL, facts(Option.CALL), "fr", Formality.FORMAL)

    assert (made.language, made.body.splitlines()[0]) == ("en", "Dear Sanne Jansen,")


def test_a_year_is_named_where_it_is_not_the_present_one() -> None:
    meeting = replace(
        MEETING, starts_at=datetime(2027, 1, 5, 9, tzinfo=UTC), ends_at=datetime(2027, 1, 5, 10, tzinfo=UTC)
    )

    made = draft(Option.CALL, facts(Option.CALL, meeting=meeting), "nl", Formality.FORMAL)

    assert made.subject == "Website refresh, dinsdag 5 januari 2027: deze keer telefonisch?"


def test_a_zone_with_the_same_time_of_day_is_not_named() -> None:
    made = draft(Option.CALL, facts(Option.CALL, client_zone="Europe/Brussels"), "en", Formality.FORMAL)

    assert "10:00 to 11:30." in made.body


def test_the_day_is_the_clients_where_midnight_lies_between() -> None:
    late = replace(
        MEETING, starts_at=datetime(2026, 11, 24, 22, tzinfo=UTC), ends_at=datetime(2026, 11, 24, 23, tzinfo=UTC)
    )

    made = draft(Option.CALL, facts(Option.CALL, meeting=late, client_zone="Asia/Tokyo"), "en", Formality.FORMAL)

    assert made.subject == "Website refresh, Wednesday 25 November: by phone this time?"
    assert "07:00 to 08:00 (Tokyo time)." in made.body


def test_a_shortened_meeting_across_the_end_of_summer_time_ends_after_its_minutes() -> None:
    night = replace(
        MEETING, starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ends_at=datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    )
    terms = ShorterTerms(minutes=60)

    made = draft(Option.SHORTER, facts(Option.SHORTER, meeting=night, terms=terms), "en", Formality.FORMAL)

    assert "start at 02:30 (GMT+02:00) as planned and finish at 02:30 (GMT+01:00)." in made.body


def test_a_zone_that_is_no_place_is_named_by_its_offset() -> None:
    made = draft(Option.CALL, facts(Option.CALL, client_zone="UTC"), "en", Formality.FORMAL)

    assert "09:00 to 10:30 (GMT+00:00)." in made.body


def test_a_shortened_meeting_into_the_gap_of_summer_time_skips_the_hour() -> None:
    night = replace(
        MEETING, starts_at=datetime(2027, 3, 28, 0, 30, tzinfo=UTC), ends_at=datetime(2027, 3, 28, 2, 30, tzinfo=UTC)
    )
    terms = ShorterTerms(minutes=60)

    made = draft(Option.SHORTER, facts(Option.SHORTER, meeting=night, terms=terms), "en", Formality.FORMAL)

    assert "start at 01:30 as planned and finish at 03:30." in made.body


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("first_contact", [True, False])
@pytest.mark.parametrize("formality", Formality)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("option", OPTIONS)
def test_whatever_was_typed_the_draft_fits_its_field(
    option: Option, language: str, formality: Formality, first_contact: bool, text: str
) -> None:
    meeting, client, contact = everywhere(text)
    terms = {
        **TERMS,
        Option.CALL: CallTerms(phone=text[:40], who_rings=WhoRings.CONTACT, pre_read=(text,) * 20),
        Option.SHORTER: ShorterTerms(
            minutes=30,
            stays=(text,) * 20,
            to_writing=(text,) * 20,
            pre_read=(text,) * 20,
            call=CallTerms(phone=text[:40], who_rings=WhoRings.CONTACT),
        ),
        Option.EMAIL: EmailTerms(
            status=text, decisions_needed=text, next_contact_on=date(2026, 11, 27), call_on=date(2026, 11, 26)
        ),
    }[option]
    known = facts(
        option,
        meeting=meeting,
        client=client,
        contact=contact,
        terms=terms,
        slots=SLOTS * 3,
        delegate_name=text,
        client_zone=LONDON,
    )

    made = draft(option, known, language, formality, first_contact=first_contact)

    assert len(made.subject) <= 200
    assert "\n" not in made.subject
    assert len(made.body) <= 3000
    assert made.body.endswith("\nRobin Visser")
    assert "\n\n\n" not in made.body


def test_what_a_modal_lets_through_is_not_cut() -> None:
    status, decisions = "s" * 1250, "d" * 700

    made = draft(
        Option.EMAIL,
        facts(
            Option.EMAIL,
            terms=EmailTerms(status=status, decisions_needed=decisions, next_contact_on=date(2026, 11, 27)),
            slots=SLOTS,
        ),
        "nl",
        Formality.FORMAL,
    )

    assert status in made.body
    assert decisions in made.body
    assert len(made.body) <= 3000


def test_braces_of_a_title_are_text_and_no_template() -> None:
    meeting = replace(MEETING, title="{{ 7 * 7 }} {% raw %} {name}")

    made = draft(Option.CALL, facts(Option.CALL, meeting=meeting), "en", Formality.FORMAL)

    assert made.subject.startswith("{{ 7 * 7 }} {% raw %} {name}, ")


def test_facts_refuse_a_naive_moment() -> None:
    with pytest.raises(ValueError, match="now"):
        facts(Option.CALL, now=NOW.replace(tzinfo=None))


def test_only_three_slots_are_offered() -> None:
    many = tuple(SLOTS[0] + timedelta(days=number) for number in range(6))

    made = draft(Option.CALL, facts(Option.CALL, slots=many), "en", Formality.FORMAL)

    assert made.body.count("\n- ") == 3
