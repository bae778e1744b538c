from dataclasses import replace
from datetime import UTC, date, datetime

from domain.client import Client, Contact
from domain.merging import merged
from domain.words import Formality, Tier

NOW = datetime(2026, 3, 10, tzinfo=UTC)
ONE = Client(id="one", team_id="T", name="Acme", tier=Tier.C, domains=("a.example",), glad_to_write=True)
OTHER = Client(
    id="two",
    team_id="T",
    name="Acme Ltd",
    tier=Tier.B,
    revenue=5.0,
    revenue_share=0.1,
    domains=("b.example", "a.example"),
    formality=Formality.INFORMAL,
    time_zone="Europe/London",
    lead_id="U2",
    renewal_on=date(2026, 5, 1),
    open_complaint=True,
    notes=" Two ",
    tier_reviewed_at=NOW,
    crm="hubspot",
    crm_id="7",
)


def test_what_only_one_of_them_says_counts() -> None:
    assert merged(ONE, OTHER, "Acme Ltd") == replace(
        OTHER, id="one", domains=("a.example", "b.example"), notes="Two", tier_reviewed_at=None
    )


def test_where_both_say_something_the_careful_answer_counts_and_else_that_of_the_one_that_stays() -> None:
    kept = replace(OTHER, id="one", revenue=9.0, renewal_on=date(2026, 9, 1), lead_id="U1", open_complaint=False)

    found = merged(kept, OTHER, "Acme")

    assert (found.revenue, found.renewal_on, found.lead_id, found.open_complaint, found.notes) == (
        9.0,
        date(2026, 5, 1),
        "U1",
        True,
        "Two",
    )


def test_people_are_there_once_with_what_either_knows_of_them() -> None:
    sanne = Contact(id="s", client_id="one", name="Sanne", email="s@a.example")
    double = Contact(id="d", client_id="two", name="S. Jansen", email="s@a.example", phone="+31207940800")
    nameless = Contact(id="n", client_id="two", name="Reception")

    found = merged(replace(ONE, contacts=(sanne,)), replace(OTHER, contacts=(double, nameless)), "Acme")

    assert found.contacts == (replace(sanne, phone="+31207940800"), replace(nameless, client_id="one"))


def test_one_of_the_two_leads_stays_whole() -> None:
    by_id = replace(ONE, lead_id="U1", lead_email="")
    by_address = replace(ONE, id="other", lead_id=None, lead_email="ben@meetdown.example")

    made = [merged(*pair, "Acme") for pair in ((by_id, by_address), (by_address, by_id), (by_address, ONE))]

    expected = [("U1", ""), ("U1", ""), (None, "ben@meetdown.example")]
    assert [(one.lead_id, one.lead_email) for one in made] == expected
