"""The migrations make exactly the tables that the models declare, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from storage import migrate
from storage.database import database_url as parse
from storage.models import Base


def tables(url: str) -> set[str]:
    engine = create_engine(parse(url))
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names - {"alembic_version"}


def columns(url: str) -> frozenset[tuple[str, str]]:
    """Of every table."""
    engine = create_engine(parse(url))
    look = inspect(engine)
    found = frozenset((table, str(column["name"])) for table in tables(url) for column in look.get_columns(table))
    engine.dispose()
    return found


def test_all_tables_come_go_and_come_again(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    after_upgrade = (tables(empty_url), migrate.current(empty_url))
    migrate.downgrade(empty_url)
    after_downgrade = (tables(empty_url), migrate.current(empty_url))
    migrate.upgrade(empty_url)

    assert after_upgrade == (set(Base.metadata.tables), migrate.head())
    assert after_downgrade == (set(), None)
    assert tables(empty_url) == set(Base.metadata.tables)


def test_each_single_migration_can_be_taken_back(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    seen = []
    while (revision := migrate.current(empty_url)) is not None:
        seen.append((revision, columns(empty_url)))
        migrate.downgrade(empty_url, "-1")

    assert seen[0][0] == migrate.head()
    assert all(earlier[1] > later[1] for earlier, later in pairwise(seen))


def test_the_models_and_the_migrated_tables_do_not_drift(database_url: str) -> None:
    engine = create_engine(parse(database_url))
    with engine.connect() as connection:
        drift = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()

    assert drift == []


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(database_url: str) -> None:
    migrate.upgrade(database_url)

    assert migrate.current(database_url) == migrate.head()


def test_processes_that_migrate_at_once_wait_for_each_other(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(migrate.upgrade, [empty_url] * 4))

    assert tables(empty_url) == set(Base.metadata.tables)


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "oracle://x"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite or PostgreSQL"):
        migrate.upgrade(url)
