"""HubSpot's companies, through its CRM search and its owners.

Shapes: developers.hubspot.com/docs, "CRM search" (`POST /crm/v3/objects/companies/search`, at most 200 a page and
10,000 in all for one query) and "Owners" (`GET /crm/v3/owners`). Scopes of the token: `crm.objects.companies.read` and
`crm.objects.owners.read`.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.crm.fields import amount_of, date_of, domains_of, name_of, text_of
from bot.crm.json_api import JsonApi
from bot.crm.protocol import CrmProblem
from domain.crm import Account, Crm

PAGE = 200
OWNERS_PAGE = 500
CUSTOMER = {"propertyName": "lifecyclestage", "operator": "EQ", "value": "customer"}
PROPERTIES = ("name", "domain", "hs_additional_domains", "annualrevenue", "hubspot_owner_id")


class HubSpot:
    """`token` is a private app's. `renewal_property` names the date property that holds the renewal, as HubSpot has
    none of its own; empty: renewals are left as they are. `customers_only`: lifecycle stage *customer*.
    """

    crm = Crm.HUBSPOT

    def __init__(
        self, api: JsonApi, *, url: str, token: str, renewal_property: str = "", customers_only: bool = True
    ) -> None:
        self._api = api
        self._url = url
        self._token = token
        self._renewal = renewal_property
        self._customers_only = customers_only

    async def accounts(self) -> AsyncIterator[Account]:
        owners = await self._owners()
        last = "0"
        while True:
            results = _list(await self._page(last))
            for company in results:
                yield self._account(company, owners)
            if len(results) < PAGE:
                return
            # By id, page after page: `after` ends at 10,000 results.
            following = str(results[-1].get("id", ""))
            if not following.isdigit() or int(following) <= int(last):
                raise CrmProblem("HubSpot answered in a form that is not known")
            last = following

    async def _page(self, last: str) -> Mapping[str, Any]:
        beyond = {"propertyName": "hs_object_id", "operator": "GT", "value": last}
        filters = [CUSTOMER, beyond] if self._customers_only else [beyond]
        body = {
            "filterGroups": [{"filters": filters}],
            "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
            "properties": [*PROPERTIES, *([self._renewal] if self._renewal else [])],
            "limit": PAGE,
        }
        return await self._api.call(
            "POST", f"{self._url}/crm/v3/objects/companies/search", token=self._token, body=body
        )

    async def _owners(self) -> dict[str, str]:
        """Address by id."""
        found: dict[str, str] = {}
        after = ""
        while True:
            params = {"limit": str(OWNERS_PAGE), **({"after": after} if after else {})}
            answer = await self._api.call("GET", f"{self._url}/crm/v3/owners", token=self._token, params=params)
            for owner in _list(answer):
                found[str(owner.get("id", ""))] = text_of(owner.get("email")).lower()
            following = ((answer.get("paging") or {}).get("next") or {}).get("after")
            if not following or following == after:
                return found
            after = str(following)

    def _account(self, company: Mapping[str, Any], owners: Mapping[str, str]) -> Account:
        properties = company.get("properties") or {}
        return Account(
            id=str(company.get("id", "")),
            name=name_of(properties.get("name")),
            domains=domains_of(properties.get("domain"), properties.get("hs_additional_domains")),
            revenue=amount_of(properties.get("annualrevenue")),
            owner_email=owners.get(str(properties.get("hubspot_owner_id") or ""), ""),
            renewal_on=date_of(properties.get(self._renewal)) if self._renewal else None,
        )


def _list(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    results = answer.get("results")
    if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
        raise CrmProblem("HubSpot answered in a form that is not known")
    return results
