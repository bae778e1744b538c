"""Salesforce's accounts, by a SOQL query over REST.

Shapes: developer.salesforce.com, "Execute a SOQL Query" (`/services/data/vNN.0/query`, on with `nextRecordsUrl`) and
"OAuth 2.0 Client Credentials Flow" (`/services/oauth2/token`). The app's user has to be allowed to read accounts.
"""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.crm.fields import amount_of, date_of, domains_of, name_of, text_of
from bot.crm.json_api import JsonApi
from bot.crm.protocol import CrmProblem
from domain.crm import Account, Crm

VERSION = "v63.0"
FIELDS = ("Id", "Name", "Website", "AnnualRevenue", "Owner.Email")
FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
"""What may stand in a query; a field of the organisation's own ends in `__c`."""


class Salesforce:
    """`url` is the organisation's My Domain. `renewal_field` names the date field of the account that holds the
    renewal, as Salesforce has none of its own. `customers_only`: accounts whose type begins with *Customer*.
    """

    crm = Crm.SALESFORCE

    def __init__(
        self,
        api: JsonApi,
        *,
        url: str,
        client_id: str,
        client_secret: str,
        renewal_field: str = "",
        customers_only: bool = True,
    ) -> None:
        if renewal_field and not FIELD_NAME.fullmatch(renewal_field):
            raise CrmProblem("The renewal field is not the name of a Salesforce field, such as Renewal_Date__c")
        self._api = api
        self._url = url
        self._client_id = client_id
        self._client_secret = client_secret
        self._renewal = renewal_field
        self._customers_only = customers_only

    async def accounts(self) -> AsyncIterator[Account]:
        token, instance = await self._sign_in()
        answer = await self._api.call(
            "GET", f"{instance}/services/data/{VERSION}/query", token=token, params={"q": self._query()}
        )
        while True:
            for record in _records(answer):
                yield self._account(record)
            if answer.get("done"):
                return
            following = text_of(answer.get("nextRecordsUrl"))
            if not following.startswith("/services/data/"):
                raise CrmProblem("Salesforce answered in a form that is not known")
            answer = await self._api.call("GET", f"{instance}{following}", token=token)

    async def _sign_in(self) -> tuple[str, str]:
        """The token and the instance that it is for."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
        }
        answer = await self._api.call("POST", f"{self._url}/services/oauth2/token", form=form)
        token, instance = text_of(answer.get("access_token")), text_of(answer.get("instance_url")).rstrip("/")
        if not token or urlsplit(instance).scheme != urlsplit(self._url).scheme or not urlsplit(instance).hostname:
            raise CrmProblem("Salesforce answered in a form that is not known")
        return token, instance

    def _query(self) -> str:
        fields = ", ".join((*FIELDS, *([self._renewal] if self._renewal else [])))
        customers = " WHERE Type LIKE 'Customer%'" if self._customers_only else ""
        return f"SELECT {fields} FROM Account{customers} ORDER BY Id"

    def _account(self, record: Mapping[str, Any]) -> Account:
        owner = record.get("Owner") or {}
        return Account(
            id=text_of(record.get("Id")),
            name=name_of(record.get("Name")),
            domains=domains_of(record.get("Website")),
            revenue=amount_of(record.get("AnnualRevenue")),
            owner_email=text_of(owner.get("Email")).lower() if isinstance(owner, dict) else "",
            renewal_on=date_of(record.get(self._renewal)) if self._renewal else None,
        )


def _records(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    records = answer.get("records")
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise CrmProblem("Salesforce answered in a form that is not known")
    return records
