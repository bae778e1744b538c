"""What holds for every test: no settings of the machine it runs on, and property tests that fit a shared machine."""

import os

import pytest
from hypothesis import HealthCheck, settings

# A deadline per example would measure what else the machine does. `HYPOTHESIS_PROFILE=thorough` searches longer.
settings.register_profile("fast", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("fast"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's tokens and databases are no part of a test."""
    for name in [*os.environ]:
        if name.startswith(("MEETDOWN_", "SLACK_")):
            monkeypatch.delenv(name)
