from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.words import Candidate, fold, match

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""A Monday morning."""


def meeting(name: str, at: str, *texts: str) -> Candidate:
    return Candidate(id=name, texts=texts, starts_at=datetime.fromisoformat(at).replace(tzinfo=AMSTERDAM))


MEETINGS = (
    meeting("status", "2026-11-24T15:00", "Acme Holding BV", "Weekly status", "Jane Doe"),
    meeting("review", "2026-11-26T10:00", "Acme Holding BV", "Quarterly review", "Jane Doe"),
    meeting("kickoff", "2026-11-24T10:00", "Bluebird", "Kick-off", "Noor de Wit"),
    meeting("offer", "2026-11-25T14:00", "Müller & Zonen", "Offerte", "Günther Müller"),
    meeting("energy", "2026-11-27T09:00", "Łódź Energie", "Jaarplan", "Óscar Ibáñez"),
)


def meant(words: str, locale: str = "en") -> tuple[str, ...]:
    return match(words, MEETINGS, now=NOW, zone=AMSTERDAM, locale=locale)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bluebird", "kickoff"),
        ("BLUEBIRD", "kickoff"),
        ("blue bird", "kickoff"),
        ("blu", "kickoff"),
        ("bluebrd", "kickoff"),
        ("bleubird", "kickoff"),
        ("muller", "offer"),
        ("Müller en zonen", "offer"),
        ("gunther", "offer"),
        ("lodz", "energy"),
        ("Oscar", "energy"),
        ("noor de wit", "kickoff"),
        ("kick-off", "kickoff"),
        ("acme review", "review"),
        ("quarterly", "review"),
    ],
)
def test_a_name_a_title_or_a_contact_names_one_meeting_in_spite_of_case_accents_and_typos(
    words: str, expected: str
) -> None:
    assert meant(words) == (expected,)


@pytest.mark.parametrize("words", ["acme", "Acme BV", "amce", "acm", "jane", "<!channel> acme", "acme xylophone"])
def test_a_name_that_fits_several_meetings_gives_them_all_earliest_first(words: str) -> None:
    assert meant(words) == ("status", "review")


@pytest.mark.parametrize(
    ("words", "locale", "expected"),
    [
        ("acme at 3", "en", ("status",)),
        ("acme 15:00", "en", ("status",)),
        ("acme 3pm", "en", ("status",)),
        ("acme tomorrow", "en", ("status",)),
        ("acme thursday", "en", ("review",)),
        ("acme 26 nov", "en", ("review",)),
        ("acme morgen", "nl", ("status",)),
        ("acme do 10 uur", "nl", ("review",)),
        ("tomorrow", "en", ("kickoff", "status")),
        ("at 3", "en", ("status",)),
        ("om drie uur", "nl", ("status",)),
        ("10u", "nl", ("kickoff", "review")),
        ("saturday", "en", ()),
    ],
)
def test_days_and_times_narrow_the_choice(words: str, locale: str, expected: tuple[str, ...]) -> None:
    assert meant(words, locale) == expected


def test_a_time_that_fits_nothing_leaves_the_choice_to_the_name() -> None:
    assert meant("acme at 4") == ("status", "review")


@pytest.mark.parametrize(
    ("words", "locale", "expected"),
    [
        ("can't make Acme at 3", "en", ("status",)),
        ("I can’t make it to the Acme meeting tomorrow, sorry!", "en", ("status",)),
        ("Sorry, I'm ill and won't be able to attend Bluebird", "en", ("kickoff",)),
        ("I'm ill, can't make the 3pm", "en", ("status",)),
        ("Ik red Acme morgen niet", "nl", ("status",)),
        ("ik kan donderdag niet bij acme, mijn zoon moet naar de dokter", "nl", ("review",)),
        ("Ik ben ziek, ik haal morgen niet", "nl", ("kickoff", "status")),
    ],
)
def test_a_sentence_is_read_for_the_names_and_times_in_it(words: str, locale: str, expected: tuple[str, ...]) -> None:
    assert meant(words, locale) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "xyzzy",
        "zebra tomorrow",
        "payload",
        "the",
        "can't make it",
        "🙂",
        "<!channel>",
        "<@U123>",
        "{{7*7}}",
        "a",
        "שלום",
        "my dog ate the homework",
        "x" * 10_000,
        "acm3000plus",
    ],
)
def test_nonsense_means_nothing(words: str) -> None:
    assert meant(words) == ()


@pytest.mark.parametrize("name", ["Today", "The Meeting Company", "Help", "X", "3pm", "Next BV", "日本", "...Acme..."])
def test_a_client_is_found_by_its_full_name_even_where_it_is_made_of_common_words(name: str) -> None:
    clients = (Candidate(id="odd", texts=(name,)), Candidate(id="other", texts=("Company of Meetings",)))

    assert match(name.lower(), clients, now=NOW, zone=AMSTERDAM) == ("odd",)


def test_a_client_without_a_time_is_found_beside_time_words() -> None:
    assert match("acme tomorrow", [Candidate(id="C1", texts=("Acme",))], now=NOW, zone=AMSTERDAM) == ("C1",)


def test_slacks_links_are_read_by_their_text() -> None:
    assert meant("<http://bluebird.example|bluebird.example>") == ("kickoff",)


def test_folding_takes_case_accents_and_punctuation_away() -> None:
    assert fold("  Łódź & Söhne-GmbH’s  STRAßE ") == "lodz sohne gmbhs strasse"


names = st.text("abcdefghijklmnopqrstuvwxyzäöüéß -&", min_size=1, max_size=20).filter(fold)
candidates = st.lists(st.tuples(names, names), max_size=6).map(
    lambda pairs: tuple(
        Candidate(id=str(i), texts=pair, starts_at=NOW + timedelta(days=i)) for i, pair in enumerate(pairs)
    )
)


@given(st.text(), candidates)
def test_no_words_make_matching_raise_and_it_gives_only_ids_it_was_given(
    words: str, given_candidates: tuple[Candidate, ...]
) -> None:
    found = match(words, given_candidates, now=NOW, zone=AMSTERDAM, locale="nl")

    assert set(found) <= {candidate.id for candidate in given_candidates}
    assert len(found) == len(set(found))


@given(names, candidates)
def test_a_full_name_always_finds_what_has_it(name: str, others: tuple[Candidate, ...]) -> None:
    sought = Candidate(id="sought", texts=(name, "Status"), starts_at=NOW)

    assert "sought" in match(name.upper(), (*others, sought), now=NOW, zone=AMSTERDAM)


def test_fifty_meetings_are_searched_in_a_millisecond_or_so() -> None:
    fifty = [
        meeting(f"m{i}", f"2026-12-{i % 28 + 1:02}T10:00", f"Client{i} Industries", f"Budget {i}", "Jan Jansen")
        for i in range(50)
    ]
    match("client17", fifty, now=NOW, zone=AMSTERDAM)

    started = perf_counter()
    for _ in range(20):
        match("can't make client17 at 3", fifty, now=NOW, zone=AMSTERDAM)

    assert (perf_counter() - started) / 20 < 0.005
