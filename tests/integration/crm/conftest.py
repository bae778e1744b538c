"""Both engines for each test of the use cases."""

from tests.support.databases import *  # noqa: F403 - fixtures
