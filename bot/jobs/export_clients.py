"""The workflow `export_clients`: the client book, or a lead's part of it, as a file in the member's direct messages."""

from bot.jobs.tools import Tools
from bot.slack.files import OutgoingFile
from bot.slack.posting import UNREACHABLE_PEOPLE
from bot.slack.problems import SlackProblem
from domain.client_file import as_csv
from domain.member import Member
from messages import client_export_page
from messages.i18n import translator
from storage import client_exports, members


class ExportClients:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self, team_id: str, subject: str) -> None:
        await self._tools.steps("send", self._send, team_id, subject)

    async def _send(self, team_id: str, subject: str) -> None:
        """What the member may have is asked anew: it may be less by now."""
        user_id, _, asked_at = subject.partition("@")
        tools = self._tools
        member = await tools.database.read(members.get, team_id, user_id) or Member(team_id=team_id, user_id=user_id)
        found = await tools.database.read(client_exports.for_member, member)
        if not found.clients:
            return
        file = OutgoingFile(name=f"clients-{asked_at[:8]}.csv", content=as_csv(found.clients, found.emails))
        message = client_export_page.sent(translator(member.language), len(found.clients), whole=member.is_admin)
        try:
            await tools.posting.file_to_member(team_id, user_id, f"export-{subject}", file, message)
        except SlackProblem as problem:
            if problem.code not in UNREACHABLE_PEOPLE:
                raise
