from tests.support.databases import database, database_url, migrated_sqlite_file, postgresql, postgresql_url, sqlite_url

__all__ = ["database", "database_url", "migrated_sqlite_file", "postgresql", "postgresql_url", "sqlite_url"]
