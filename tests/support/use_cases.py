"""What a use case needs beside a database: a clock that stands still, and jobs that are only counted."""

from datetime import datetime

from domain.member import Member
from tests.support.stored import NOW, OWNER, TEAM

OLGA = Member(team_id=TEAM, user_id=OWNER, name="Olga", email="owner@agency.example", time_zone="Europe/Amsterdam")


class StoppedClock:
    def now(self) -> datetime:
        return NOW


class CountedJobs:
    def __init__(self) -> None:
        self.pokes = 0

    def poke(self) -> None:
        self.pokes += 1
