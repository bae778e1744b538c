"""Workspaces, what Slack granted them, and the end of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from domain.member import Installation, Workspace
from storage.models import Base, InstallationRow, OAuthStateRow, WorkspaceRow, table_of
from storage.rows import Shape, affected, insert_new, put
from storage.vault import Vault

WORKSPACES = table_of(WorkspaceRow)
INSTALLATIONS = table_of(InstallationRow)
STATES = table_of(OAuthStateRow)
WORKSPACE = Shape(Workspace, WORKSPACES)
INSTALLATION = Shape(Installation, INSTALLATIONS)


def get(session: Session, team_id: str) -> Workspace | None:
    row = session.execute(select(*WORKSPACE.columns).where(WORKSPACES.c.team_id == team_id)).first()
    return None if row is None else WORKSPACE.read(row)


def held(session: Session, team_id: str) -> Workspace:
    """As stored, and nobody else's to change until the transaction ends. Where nothing is stored, the product's
    defaults are put there first: a row that is missing cannot be held.
    """
    insert_new(session, WORKSPACES, WORKSPACE.values(Workspace(team_id=team_id)))
    query = select(*WORKSPACE.columns).where(WORKSPACES.c.team_id == team_id).with_for_update()
    return WORKSPACE.read(session.execute(query).one())


def save(session: Session, workspace: Workspace) -> None:
    put(session, WORKSPACES, WORKSPACE.values(workspace))


def all_ids(session: Session) -> list[str]:
    return list(session.scalars(select(WORKSPACES.c.team_id).order_by(WORKSPACES.c.team_id)))


def save_installation(session: Session, vault: Vault, installation: Installation) -> None:
    """Takes the place of an earlier installation of the same team or organisation."""
    values = INSTALLATION.values(installation)
    values["scope"] = _scope(installation)
    values["bot_token"] = vault.encrypt(installation.bot_token)
    values["refresh_token"] = vault.encrypt(installation.refresh_token) if installation.refresh_token else ""
    put(session, INSTALLATIONS, values)
    home = installation.enterprise_id if installation.is_enterprise else installation.team_id
    note(session, Workspace(team_id=home, name=installation.team_name, bot_user_id=installation.bot_user_id))


def note(session: Session, workspace: Workspace) -> None:
    """The bot is in the workspace. What an administrator set there stays."""
    if get(session, workspace.team_id) is None:
        save(session, workspace)


def find_installation(
    session: Session, vault: Vault, team_id: str | None = None, enterprise_id: str | None = None
) -> Installation | None:
    """The team's own installation, else that of its organisation (whatever team id that was saved with)."""
    if team_id:
        own = and_(INSTALLATIONS.c.scope == team_id, INSTALLATIONS.c.is_enterprise.is_(False))
        found = _read_installation(session, vault, own)
        if found is not None:
            return found
    if not enterprise_id:
        return None
    of_organisation = and_(INSTALLATIONS.c.scope == enterprise_id, INSTALLATIONS.c.is_enterprise)
    return _read_installation(session, vault, of_organisation)


def tokens_revoked(session: Session, team_id: str, bot_user_id: str, revoked_at: datetime) -> bool:
    """Forgets the tokens of the bot user, and tells whether it did. An installation made since is left alone: Slack
    gives no order between the end of one and the start of the next. The team's data go with `purge`.
    """
    revoked = and_(
        or_(INSTALLATIONS.c.scope == team_id, INSTALLATIONS.c.team_id == team_id),
        INSTALLATIONS.c.bot_user_id == bot_user_id,
        INSTALLATIONS.c.installed_at <= revoked_at,
    )
    return affected(session, delete(INSTALLATIONS).where(revoked)) > 0


def purge(session: Session, team_id: str, uninstalled_at: datetime | None = None) -> bool:
    """Deletes everything of the team, from all tables, and tells whether it did. With `uninstalled_at`, nothing
    happens where the team installed again after that moment. `team_id` may be an organisation's id.
    """
    if uninstalled_at is not None:
        newer = select(INSTALLATIONS.c.scope).where(
            INSTALLATIONS.c.scope == team_id, INSTALLATIONS.c.installed_at > uninstalled_at
        )
        if session.execute(newer).first() is not None:
            return False
    for table in reversed(Base.metadata.sorted_tables):
        if table is INSTALLATIONS:
            session.execute(delete(table).where(table.c.scope == team_id))
        elif "team_id" in table.c:
            session.execute(delete(table).where(table.c.team_id == team_id))
    return True


def save_oauth_state(session: Session, state: str, expires_at: datetime) -> None:
    put(session, STATES, {"state": state, "expires_at": expires_at})


def consume_oauth_state(session: Session, state: str, now: datetime) -> bool:
    """True once for a state that has not expired. Deletes what has, too."""
    valid = affected(session, delete(STATES).where(STATES.c.state == state, STATES.c.expires_at > now)) == 1
    session.execute(delete(STATES).where(STATES.c.expires_at <= now))
    return valid


def _scope(installation: Installation) -> str:
    scope = installation.enterprise_id if installation.is_enterprise else installation.team_id
    if not scope:
        raise ValueError("an installation needs a team id, or an enterprise id where it is organisation-wide")
    return scope


def _read_installation(session: Session, vault: Vault, condition: Any) -> Installation | None:
    row = session.execute(select(*INSTALLATION.columns).where(condition)).first()
    if row is None:
        return None
    sealed = INSTALLATION.read(row)
    return replace(
        sealed,
        bot_token=vault.decrypt(sealed.bot_token),
        refresh_token=vault.decrypt(sealed.refresh_token) if sealed.refresh_token else "",
    )
