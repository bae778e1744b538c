"""Everything about the client book beside its list and its form, put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.listeners.answers import Answers
from bot.listeners.caller import Callers
from bot.listeners.client_changes import ClientChangePages
from bot.listeners.client_tiers import TierPages
from bot.listeners.clients import Page
from bot.listeners.contacts import ContactPages
from bot.services.client_book import ClientBookService
from bot.services.client_changes import ClientChanges
from bot.services.client_exports import ClientExports
from bot.services.client_tiers import ClientTiers
from bot.services.contacts import Contacts
from bot.services.ports import Jobs
from domain.clock import Clock
from messages.ids import Action, View
from storage.database import Database


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientDesk:
    tiers: TierPages
    contacts: ContactPages
    changes: ClientChangePages

    @property
    def pages(self) -> Mapping[str, Page]:
        """Behind `/meetdown clients`."""
        return {"tiers": self.tiers.page, "archived": self.changes.archived, "export": self.changes.export}

    @property
    def actions(self) -> dict[Action, Callable[..., Any]]:
        return {**self.tiers.actions, **self.contacts.actions, **self.changes.actions}

    @property
    def views(self) -> dict[View, Callable[..., Any]]:
        return {**self.contacts.views, **self.changes.views}


def make_client_desk(
    *, callers: Callers, answers: Answers, book: ClientBookService, database: Database, clock: Clock, jobs: Jobs
) -> ClientDesk:
    return ClientDesk(
        tiers=TierPages(callers=callers, answers=answers, tiers=ClientTiers(database=database, clock=clock, jobs=jobs)),
        contacts=ContactPages(callers=callers, answers=answers, contacts=Contacts(database=database, clock=clock)),
        changes=ClientChangePages(
            callers=callers,
            answers=answers,
            book=book,
            changes=ClientChanges(database=database, clock=clock, jobs=jobs),
            exports=ClientExports(database=database, clock=clock, jobs=jobs),
        ),
    )
