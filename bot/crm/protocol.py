"""What the client book asks of a customer system: its customers, and nothing else. Nothing is ever written there."""

from collections.abc import AsyncIterator
from typing import Protocol

from domain.crm import Account, Crm


class CrmProblem(Exception):  # noqa: N818 - like SlackProblem: an answer, not a mistake of ours
    """Why the customer system could not be read, in one line for an operator: without tokens, URLs or records."""


class ReadsAccounts(Protocol):
    """One adapter per customer system."""

    @property
    def crm(self) -> Crm: ...

    def accounts(self) -> AsyncIterator[Account]:
        """All customers, each once. Raises CrmProblem."""
        ...
