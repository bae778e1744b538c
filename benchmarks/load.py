"""Signed `/meetdown` commands for wrk, and what wrk measured.

Every request is another one (its own trigger id and signature), or the bot would answer it as a repetition.
"""

import hashlib
import hmac
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

REQUESTS = 60_000
SCRIPT = """
local requests = {}
function init(args)
  for line in io.lines(args[1]) do
    local timestamp, signature, body = line:match("^(%d+) (%S+) (.*)$")
    requests[#requests + 1] = wrk.format("POST", "/slack/events", {
      ["Content-Type"] = "application/x-www-form-urlencoded",
      ["X-Slack-Request-Timestamp"] = timestamp,
      ["X-Slack-Signature"] = signature,
    }, body)
  end
end
local at = 0
function request()
  at = at % #requests + 1
  return requests[at]
end
"""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`p50` and `p99` in milliseconds."""

    per_second: float
    p50: float
    p99: float
    errors: str


def write_requests(path: Path, secret: str, *, team_id: str, user_ids: Sequence[str]) -> None:
    """By one member after the other. Good for five minutes, as long as Slack's signatures are."""
    timestamp = str(int(time.time()))
    with path.open("w", encoding="ascii") as lines:
        for number in range(REQUESTS):
            body = urlencode(
                {
                    "command": "/meetdown",
                    "text": "",
                    "team_id": team_id,
                    "user_id": user_ids[number % len(user_ids)],
                    "channel_id": "D0BENCH",
                    "api_app_id": "A0BENCH",
                    "trigger_id": f"{number}.{time.monotonic_ns()}",
                    "response_url": "https://hooks.slack.com/commands/none",
                }
            )
            base = f"v0:{timestamp}:{body}".encode()
            signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
            lines.write(f"{timestamp} v0={signature} {body}\n")


def wrk(port: int, requests: Path, *, connections: int, seconds: float) -> Measured:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT)
        script.flush()
        command = [
            *("wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "-s", script.name),
            *(f"http://127.0.0.1:{port}", "--", str(requests)),
        ]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    errors = re.search(r"(Non-2xx.*|Socket errors.*)", output)
    return Measured(
        per_second=float(_found(r"Requests/sec:\s+([\d.]+)", output)),
        p50=_milliseconds(_found(r"(?m)^\s+50%\s+([\d.]+\w+)$", output)),
        p99=_milliseconds(_found(r"(?m)^\s+99%\s+([\d.]+\w+)$", output)),
        errors=errors.group(1) if errors else "",
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"wrk did not say {pattern!r}:\n{text}")
    return match.group(1)


def _milliseconds(text: str) -> float:
    number = float(re.sub(r"[a-z]", "", text))
    return number / 1000 if text.endswith("us") else number if text.endswith("ms") else number * 1000
