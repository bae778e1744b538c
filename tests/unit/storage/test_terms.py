"""Nested values survive being written as JSON."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from domain.brief import CheckItem, Section
from domain.decision import (
    CallTerms,
    Draft,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    Override,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.free_time import BusyTimes, Span
from domain.meeting import Attendee, Response
from domain.words import Verdict
from storage import terms

T = TypeVar("T")

texts = st.text(max_size=20)
points = st.lists(texts, max_size=3).map(tuple)
calls = st.builds(
    CallTerms, phone=texts, who_rings=st.sampled_from(WhoRings), contact_id=st.none() | texts, pre_read=points
)
any_terms: st.SearchStrategy[Terms] = st.one_of(
    calls,
    st.builds(
        ShorterTerms,
        minutes=st.integers(15, 600),
        stays=points,
        to_writing=points,
        pre_read=points,
        call=st.none() | calls,
    ),
    st.builds(
        EmailTerms,
        status=texts,
        decisions_needed=texts,
        next_contact_on=st.dates(),
        serious=st.booleans(),
        call_on=st.none() | st.dates(),
    ),
    st.builds(HandoffTerms, delegate_id=texts, brief_id=texts),
    st.just(KeepTerms()),
)
moments = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
busy_times = st.builds(
    BusyTimes,
    until=moments,
    spans=st.lists(st.builds(Span, starts_at=moments, ends_at=moments), max_size=3).map(tuple),
)
attendees = st.builds(Attendee, email=texts, name=texts, response=st.sampled_from(Response), phone=texts)


def through_json(stored: Any) -> Any:
    return json.loads(json.dumps(stored))


@given(busy_times)
def test_busy_times_come_back_as_they_were(value: BusyTimes) -> None:
    assert terms.decode_busy(through_json(terms.encode_busy(value))) == value


def test_terms_from_before_anything_was_to_be_read_are_read() -> None:
    call = {"option": "call", "phone": "+31201234567", "who_rings": "owner", "contact_id": None}
    shorter = {"option": "shorter", "minutes": 30, "stays": ["a"], "to_writing": [], "call": None}

    assert terms.decode_terms(call) == CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER)
    assert terms.decode_terms(shorter) == ShorterTerms(minutes=30, stays=("a",))


@given(any_terms)
def test_terms_come_back_as_they_were(value: Terms) -> None:
    assert terms.decode_terms(through_json(terms.encode_terms(value))) == value


@given(any_terms)
def test_every_field_of_the_terms_is_written(value: Terms) -> None:
    assert {field.name for field in fields(value)} == terms.encode_terms(value).keys() - {"option"}


@given(st.builds(Draft, language=texts, subject=texts, body=texts, to=st.lists(texts, max_size=3).map(tuple)))
def test_drafts_come_back_as_they_were(value: Draft) -> None:
    assert terms.decode_draft(through_json(terms.encode_draft(value))) == value


@given(st.builds(Override, verdict=st.sampled_from(Verdict), note=texts))
def test_overrides_come_back_as_they_were(value: Override) -> None:
    assert terms.decode_override(through_json(terms.encode_override(value))) == value


@given(st.lists(attendees, max_size=3).map(tuple))
def test_attendees_come_back_as_they_were(value: tuple[Attendee, ...]) -> None:
    assert terms.decode_attendees(through_json(terms.encode_attendees(value))) == value


@given(st.dictionaries(st.sampled_from(Section), texts))
def test_sections_come_back_as_they_were(value: dict[Section, str]) -> None:
    assert terms.decode_sections(through_json(terms.encode_sections(value))) == value


@given(st.frozensets(st.sampled_from(CheckItem)))
def test_ticks_come_back_as_they_were_and_equal_ticks_are_equal_text(value: frozenset[CheckItem]) -> None:
    stored = terms.encode_ticked(value)

    assert terms.decode_ticked(through_json(stored)) == value
    assert stored == terms.encode_ticked(frozenset(reversed(list(value))))
