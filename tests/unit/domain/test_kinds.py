import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kinds import guess_kind
from domain.meeting import Attendee
from domain.words import MeetingKind

K = MeetingKind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Kick-off new webshop", K.KICKOFF),
        ("KICKOFF", K.KICKOFF),
        ("Kick off: phase 2", K.KICKOFF),
        ("Aftrap project Noord", K.KICKOFF),
        ("Projectaftrap", K.KICKOFF),
        ("Startbijeenkomst migratie", K.KICKOFF),
        ("Acme QBR", K.QUARTERLY_REVIEW),
        ("Quarterly business review", K.QUARTERLY_REVIEW),
        ("Q3 review", K.QUARTERLY_REVIEW),
        ("Q4 2026 business review", K.QUARTERLY_REVIEW),
        ("Evaluatie Q2", K.QUARTERLY_REVIEW),
        ("Kwartaalreview met Acme", K.QUARTERLY_REVIEW),
        ("kwartaal-overleg", K.QUARTERLY_REVIEW),
        ("Contract renewal 2027", K.RENEWAL),
        ("Renewal of the contract", K.RENEWAL),
        ("Contractverlenging", K.RENEWAL),
        ("Verlenging van het contract", K.RENEWAL),
        ("Klacht levering", K.COMPLAINT),
        ("Klachtgesprek", K.COMPLAINT),
        ("Complaint about the contract", K.COMPLAINT),
        ("Escalation call", K.COMPLAINT),
        ("Escalatie: storing", K.COMPLAINT),
        ("Pricing", K.PRICING_OR_LEGAL),
        ("Price increase January", K.PRICING_OR_LEGAL),
        ("Prijsafspraken", K.PRICING_OR_LEGAL),
        ("Offertebespreking", K.PRICING_OR_LEGAL),
        ("Tarieven 2027", K.PRICING_OR_LEGAL),
        ("Contract", K.PRICING_OR_LEGAL),
        ("Legal: NDA", K.PRICING_OR_LEGAL),
        ("Juridisch overleg", K.PRICING_OR_LEGAL),
        ("Urgent: outage", K.URGENT),
        ("Spoedoverleg", K.URGENT),
        ("SPOED!!!", K.URGENT),
        ("Dringend: levering", K.URGENT),
        ("Kennismaking", K.FIRST_MEETING),
        ("Kennismakingsgesprek Jansen", K.FIRST_MEETING),
        ("Intro Acme <> Meetwell", K.FIRST_MEETING),
        ("Introduction new team", K.FIRST_MEETING),
        ("Eerste gesprek", K.FIRST_MEETING),
    ],
)
def test_the_title_says_what_a_meeting_is_for(title: str, kind: MeetingKind) -> None:
    assert guess_kind(title, meetings_before=12) is kind


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Weekly",
        "Wekelijks overleg",
        "Contractor sync",
        "Introspection on the roadmap",
        "Priceless moments",
        "Renewable energy update",
        "Spoedig herstel Jan",
        "Legality of things",
        "Q3 planning",
        "Prijsuitreiking",
        "Not urgent: plants",
        "Niet-urgent overleg",
        "Non-urgent check-in",
        "Geen klachten meer, koffie",
        "🎉🎉🎉",
    ],
)
def test_a_word_inside_another_or_denied_is_no_evidence(title: str) -> None:
    assert guess_kind(title, meetings_before=12) is K.ORDINARY


@pytest.mark.parametrize(
    "title", ["Prícing", "PRICING", "pricing", "ｐｒｉｃｉｎｇ", "  (pricing)  ", "re:pricing/terms"]
)
def test_accents_case_width_and_punctuation_do_not_matter(title: str) -> None:
    assert guess_kind(title) is K.PRICING_OR_LEGAL


def test_the_longest_evidence_wins_and_the_order_of_kinds_breaks_a_tie() -> None:
    assert guess_kind("Legal and escalation") is K.COMPLAINT
    assert guess_kind("Urgent contract renewal") is K.RENEWAL
    assert guess_kind("klacht urgent") is guess_kind("urgent klacht") is K.COMPLAINT


def test_without_earlier_meetings_it_is_a_first_meeting_unless_the_title_knows_better() -> None:
    assert guess_kind("Coffee", meetings_before=0) is K.FIRST_MEETING
    assert guess_kind("Kickoff", meetings_before=0) is K.KICKOFF
    assert guess_kind("Coffee", meetings_before=1) is K.ORDINARY


def test_an_unknown_history_says_nothing() -> None:
    assert guess_kind("Coffee", meetings_before=None) is K.ORDINARY


@pytest.mark.parametrize(
    ("attendee", "kind"),
    [
        (Attendee(email="legal@acme.example"), K.PRICING_OR_LEGAL),
        (Attendee(email="afdeling-inkoop@acme.example"), K.PRICING_OR_LEGAL),
        (Attendee(email="jo@acme.example", name="Jo Peters (Procurement)"), K.PRICING_OR_LEGAL),
        (Attendee(email="klachten@acme.example"), K.COMPLAINT),
        (Attendee(email="jo@legal.example", name="Jo Peters"), K.ORDINARY),
        (Attendee(email="bill.price@acme.example", name="Bill Price"), K.ORDINARY),
    ],
)
def test_the_roles_of_those_invited_say_it_where_the_title_does_not(attendee: Attendee, kind: MeetingKind) -> None:
    assert guess_kind("Meeting", meetings_before=3, attendees=[attendee]) is kind
    assert guess_kind("Kickoff", meetings_before=3, attendees=[attendee]) is K.KICKOFF


def test_the_clients_own_name_is_no_evidence() -> None:
    assert guess_kind("Weekly Acme Legal", client_name="Acme Legal", meetings_before=3) is K.ORDINARY
    assert guess_kind("Weekly Acme Legal, legal terms", client_name="Acme Legal") is K.PRICING_OR_LEGAL
    assert guess_kind("Weekly Acme Legal", client_name="") is K.PRICING_OR_LEGAL


@settings(deadline=None)
@given(title=st.text(), before=st.none() | st.integers(), name=st.text(max_size=20))
def test_there_is_a_kind_for_any_title(title: str, before: int | None, name: str) -> None:
    assert guess_kind(title, meetings_before=before, client_name=name) in MeetingKind


@settings(deadline=None)
@given(
    prefix=st.text(alphabet="abcxyz", min_size=1, max_size=5), suffix=st.text(alphabet="xyz", min_size=1, max_size=5)
)
def test_letters_glued_to_a_word_take_its_evidence_away(prefix: str, suffix: str) -> None:
    assert guess_kind(f"{prefix}urgent") is guess_kind(f"urgent{suffix}") is K.ORDINARY


def test_a_very_long_title_is_read_only_at_its_beginning() -> None:
    assert guess_kind("x " * 5_000 + "urgent") is K.ORDINARY
    assert guess_kind("urgent " + "x " * 5_000) is K.URGENT
