"""Requests signed as Slack signs them, and what Slack posts, in the shapes of its documentation."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

SIGNING_SECRET = "a-made-up-signing-secret"


def signed_headers(raw: bytes, *, now: datetime, content_type: str, secret: str = SIGNING_SECRET) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": f"v0={digest}",
    }


def command_form(text: str = "", *, team_id: str = "T1", team_domain: str = "acme", trigger_id: str = "1.2.a") -> bytes:
    fields = {
        "token": "made-up",
        "team_id": team_id,
        "team_domain": team_domain,
        "channel_id": "D1",
        "channel_name": "directmessage",
        "user_id": "U1",
        "user_name": "ada",
        "command": "/meetdown",
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T1/1/x",
        "trigger_id": trigger_id,
    }
    return urlencode(fields).encode()


def interaction_form(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def event_json(event: dict[str, Any], *, event_id: str = "Ev1", team_id: str = "T1") -> bytes:
    body = {
        "token": "made-up",
        "team_id": team_id,
        "api_app_id": "A1",
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": 1_790_000_000,
        "authorizations": [{"team_id": team_id, "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}],
    }
    return json.dumps(body).encode()
