"""Members: what Slack tells of them, and what they chose here."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.member import Member
from domain.roles import Sight
from storage.models import MemberRow, table_of
from storage.rows import Shape, put

MEMBERS = table_of(MemberRow)
MEMBER = Shape(Member, MEMBERS)
# Built once: read on every command, and to put a statement together costs more than SQLite needs to answer it.
_ONE = select(*MEMBER.columns).where(MEMBERS.c.team_id == bindparam("team"), MEMBERS.c.user_id == bindparam("user"))
PROFILE = ("name", "email", "locale", "time_zone", "is_admin", "refreshed_at")

CHOICES = (
    "chosen_language",
    "country",
    "decide_days",
    "last_call",
    "quiet_from",
    "quiet_until",
    "formality",
    "manager_id",
)
"""What a member sets; the rest is Slack's."""


def get(session: Session, team_id: str, user_id: str) -> Member | None:
    row = session.connection().execute(_ONE, {"team": team_id, "user": user_id}).first()
    return None if row is None else MEMBER.read(row)


def many(session: Session, team_id: str, user_ids: Iterable[str]) -> dict[str, Member]:
    """By user id; who is not known is left out."""
    wanted = sorted(set(user_ids))
    if not wanted:
        return {}
    rows = session.execute(select(*MEMBER.columns).where(MEMBERS.c.team_id == team_id, MEMBERS.c.user_id.in_(wanted)))
    found = [MEMBER.read(row) for row in rows]
    return {member.user_id: member for member in found}


def by_email(session: Session, team_id: str, email: str) -> Member | None:
    if not email:
        return None
    row = session.execute(
        select(*MEMBER.columns)
        .where(MEMBERS.c.team_id == team_id, MEMBERS.c.email == email.lower())
        .order_by(MEMBERS.c.user_id)
    ).first()
    return None if row is None else MEMBER.read(row)


def people_of(session: Session, team_id: str, user_id: str) -> frozenset[str]:
    """Ids of all who have this member as their manager, directly or through others; circles come to an end."""
    below = (
        select(MEMBERS.c.user_id)
        .where(MEMBERS.c.team_id == team_id, MEMBERS.c.manager_id == user_id)
        .cte("below", recursive=True)
    )
    deeper = select(MEMBERS.c.user_id).where(MEMBERS.c.team_id == team_id, MEMBERS.c.manager_id == below.c.user_id)
    # UNION drops whom it has met already, so a circle ends where it began.
    found = session.scalars(select(below.union(deeper).c.user_id))
    return frozenset(found) - {user_id}


def sight_of(session: Session, team_id: str, user_id: str) -> Sight:
    """Whose decisions the member may see, by what is stored now; somebody unknown sees their own."""
    member = get(session, team_id, user_id)
    return Sight(
        member_id=user_id,
        people=people_of(session, team_id, user_id),
        is_admin=member is not None and member.is_admin,
    )


def save(session: Session, member: Member) -> None:
    """All of it, also what the member chose."""
    put(session, MEMBERS, MEMBER.values(replace(member, email=member.email.lower())))


def save_choices(session: Session, member: Member) -> None:
    """What the member chose, and nothing of what Slack tells meanwhile."""
    put(session, MEMBERS, MEMBER.values(member), change=CHOICES)


def admins(session: Session, team_id: str, limit: int) -> list[str]:
    """Ids of administrators who have met the bot, by name."""
    query = select(MEMBERS.c.user_id).where(MEMBERS.c.team_id == team_id, MEMBERS.c.is_admin)
    return list(session.scalars(query.order_by(MEMBERS.c.name, MEMBERS.c.user_id).limit(limit)))


def save_profile(
    session: Session,
    team_id: str,
    user_id: str,
    name: str,
    email: str,
    locale: str,
    time_zone: str,
    now: datetime,
    *,
    is_admin: bool = False,
) -> Member:
    """What Slack tells of the member now; what the member chose stays. What Slack leaves out (it tells the locale
    only when asked) leaves what was known; who is not said to be an administrator is none.
    """
    known = get(session, team_id, user_id) or Member(team_id=team_id, user_id=user_id)
    member = replace(
        known,
        name=name or known.name,
        email=email.lower() or known.email,
        locale=locale or known.locale,
        time_zone=time_zone or known.time_zone,
        is_admin=is_admin,
        refreshed_at=now,
    )
    put(session, MEMBERS, MEMBER.values(member), change=PROFILE)
    return member
