"""The client book as a file, for somebody to take along."""

from sqlalchemy.orm import Session

from bot.services.ports import Jobs
from domain.client_file import as_csv
from domain.clock import Clock
from domain.errors import DomainError, Problem
from domain.member import Member
from storage import client_exports, outbox, workspaces
from storage.database import Database
from storage.outbox import Work


class ClientExports:
    def __init__(self, *, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs

    async def ask(self, member: Member) -> int:
        """The file is made in the background and sent to the member; how many clients will be in it.

        Raises DomainError (NOT_FOR_EXPORT) for whoever neither administers the workspace nor leads a client.
        """
        count = await self._database.run(self._promise, member)
        self._jobs.poke()
        return count

    def _promise(self, session: Session, member: Member) -> int:
        found = client_exports.for_member(session, member)
        if not found.clients:
            raise DomainError(Problem.NOT_FOR_EXPORT)
        now = self._clock.now()
        subject = f"{member.user_id}@{now:%Y%m%dT%H%M%S%f}"
        outbox.promise(session, member.team_id, Work.EXPORT_CLIENTS, subject, now)
        return len(found.clients)


async def export_all(database: Database, team_id: str) -> bytes:
    """For the command line. Raises DomainError (WORKSPACE_UNKNOWN)."""
    if await database.read(workspaces.get, team_id) is None:
        raise DomainError(Problem.WORKSPACE_UNKNOWN)
    found = await database.read(client_exports.everything, team_id)
    return as_csv(found.clients, found.emails)
