import json

import pytest
from slack_sdk.signature import SignatureVerifier

from playground import SlackStandIn
from playground.delivery.parcel import Parcel
from playground.delivery.signed_http import encoded, signed_headers
from tests.support.slack import OWNER
from tests.unit.playground.scripted_bot import ScriptedBot


@pytest.mark.parametrize("secret", ["right", "wrong"])
def test_the_sdk_accepts_the_signature_made_with_its_secret_only(secret: str) -> None:
    headers = signed_headers("right", "application/json", b"{}")

    assert SignatureVerifier(secret).is_valid_request(b"{}", headers) is (secret == "right")


def test_commands_are_forms_interactions_one_field_and_events_json() -> None:
    payload = {"text": "a & b", "command": "/meetdown"}

    assert [
        encoded(Parcel(kind=kind, payload=payload)) for kind in ("slash_commands", "interactive", "events_api")
    ] == [
        ("application/x-www-form-urlencoded", b"text=a+%26+b&command=%2Fmeetdown"),
        (
            "application/x-www-form-urlencoded",
            b"payload=%7B%22text%22%3A+%22a+%26+b%22%2C+%22command%22%3A+%22%2Fmeetdown%22%7D",
        ),
        ("application/json", json.dumps(payload).encode()),
    ]


async def test_what_arrives_at_the_bot_is_signed(slack: SlackStandIn, bot: ScriptedBot) -> None:
    await slack.as_user(OWNER).command("/meetdown", "Café <!channel> 😀")

    (received,) = bot.received
    assert SignatureVerifier(slack.app.signing_secret).is_valid_request(received.raw, received.headers)
    assert received.form["text"] == "Café <!channel> 😀"
