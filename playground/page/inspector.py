"""The traffic between Slack and the bot, as the inspector shows it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playground.delivery.courier import Delivered
from playground.records import ApiCall, Json
from playground.server import SlackStandIn

MOST = 60
"""Exchanges shown at once."""
LONGEST = 20_000
"""Characters of one request or answer."""
_HIDDEN = frozenset({"token", "client_secret", "refresh_token", "access_token"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    key: str
    to_bot: bool
    title: str
    ok: bool
    outcome: str
    fault: str
    moment: datetime
    request: str
    response: str


def traffic(slack: SlackStandIn, about: str = "") -> list[Exchange]:
    """Newest first; with `about`, a message's `ts`, only what touches that message."""
    calls = list(enumerate(slack.calls))
    sent = list(enumerate(slack.courier.delivered))
    if about:
        calls = [(number, call) for number, call in calls if _names(call, about)]
        sent = [(number, one) for number, one in sent if _is_about(one, about)]
    both = [*(_call(n, call) for n, call in calls[-MOST:]), *(_delivery(n, one) for n, one in sent[-MOST:])]
    return sorted(both, key=lambda one: one.moment, reverse=True)[:MOST]


def as_json(value: Any) -> str:
    """Readable JSON without secrets, cut where it is long."""
    text = json.dumps(_without_secrets(value), indent=2, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… ({len(text) - LONGEST} characters more)"


def _names(call: ApiCall, ts: str) -> bool:
    return ts in (call.args.get("ts"), call.response.get("ts"), call.response.get("message_ts"))


def _is_about(delivered: Delivered, ts: str) -> bool:
    container = delivered[0].payload.get("container")
    event = delivered[0].payload.get("event")
    return ts in {
        container.get("message_ts") if isinstance(container, dict) else None,
        event.get("ts") if isinstance(event, dict) else None,
    }


def _call(number: int, call: ApiCall) -> Exchange:
    return Exchange(
        key=f"call-{number}",
        to_bot=False,
        title=call.method,
        ok=call.ok,
        outcome="ok" if call.ok else str(call.response.get("error") or call.fault or "no answer"),
        fault=call.fault,
        moment=call.at,
        request=as_json(call.args),
        response=as_json(call.response),
    )


def _delivery(number: int, delivered: Delivered) -> Exchange:
    parcel, answer = delivered
    retry = f" (retry {parcel.retry})" if parcel.retry else ""
    return Exchange(
        key=f"sent-{number}",
        to_bot=True,
        title=f"{' '.join(_described(parcel.payload))}{retry}",
        ok=answer.acknowledged,
        outcome=answer.error or f"{answer.status} in {answer.seconds * 1000:.0f} ms",
        fault="",
        moment=answer.at or datetime.min.replace(tzinfo=UTC),
        request=as_json(parcel.payload),
        response=as_json(answer.body),
    )


def _described(payload: Json) -> Iterator[str]:
    if "command" in payload:
        yield f"{payload['command']} {payload.get('text', '')}".strip()
    elif isinstance(payload.get("event"), dict):
        yield f"event {payload['event'].get('type')}"
    else:
        yield str(payload.get("type"))
        actions: Sequence[Json] = payload.get("actions") or []
        yield from (str(action.get("action_id")) for action in actions)


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: "…" if name in _HIDDEN else _without_secrets(item) for name, item in value.items()}
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value
