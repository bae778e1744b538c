"""The worked cases, further: what the client reads of the answer that is recommended, as a director wrote it down.

All of them are about one meeting of the tests' agency (tests/support/wording.py), on Tuesday 24 November at 10:00.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.around import Around
from domain.decision import CallTerms, EmailTerms, HandoffTerms, ShorterTerms, Terms, WhoRings
from domain.overview import Overview
from domain.words import Formality, Mode, Option
from messages import linter
from messages.from_overview import draft_of, script_of
from tests.support.cases import WORKED, Worked
from tests.support.wording import CLIENT, MEETING, STARTS, overview

SLOTS = (datetime(2026, 11, 26, 13, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC))
WRITTEN = [case for case in WORKED if case.draft is not None]


def told(case: Worked) -> dict[str, Any]:
    assert case.draft is not None
    return case.draft


def option_of(case: Worked) -> Option:
    return Option(case.expected["recommended"])


def overview_of(case: Worked) -> Overview:
    known = case.case["meeting"]
    meeting = replace(
        MEETING,
        title=known["title"],
        mode=Mode(known.get("mode", "on_site")),
        description="",
        ends_at=STARTS + timedelta(minutes=known.get("minutes", 60)),
    )
    client = replace(CLIENT, language=case.language, formality=Formality(told(case)["formality"]))
    return overview(meeting=meeting, client=client)


def terms_of(case: Worked) -> Terms:
    given: dict[str, Any] = dict(told(case).get("terms", {}))
    if option_of(case) is Option.HANDOFF:
        return HandoffTerms(delegate_id="U2", brief_id="brief-1")
    if option_of(case) is Option.EMAIL:
        return EmailTerms(**{**given, "next_contact_on": date.fromisoformat(given["next_contact_on"])})
    lists = {name: tuple(given.get(name, ())) for name in ("stays", "to_writing", "pre_read")}
    call = given.get("call")
    by_phone = CallTerms(phone=call["phone"], who_rings=WhoRings(call["who_rings"])) if call else None
    return ShorterTerms(minutes=given["minutes"], call=by_phone, **lists)


def before(case: Worked) -> datetime:
    return STARTS - timedelta(hours=case.case["meeting"]["hours_until"])


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: f"{case.language}: {case.story[:60]}")
def test_the_client_reads_what_a_director_would_have_written(case: Worked) -> None:
    around = Around(
        first_contact=told(case)["first_contact"],
        slots=SLOTS if told(case)["slots"] else (),
        proposal_by=None if told(case)["slots"] else date(2026, 11, 25),
    )

    made = draft_of(
        overview_of(case), option_of(case), terms_of(case), before(case), delegate_name="Noor de Wit", around=around
    )

    assert (made.subject, made.language) == (told(case)["subject"], case.language)
    assert [piece for piece in told(case).get("says", ()) if piece not in made.body] == []
    if "body" in told(case):
        assert made.body.splitlines() == told(case)["body"]
    assert linter.findings(made.body, made.language) == ()


@pytest.mark.parametrize(
    "case",
    [case for case in WRITTEN if "phone" in told(case)],
    ids=lambda case: f"{case.language}: {case.story[:60]}",
)
def test_the_client_hears_what_a_director_would_have_said(case: Worked) -> None:
    said = script_of(overview_of(case), option_of(case), before(case)).spoken

    assert [piece for piece in told(case)["phone"] if piece not in said] == []


def test_each_case_has_its_draft_and_where_ringing_comes_first_its_words() -> None:
    assert {option_of(case) for case in WORKED if case.draft is None} == {Option.KEEP}
    assert all(case.draft is None for case in WORKED if option_of(case) is Option.KEEP)
    assert all("phone" in told(case) for case in WRITTEN if case.expected["ring_first"])
    assert all("body" in told(case) or told(case)["says"] for case in WRITTEN)
    assert {(case.language, told(case)["formality"], told(case)["first_contact"]) for case in WRITTEN} >= {
        (language, formality, first)
        for language in ("en", "nl")
        for formality, first in [("formal", True), ("formal", False), ("informal", False)]
    }
