"""When a member could meet a client to make good: from what is known of the calendars of both."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.calendars.around import client_week
from bot.calendars.work_week import week_of
from domain.client import Client
from domain.free_time import free_slots
from domain.member import Member
from domain.relationship import MAKE_GOOD_FROM
from storage import busy, workspaces


class Free:
    """Read once, asked for several clients."""

    def __init__(self, session: Session, member: Member, now: datetime) -> None:
        self._now = now
        self._week = week_of(member, workspaces.get(session, member.team_id))
        self._busy = busy.of_member(session, member.team_id, member.user_id, now)
        self.zone = self._week.zone

    def with_client(self, client: Client, minutes: int) -> tuple[datetime, ...]:
        """Empty where the member's calendar is not known: a guess is worse than no offer."""
        if self._busy is None:
            return ()
        return free_slots(
            owner=self._week,
            client=client_week(client.time_zone or str(self._week.zone)),
            busy=self._busy,
            length=timedelta(minutes=minutes),
            first_day=self._week.working_day(self._week.local(self._now).date(), MAKE_GOOD_FROM),
            now=self._now,
        )
