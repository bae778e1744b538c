"""The sample agency's older months: there is something to report, and it is there once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.policy import Policy
from domain.report import tally
from domain.words import STEP_DOWNS
from playground import sample_months, sample_people
from playground.sample_people import COLLEAGUE, OWNER
from storage import clients, migrate, reports
from storage.database import Database
from storage.reports import Stretch

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEAM = "T0ACME"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'meetdown.sqlite3'}"
    migrate.upgrade(url)
    opened = Database.open(url)
    await opened.run(clients.import_all, TEAM, sample_people.clients(TEAM, NOW))
    yield opened
    await opened.close()


async def test_half_a_year_has_hours_of_each_kind_for_two_people_and_answers_of_each_kind(database: Database) -> None:
    new = await database.run(sample_months.remember, TEAM, NOW)
    again = await database.run(sample_months.remember, TEAM, NOW)
    year = Stretch(team_id=TEAM, owners=None, starts_at=NOW - timedelta(days=365), ends_at=NOW, now=NOW)
    counted = await database.read(reports.count, year, by_owner=True)
    total = tally(counted.groups, Policy())

    assert (new, again) == (14, 0)
    assert total.times == 14
    assert counted.owners == {OWNER, COLLEAGUE}
    assert {group.option for group in counted.groups} == set(STEP_DOWNS)
    assert min(total.confirmed, total.rebooked, total.complained, total.silent, total.hours) > 0


def test_all_of_it_is_older_than_what_the_advice_looks_at() -> None:
    assert min(then.weeks for then in sample_months.EARLIER) * 7 > Policy().budget_window_days
