"""Files on their way to Slack: the bytes go to an address of Slack's own, which its answer names."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.slack.problems import SlackCode, SlackProblem

SLACKS_OWN = (".slack.com", ".slack-gov.com")
"""Ends of the names of the machines that take files (files.slack.com today)."""
_METHOD = "upload_url"
_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingFile:
    name: str
    """With its ending: Slack takes the kind of file from it."""
    content: bytes
    """Not empty: Slack refuses such a file."""

    def __post_init__(self) -> None:
        if not self.content or not self.name:
            raise ValueError("a file has a name and content")


class Uploads:
    def __init__(self, session: aiohttp.ClientSession, *, api_url: str) -> None:
        self._session = session
        self._api = urlsplit(api_url)

    async def send(self, url: str, file: OutgoingFile) -> None:
        """Bring the bytes there; no token goes with them. Raises SlackProblem (REFUSED_URL, UNREACHABLE, OTHER).

        Nothing is shown to anybody yet: whoever gets no answer may begin again with a new address.
        """
        if not self._is_slacks(url):
            raise SlackProblem(SlackCode.REFUSED_URL, method=_METHOD)
        headers = {"Content-Type": "application/octet-stream"}
        try:
            async with asyncio.timeout(_SECONDS):
                async with self._session.post(
                    url, data=file.content, headers=headers, allow_redirects=False
                ) as response:
                    status = response.status
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise SlackProblem(SlackCode.UNREACHABLE, method=_METHOD, detail=type(error).__name__) from error
        if status == 429 or status >= 500:
            raise SlackProblem(SlackCode.UNREACHABLE, method=_METHOD, detail=f"status {status}")
        if status != 200:
            raise SlackProblem(SlackCode.OTHER, method=_METHOD, slack_error=f"status {status}")

    def _is_slacks(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            if parts.username is not None or parts.password is not None or not parts.hostname:
                return False
            if (parts.scheme, parts.netloc) == (self._api.scheme, self._api.netloc):
                return True
            return parts.scheme == "https" and parts.port in (None, 443) and parts.hostname.endswith(SLACKS_OWN)
        except ValueError:
            return False
