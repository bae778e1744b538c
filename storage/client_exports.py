"""What may leave the client book as a file, and for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.client import Client
from domain.member import Member
from storage import clients, members


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientExport:
    clients: Sequence[Client]
    """By name, without those that were archived."""
    emails: Mapping[str, str]
    """Of the leads, by Slack user id."""


def everything(session: Session, team_id: str) -> ClientExport:
    return _with_leads(session, team_id, clients.active(session, team_id))


def for_member(session: Session, member: Member) -> ClientExport:
    """All clients for an administrator, those that they lead for everybody else: perhaps none."""
    if member.is_admin:
        return everything(session, member.team_id)
    return _with_leads(session, member.team_id, clients.led_by(session, member.team_id, member.user_id))


def _with_leads(session: Session, team_id: str, found: Sequence[Client]) -> ClientExport:
    leads = members.many(session, team_id, {client.lead_id for client in found if client.lead_id})
    return ClientExport(clients=found, emails={user_id: member.email for user_id, member in leads.items()})
