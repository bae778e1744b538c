"""Both engines for each test of the storage."""

from tests.support.databases import *  # noqa: F403 - fixtures
