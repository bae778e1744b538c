"""A real PostgreSQL for what several processes do."""

from tests.support.databases import *  # noqa: F403 - fixtures
