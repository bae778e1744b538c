"""The one place where what went wrong becomes a sentence in the member's language, or an incident id."""

from typing import Any

import structlog
from slack_bolt import BoltResponse

from bot.listeners.answers import Answers, ephemeral_body
from bot.listeners.caller import Callers
from bot.listeners.payload import modal_of
from bot.slack.problems import SlackCode, SlackProblem, Uncertain
from domain.errors import DomainError, Problem
from domain.ids import new_id
from messages import mistakes, problems
from messages.i18n import Translator, translator

log = structlog.get_logger()

TRIGGER_PROBLEMS = frozenset({SlackCode.EXPIRED_TRIGGER, SlackCode.EXCHANGED_TRIGGER, SlackCode.INVALID_TRIGGER})
"""A window opens within three seconds of the click, once."""


class Mistakes:
    def __init__(self, *, callers: Callers, answers: Answers) -> None:
        self._callers = callers
        self._answers = answers

    async def handle(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        t, team_id = await self._translator(body)
        text = self._sentence(t, error, body)
        if "event" in body:
            # An event that failed is sent again by Slack; there is nobody to tell.
            return BoltResponse(status=200 if isinstance(error, DomainError) else 500, body="")
        if "command" in body:
            return BoltResponse(status=200, body={"response_type": "ephemeral", **_body(t, text)})
        if body.get("type") == "view_submission":
            return BoltResponse(status=200, body=_of_submission(t, error, body, text))
        await self._tell(body, team_id, t, text)
        return BoltResponse(status=200, body="")

    async def _tell(self, body: dict[str, Any], team_id: str, t: Translator, text: str) -> None:
        """Below the message with the button; in a modal, in its place."""
        if body.get("response_url"):
            await self._answers.tell(body, mistakes.ephemeral(t, text))
        elif body.get("view") and team_id:
            try:
                await self._answers.update(team_id, modal_of(body).view_id, mistakes.notice_modal(t, text))
            except (SlackProblem, Uncertain) as problem:
                log.info("mistake_not_told", problem=str(problem))

    async def _translator(self, body: dict[str, Any]) -> tuple[Translator, str]:
        try:
            caller = await self._callers.of(body)
        except Exception:
            # Most likely what went wrong first goes wrong again here (the database is away): a sentence all the same.
            return translator("en"), ""
        return caller.t, caller.team_id

    def _sentence(self, t: Translator, error: Exception, body: dict[str, Any]) -> str:
        if isinstance(error, DomainError):
            return problems.problem(t, error)
        if isinstance(error, SlackProblem) and error.code in TRIGGER_PROBLEMS:
            return t.text("That took too long, and Slack no longer lets me open the window. Please press it again.")
        if isinstance(error, SlackProblem) and error.code is SlackCode.NOT_INSTALLED:
            return problems.problem(t, DomainError(Problem.WORKSPACE_UNKNOWN))
        if isinstance(error, Uncertain) or (isinstance(error, SlackProblem) and error.passes):
            log.warning("slack_away", kind=body.get("type") or body.get("command"), problem=str(error))
            return t.text("Slack does not answer me at the moment. Please try again in a minute.")
        incident_id = new_id()[:8]
        log.error("request_failed", incident=incident_id, kind=body.get("type") or body.get("command"), exc_info=error)
        return mistakes.incident(t, incident_id)


def _of_submission(t: Translator, error: Exception, body: dict[str, Any], text: str) -> dict[str, Any]:
    """What may go better in a minute is told beside a field: a notice in place of the modal takes along all that was
    typed into it.
    """
    field = next(iter(modal_of(body).block_ids.values()), "")
    if field and not isinstance(error, DomainError):
        return {"response_action": "errors", "errors": {field: text}}
    return {"response_action": "update", "view": mistakes.notice_modal(t, text)}


def _body(t: Translator, text: str) -> dict[str, Any]:
    return ephemeral_body(mistakes.ephemeral(t, text))
