"""Both adapters against a real server that answers in the shapes of the documented APIs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.crm.hubspot import PAGE, HubSpot
from bot.crm.json_api import TRIES, JsonApi, make_http
from bot.crm.protocol import CrmProblem, ReadsAccounts
from bot.crm.salesforce import Salesforce
from domain.crm import Account
from tests.support.crm import CrmServer, companies, company, crm_server, recorded

SEARCH = "/crm/v3/objects/companies/search"
OWNERS = "/crm/v3/owners"
TOKEN = "/services/oauth2/token"
QUERY = "/services/data/v63.0/query"
MORE = "/services/data/v63.0/query/01gD0000002HU6KIAW-2000"


@pytest.fixture
async def server() -> AsyncIterator[CrmServer]:
    async with crm_server() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
async def api(waits: list[float]) -> AsyncIterator[JsonApi]:
    async def wait(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    async with make_http() as http:
        yield JsonApi("The system", http, sleep=wait)


def hubspot(server: CrmServer, api: JsonApi, **options: Any) -> HubSpot:
    return HubSpot(api, url=server.base, token="pat-1", **options)


def salesforce(server: CrmServer, api: JsonApi, **options: Any) -> Salesforce:
    server.on(TOKEN, {**recorded("salesforce_token"), "instance_url": server.base})
    return Salesforce(api, url=server.base, client_id="3MVG9", client_secret="secret", **options)


async def read(reader: ReadsAccounts) -> list[Account]:
    return [account async for account in reader.accounts()]


async def test_hubspot_companies_become_accounts_with_their_owners_addresses(server: CrmServer, api: JsonApi) -> None:
    server.on(OWNERS, recorded("hubspot_owners"), recorded("hubspot_owners_2"))
    server.on(SEARCH, recorded("hubspot_companies"))

    accounts = await read(hubspot(server, api, renewal_property="renewal_date"))

    assert accounts == [
        Account(
            id="900100",
            name="Acme Retail",
            domains=("acme.example", "acme-group.example"),
            revenue=1_250_000.0,
            owner_email="anna@agency.example",
            renewal_on=date(2027, 3, 31),
        ),
        Account(id="900101", name="Globex", domains=("globex.example",), renewal_on=date(2027, 3, 31)),
        Account(id="900102", name="", owner_email="ben@agency.example"),
    ]
    assert set(server.authorization) == {"Bearer pat-1"}


async def test_hubspot_is_asked_for_customers_by_id_page_after_page(server: CrmServer, api: JsonApi) -> None:
    server.on(OWNERS, {"results": []})
    first = [company(number) for number in range(1, PAGE + 1)]
    server.on(SEARCH, companies(first), companies([company(PAGE + 1)]))

    accounts = await read(hubspot(server, api))

    assert [account.id for account in accounts] == [str(number) for number in range(1, PAGE + 2)]
    bodies = [body for _, path, body in server.asked if path == SEARCH]
    assert [body["filterGroups"][0]["filters"] for body in bodies] == [
        [
            {"propertyName": "lifecyclestage", "operator": "EQ", "value": "customer"},
            {"propertyName": "hs_object_id", "operator": "GT", "value": last},
        ]
        for last in ("0", str(PAGE))
    ]
    assert bodies[0]["sorts"] == [{"propertyName": "hs_object_id", "direction": "ASCENDING"}]
    assert bodies[0]["limit"] == 200


async def test_hubspot_gives_everyone_where_that_is_wanted(server: CrmServer, api: JsonApi) -> None:
    server.on(OWNERS, {"results": []})
    server.on(SEARCH, companies([]))

    assert await read(hubspot(server, api, customers_only=False)) == []

    (body,) = [body for _, path, body in server.asked if path == SEARCH]
    assert [one["propertyName"] for one in body["filterGroups"][0]["filters"]] == ["hs_object_id"]


async def test_salesforce_accounts_are_read_to_the_last_page(server: CrmServer, api: JsonApi) -> None:
    server.on(QUERY, recorded("salesforce_query"))
    server.on(MORE, recorded("salesforce_query_2"))

    accounts = await read(salesforce(server, api, renewal_field="Renewal_Date__c"))

    assert accounts == [
        Account(
            id="001D000000IRFmaIAH",
            name="Acme Retail",
            domains=("acme.example",),
            revenue=1_250_000.0,
            owner_email="anna@agency.example",
            renewal_on=date(2027, 3, 31),
        ),
        Account(id="001D000000IomazIAB", name="Globex", domains=("globex.example",)),
        Account(
            id="001D000000Zzz00IAB",
            name="Initech",
            revenue=0.0,
            owner_email="ben@agency.example",
            renewal_on=date(2028, 1, 1),
        ),
    ]
    method, path, form = server.asked[0]
    assert (method, path) == ("POST", TOKEN)
    assert form == {"grant_type": "client_credentials", "client_id": "3MVG9", "client_secret": "secret"}
    (query,) = parse_qs(urlsplit(server.asked[1][1]).query)["q"]
    assert query == (
        "SELECT Id, Name, Website, AnnualRevenue, Owner.Email, Renewal_Date__c FROM Account"
        " WHERE Type LIKE 'Customer%' ORDER BY Id"
    )
    assert server.authorization[1:] == ["Bearer 00DS7000000oxzo!made-up"] * 2


@pytest.mark.parametrize("name", ["Renewal__c FROM Contact", "a'b", "1st", "x" * 81])
async def test_a_renewal_field_cannot_carry_a_query(server: CrmServer, api: JsonApi, name: str) -> None:
    with pytest.raises(CrmProblem, match="not the name of a Salesforce field"):
        salesforce(server, api, renewal_field=name)


async def test_a_rate_limit_is_waited_for_as_long_as_it_says(
    server: CrmServer, api: JsonApi, waits: list[float]
) -> None:
    server.on(OWNERS, (429, {"Retry-After": "7"}), 503, {"results": []})
    server.on(SEARCH, companies([]))

    assert await read(hubspot(server, api)) == []
    assert waits == [7.0, 2.0]


async def test_a_system_that_never_answers_is_given_up(server: CrmServer, api: JsonApi, waits: list[float]) -> None:
    server.on(OWNERS, 500)

    with pytest.raises(CrmProblem, match="does not answer: status 500 5 times"):
        await read(hubspot(server, api))
    assert len(waits) == TRIES - 1


async def test_a_rate_limit_of_an_hour_is_not_waited_for(server: CrmServer, api: JsonApi, waits: list[float]) -> None:
    server.on(OWNERS, (429, {"Retry-After": "3600"}))

    with pytest.raises(CrmProblem, match="rate limit for 3600 s more"):
        await read(hubspot(server, api))
    assert waits == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "does not take the credentials"),
        (403, "does not let these credentials read"),
        (400, "refuses the request \\(400, SOME_ERROR\\)"),
        (302, "refuses the request \\(302"),
    ],
)
async def test_a_refusal_is_told_in_one_line_without_the_token(
    server: CrmServer, api: JsonApi, status: int, words: str
) -> None:
    server.on(OWNERS, status)

    with pytest.raises(CrmProblem, match=words) as problem:
        await read(hubspot(server, api))
    assert "pat-1" not in str(problem.value)


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", {"results": None}, {"results": ["x"]}, b"\xff\xfe", {"message": "?"}]
)
async def test_an_answer_in_another_form_is_no_list_of_customers(server: CrmServer, api: JsonApi, answer: Any) -> None:
    server.on(OWNERS, {"results": []})
    server.on(SEARCH, answer)

    with pytest.raises(CrmProblem, match="answered"):
        await read(hubspot(server, api))


async def test_salesforce_cannot_send_the_token_to_another_kind_of_address(server: CrmServer, api: JsonApi) -> None:
    reader = salesforce(server, api)
    server.on(TOKEN, {**recorded("salesforce_token"), "instance_url": "ftp://elsewhere.example"})

    with pytest.raises(CrmProblem, match="form that is not known"):
        await read(reader)
    assert len(server.asked) == 1


async def test_a_server_that_is_not_there_is_named_after_some_tries(api: JsonApi, waits: list[float]) -> None:
    with pytest.raises(CrmProblem, match="cannot be reached"):
        await read(HubSpot(api, url="http://127.0.0.1:9", token="pat-1"))
    assert len(waits) == TRIES - 1
