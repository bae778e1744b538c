"""One meeting of a made-up agency, in pieces, for the tests of what people read; and Slack's checks."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import Block as SlackBlock

from domain.assessment import Facts, assess, requirement
from domain.brief import Brief, Section
from domain.client import Client, Contact
from domain.decision import (
    CallTerms,
    Draft,
    EmailTerms,
    HandoffTerms,
    KeepTerms,
    ShorterTerms,
    Terms,
    WhoRings,
)
from domain.meeting import Attendee, Meeting, Response, Source
from domain.member import Member
from domain.overview import Overview
from domain.policy import Policy
from domain.words import Option, Reason, Tier
from messages.blocks import Message
from messages.drafting import DraftFacts
from messages.option_page import OptionPage
from playground.limits import Surface, violations

AMSTERDAM = "Europe/Amsterdam"
LONDON = "Europe/London"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""A Friday."""
STARTS = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""A Tuesday, 10:00 in Amsterdam."""
SLOTS = (datetime(2026, 11, 26, 13, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC))

MEETING = Meeting(
    id="meeting-1",
    team_id="T1",
    owner_id="U1",
    client_id="client-1",
    source=Source.FEED,
    title="Website refresh",
    description="Agenda:\n- Launch date\n- Budget\n- Analytics",
    location="Acme, Keizersgracht 1",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=90),
    attendees=(
        Attendee(email="sanne@acme.example", name="Sanne Jansen", response=Response.ACCEPTED),
        Attendee(email="robin@bright.example", name="Robin Visser", response=Response.ACCEPTED),
    ),
)
CONTACT = Contact(
    id="contact-1", client_id="client-1", name="Sanne Jansen", email="sanne@acme.example", phone="+31201234567"
)
CLIENT = Client(id="client-1", team_id="T1", name="Acme", tier=Tier.B, domains=("acme.example",), contacts=(CONTACT,))
OWNER = Member(team_id="T1", user_id="U1", name="Robin Visser", email="robin@bright.example", time_zone=AMSTERDAM)
DELEGATE = Member(team_id="T1", user_id="U2", name="Noor de Wit", email="noor@bright.example", time_zone=LONDON)

TERMS: Mapping[Option, Terms] = {
    Option.CALL: CallTerms(phone="+31201234567", who_rings=WhoRings.OWNER, contact_id="contact-1"),
    Option.SHORTER: ShorterTerms(minutes=30, stays=("Launch date", "Budget"), to_writing=("Analytics",)),
    Option.EMAIL: EmailTerms(
        status="The pages are built.",
        decisions_needed="Which photo goes on the home page?",
        next_contact_on=date(2026, 11, 27),
        serious=True,
        call_on=date(2026, 11, 25),
    ),
    Option.HANDOFF: HandoffTerms(delegate_id="U2", brief_id="brief-1"),
    Option.KEEP: KeepTerms(),
}

EXTREMES: tuple[str, ...] = (
    "",
    "x" * 10_000,
    "word " * 2_000,
    "🧑‍🚀" * 3_000,
    "\u202eשלום עולם " * 500,
    "<!channel> @here <@U1|a> #general",
    "<script>alert(1)</script>",
    "&" * 3_000,
    "```\n*_~ {name} {{ name }} ` :tada:",
    "\n\n\n",
)


def facts(option: Option, **changes: Any) -> DraftFacts:
    return replace(
        DraftFacts(
            meeting=MEETING,
            client=CLIENT,
            contact=CONTACT,
            owner_name="Robin Visser",
            owner_zone=AMSTERDAM,
            delegate_name="Noor de Wit" if option is Option.HANDOFF else "",
            terms=TERMS[option],
            now=NOW,
        ),
        **changes,
    )


def page(
    option: Option, *, reason: Reason = Reason.WORKLOAD, until: timedelta = timedelta(days=4), **changes: Any
) -> OptionPage:
    """The modal as it opens, with the judgement that the facts give."""
    assessment = assess(Facts(tier=changes.get("client", CLIENT).tier, reason=reason, until=until), Policy())
    made = OptionPage(
        form_id="form-1",
        option=option,
        meeting=MEETING,
        client=CLIENT,
        contact=CONTACT,
        zone=AMSTERDAM,
        now=NOW,
        reason=reason,
        assessment=assessment,
        needs=requirement(assessment.for_option(option).verdict),
        draft=Draft(language="en", subject="A subject", body="A message.", to=("sanne@acme.example",)),
        stays=("Launch date", "Budget"),
        to_writing=("Analytics",),
        phone="+31201234567",
    )
    return replace(made, **changes)


def brief(**changes: Any) -> Brief:
    sections = {
        Section.WHY_YOU: "You built the pages, so you know them best.",
        Section.CLIENT: "Acme sells garden tools.\nWe built their website in 2024.\nThey are happy with us.",
        Section.WHO: "- Sanne Jansen, marketing, on our side",
        Section.GOAL: "Agree on the launch date. Good: a date, in writing.",
        Section.AGENDA: "- Launch date (20 min)\n- Budget (10 min)",
        Section.OPEN_POINTS: "- Photos: Sanne, by 1 December",
        Section.FIGURES: "Spent: 60 % of the budget (20 November)",
        Section.QUESTIONS: "Can it be earlier? Not before 7 December.",
        Section.AUTHORITY: "Decide within these limits: the date may move by a week.",
        Section.DO_NOT_PROMISE: "No discount.",
        Section.NEXT_STEPS: "Robin sends the plan on Friday.",
        Section.REACH_OWNER: "By message in Slack, after 14:00.",
    }
    return replace(Brief(id="brief-1", decision_id="d-1", team_id="T1", delegate_id="U2", sections=sections), **changes)


def overview(**changes: Any) -> Overview:
    known = Facts(tier=CLIENT.tier)
    made = Overview(
        meeting=MEETING,
        client=CLIENT,
        contact=CONTACT,
        owner=OWNER,
        facts=known,
        assessment=assess(known, Policy()),
        policy=Policy(),
        delegate=DELEGATE,
    )
    return replace(made, **changes)


def everywhere(text: str) -> tuple[Meeting, Client, Contact]:
    """The meeting, its client and the contact with `text` in every field that a person can fill."""
    contact = replace(CONTACT, name=text, email=text, phone=text)
    meeting = replace(
        MEETING,
        title=text,
        description="- " + text,
        location=text,
        online_url=text,
        attendees=(Attendee(email=text, name=text),) * 30,
    )
    return meeting, replace(CLIENT, name=text, notes=text, domains=(text,), contacts=(contact,)), contact


def assert_slack_takes(item: Message | dict[str, Any], surface: Surface) -> None:
    """Neither our walker nor Slack's own library finds anything to refuse, and no id stands twice."""
    payload: dict[str, Any] = {"text": item.text, "blocks": item.blocks} if isinstance(item, Message) else item
    assert violations(payload, surface) == []
    parts: list[dict[str, Any]] = payload["blocks"]
    for raw in parts:
        parsed = SlackBlock.parse(json.loads(json.dumps(raw)))
        assert parsed is not None
        assert parsed.to_dict()["type"] == raw["type"]
    ids = [raw["block_id"] for raw in parts if "block_id" in raw]
    assert len(ids) == len(set(ids))


def texts(value: object) -> str:
    """Every text in a payload, one a line."""
    if isinstance(value, Message):
        return "\n".join([value.text, texts(value.blocks)])
    if isinstance(value, dict):
        own = [item for key, item in value.items() if key in {"text", "initial_value"} and isinstance(item, str)]
        return "\n".join([*own, *(texts(item) for item in value.values() if isinstance(item, dict | list))])
    if isinstance(value, list):
        return "\n".join(texts(item) for item in value)
    return ""
