from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.client import Client
from domain.crm import Account, Alignment, Crm, Left, Trouble, align
from domain.words import Tier

ACME = Client(
    id="acme",
    team_id="T1",
    name="Acme",
    tier=Tier.A,
    domains=("acme.example",),
    notes="Likes trains.",
    lead_id="U1",
    lead_email="anna@agency.example",
)
GLOBEX = Client(id="globex", team_id="T1", name="Globex", tier=Tier.B, domains=("globex.example",))
ACCOUNT = Account(
    id="1",
    name="Acme Retail",
    domains=("acme.example", "acme-group.example"),
    revenue=100.0,
    owner_email="ben@agency.example",
    renewal_on=date(2027, 3, 31),
)
LEADS = {"anna@agency.example": "U1", "ben@agency.example": "U2"}


def laid_beside(accounts: list[Account], clients: list[Client]) -> Alignment:
    ids = {account.id: f"new-{account.id}" for account in accounts}
    return align(accounts, clients, crm=Crm.HUBSPOT, team_id="T1", leads=LEADS, new_ids=ids)


def test_a_client_is_found_by_its_domain_and_follows_in_what_the_system_leads_in() -> None:
    found = laid_beside([ACCOUNT], [ACME, GLOBEX])

    followed = replace(
        ACME,
        name="Acme Retail",
        domains=("acme.example", "acme-group.example"),
        revenue=100.0,
        lead_id="U2",
        lead_email="ben@agency.example",
        renewal_on=date(2027, 3, 31),
        crm="hubspot",
        crm_id="1",
    )
    assert found == Alignment(changed=(followed,))


def test_a_client_is_found_by_its_name_in_whatever_case() -> None:
    found = laid_beside([Account(id="2", name="GLOBEX")], [ACME, GLOBEX])

    assert found == Alignment(changed=(replace(GLOBEX, name="GLOBEX", crm="hubspot", crm_id="2"),))


def test_what_the_system_does_not_say_stays() -> None:
    known = replace(ACME, crm="hubspot", crm_id="1", revenue=5.0, renewal_on=date(2027, 1, 1))

    assert laid_beside([Account(id="1", name="")], [known]) == Alignment(unchanged=1)


def test_a_client_that_nobody_knows_is_new_with_tier_c() -> None:
    found = laid_beside([replace(ACCOUNT, owner_email="nobody@agency.example")], [GLOBEX])

    new = Client(
        id="new-1",
        team_id="T1",
        name="Acme Retail",
        tier=Tier.C,
        domains=("acme.example", "acme-group.example"),
        revenue=100.0,
        lead_email="nobody@agency.example",
        renewal_on=date(2027, 3, 31),
        crm="hubspot",
        crm_id="1",
    )
    assert found == Alignment(added=(new,))


def test_a_domain_of_another_client_stays_there() -> None:
    known = replace(ACME, crm="hubspot", crm_id="1")

    found = laid_beside([Account(id="1", name="Acme", domains=("globex.example",))], [known, GLOBEX])

    assert found == Alignment(
        unchanged=1, left=(Left(account_id="1", trouble=Trouble.DOMAIN_TAKEN, value="globex.example"),)
    )


def test_two_accounts_whose_clients_were_merged_stay_one_client() -> None:
    merged = replace(ACME, crm="hubspot", crm_id="1", domains=("acme.example", "acme-ltd.example"))
    accounts = [Account(id="1", name="Acme"), Account(id="2", name="Acme Ltd", domains=("acme-ltd.example",))]

    found = laid_beside(accounts, [merged])

    assert found == Alignment(
        unchanged=1, left=(Left(account_id="2", trouble=Trouble.DOMAIN_TAKEN, value="acme-ltd.example"),)
    )


def test_a_client_that_follows_another_system_is_left_to_it() -> None:
    theirs = replace(ACME, crm="salesforce", crm_id="9")

    found = laid_beside([replace(ACCOUNT, name="Acme")], [theirs])

    assert found == Alignment(left=(Left(account_id="1", trouble=Trouble.NAME_TAKEN, value="Acme"),))


def test_a_new_name_that_another_client_has_is_not_taken_over() -> None:
    known = replace(ACME, crm="hubspot", crm_id="1")

    found = laid_beside([Account(id="1", name="Globex")], [known, GLOBEX])

    assert found == Alignment(unchanged=1, left=(Left(account_id="1", trouble=Trouble.NAME_TAKEN, value="Globex"),))


def test_an_archived_client_and_an_account_without_a_name_are_left_aside() -> None:
    archived = replace(ACME, archived_at=datetime(2026, 1, 1, tzinfo=UTC))

    found = laid_beside([ACCOUNT, Account(id="2", name="")], [archived])

    assert found == Alignment(
        left=(
            Left(account_id="1", trouble=Trouble.ARCHIVED, value="Acme"),
            Left(account_id="2", trouble=Trouble.NO_NAME),
        )
    )


NAMES = st.sampled_from(["Acme", "ACME", "Globex", "Initech", ""])
DOMAINS = st.lists(st.sampled_from(["acme.example", "globex.example", "initech.example"]), max_size=2).map(tuple)
ACCOUNTS = st.lists(
    st.builds(
        Account,
        id=st.sampled_from("123456"),
        name=NAMES,
        domains=DOMAINS,
        revenue=st.none() | st.floats(0, 1e9),
        owner_email=st.sampled_from(["", *LEADS, "x@y.example"]),
        renewal_on=st.none() | st.just(date(2027, 1, 1)),
    ),
    max_size=6,
    unique_by=lambda account: account.id,
)


@given(accounts=ACCOUNTS, archived=st.booleans())
def test_the_same_accounts_again_change_nothing_and_no_name_or_domain_is_there_twice(
    accounts: list[Account], archived: bool
) -> None:
    before = [ACME, replace(GLOBEX, archived_at=datetime(2026, 1, 1, tzinfo=UTC) if archived else None)]
    first = laid_beside(accounts, before)
    book = {client.id: client for client in (*before, *first.changed, *first.added)}

    again = laid_beside(accounts, list(book.values()))

    assert (again.added, again.changed) == ((), ())
    assert len(book) == 2 + len(first.added)
    assert max(Counter(client.name.casefold() for client in book.values()).values()) == 1
    domains = Counter(domain for client in book.values() for domain in client.domains)
    assert max(domains.values(), default=1) == 1
    assert {client.tier for client in first.added} <= {Tier.C}
