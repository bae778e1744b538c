"""Scenarios: signed HTTP or a websocket in, recorded Web API calls out."""

from tests.support.slack import lenient_slack, slack

__all__ = ["lenient_slack", "slack"]
