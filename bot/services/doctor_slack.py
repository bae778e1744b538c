"""The doctor's checks of everything that Slack has to agree with."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from cryptography.fernet import InvalidToken
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.secret_keys import load_secret_keys
from bot.services.doctor_finding import Finding, State
from bot.services.doctor_home import not_made_yet
from bot.settings import Mode, Settings, SettingsError
from bot.slack.inspection import TokenFacts, check_app_token, check_client, inspect_bot_token
from bot.slack.manifest import bot_scopes
from bot.slack.problems import SlackCode, SlackProblem
from bot.slack.web_api import make_client, make_session
from domain.clock import Clock
from domain.member import Installation
from storage import workspaces
from storage.database import Database
from storage.vault import Vault

MOST_SKEW = timedelta(seconds=60)
"""Slack's signatures are refused when they seem more than 300 s old."""
MOST_WORKSPACES = 50
"""How many installations are asked after; more would take minutes."""
PUBLIC_SECONDS = 5.0
REINSTALL = "create the app from manifest.yml (or add the scopes under “OAuth & Permissions”) and install it again"


async def check_slack(settings: Settings, clock: Clock, manifest: Path) -> list[Finding]:
    if settings.mode is Mode.PLAYGROUND:
        return [Finding("Slack", State.NOTE, "no SLACK_… setting is set; README.md says how to connect a workspace")]
    wanted, findings = _wanted_scopes(manifest)
    async with make_session() as session:
        client = make_client(session, settings.slack_api_url)
        if settings.mode is Mode.OAUTH:
            findings += await _check_oauth(settings, clock, client, wanted)
        elif settings.slack_bot_token is not None:
            findings += await _check_bot_token(client, clock, _plain(settings.slack_bot_token), wanted)
        if settings.slack_app_token is not None:
            findings.append(await _check_app_token(client, _plain(settings.slack_app_token)))
    if settings.slack_signing_secret is not None:
        findings.append(Finding("signing secret", State.OK, "set; only a request from Slack can prove it right"))
    return findings


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _wanted_scopes(manifest: Path) -> tuple[frozenset[str] | None, list[Finding]]:
    try:
        return frozenset(bot_scopes(manifest)), []
    except (OSError, ValueError):
        advice = "restore the file as it is in the release"
        return None, [Finding("manifest", State.FAILED, f"{manifest} cannot be read or names no bot scopes", advice)]


async def _check_bot_token(
    client: AsyncWebClient, clock: Clock, token: str, wanted: frozenset[str] | None, name: str = "bot token"
) -> list[Finding]:
    try:
        facts = await inspect_bot_token(client, token)
    except SlackProblem as problem:
        return [_refused(name, problem, "copy the “Bot User OAuth Token” of the app again, and check SLACK_API_URL")]
    if not facts.bot_id:
        says = f"Slack takes it for a person's, in {facts.team} ({facts.team_id})"
        return [Finding(name, State.FAILED, says, "use the “Bot User OAuth Token”, which begins with xoxb-")]
    findings = [Finding(name, State.OK, f"good for {facts.team} ({facts.team_id}), as {facts.bot_user_id}")]
    if wanted is not None:
        findings.append(_scopes(facts, wanted, "scopes" if name == "bot token" else f"scopes of {name}"))
    return findings + _skew(facts, clock)


def _scopes(facts: TokenFacts, wanted: frozenset[str], name: str) -> Finding:
    missing, spare = sorted(wanted - facts.scopes), sorted(facts.scopes - wanted)
    if missing:
        return Finding(name, State.FAILED, f"missing: {', '.join(missing)}", REINSTALL)
    if spare:
        advice = "take them away in the app's settings and install it again: the bot does not need them"
        return Finding(name, State.WARNING, f"all of manifest.yml, and more: {', '.join(spare)}", advice)
    return Finding(name, State.OK, f"the {len(wanted)} of manifest.yml")


def _skew(facts: TokenFacts, clock: Clock) -> list[Finding]:
    if facts.slack_time is None:
        return []
    skew = round((clock.now() - facts.slack_time).total_seconds())
    if abs(skew) <= MOST_SKEW.total_seconds():
        return [Finding("clock", State.OK, "agrees with Slack's")]
    says = f"this machine's is {abs(skew)} s {'ahead of' if skew > 0 else 'behind'} Slack's"
    return [Finding("clock", State.FAILED, says, "set the clock (NTP): requests that seem old are refused")]


async def _check_app_token(client: AsyncWebClient, token: str) -> Finding:
    try:
        await check_app_token(client, token)
    except SlackProblem as problem:
        advice = "make an app-level token with the scope connections:write, and enable Socket Mode in the app"
        return _refused("app token", problem, advice)
    return Finding("app token", State.OK, "good for Socket Mode")


async def _check_oauth(
    settings: Settings, clock: Clock, client: AsyncWebClient, wanted: frozenset[str] | None
) -> list[Finding]:
    findings = [await _check_client(settings, client)]
    try:
        found, more = await _installations(settings)
    except (InvalidToken, SettingsError):
        advice = "add the key that was used before to MEETDOWN_SECRET_KEYS, after the newest"
        return [*findings, Finding("workspaces", State.FAILED, "no key fits what is stored", advice)]
    except (SQLAlchemyError, sqlite3.Error, OSError):
        return [*findings, Finding("workspaces", State.NOTE, "none can be read from the database yet")]
    if not found:
        address = f"{settings.public_url}/slack/install"
        return [*findings, Finding("workspaces", State.NOTE, f"none yet; people install the bot at {address}")]
    for one in found:
        name = one.team_id or one.enterprise_id or "organisation"
        findings += await _check_bot_token(client, clock, one.bot_token, wanted, name)
    if more:
        findings.append(Finding("workspaces", State.NOTE, f"{more} more were not asked after"))
    return findings


async def _check_client(settings: Settings, client: AsyncWebClient) -> Finding:
    try:
        await check_client(client, settings.slack_client_id or "", _plain(settings.slack_client_secret))
    except SlackProblem as problem:
        advice = "copy SLACK_CLIENT_ID and SLACK_CLIENT_SECRET again, from “Basic Information” of the app"
        return _refused("OAuth client", problem, advice)
    return Finding("OAuth client", State.OK, "Slack knows its id and secret")


async def _installations(settings: Settings) -> tuple[list[Installation], int]:
    """Those that are stored, and how many more there are. Raises InvalidToken where no key fits."""
    if not_made_yet(settings):
        return [], 0
    database = Database.open(settings.database_url)
    try:
        vault = Vault(load_secret_keys(settings))
        team_ids = await database.read(workspaces.all_ids)
        found = [
            await database.read(workspaces.find_installation, vault, team_id=team_id)
            for team_id in team_ids[:MOST_WORKSPACES]
        ]
    finally:
        await database.close()
    return [one for one in found if one is not None], max(0, len(team_ids) - MOST_WORKSPACES)


def _refused(name: str, problem: SlackProblem, advice: str) -> Finding:
    if problem.code is SlackCode.UNREACHABLE:
        advice = "check the network, proxies (HTTPS_PROXY) and SLACK_API_URL"
        return Finding(name, State.FAILED, f"Slack does not answer {problem.method}", advice)
    return Finding(name, State.FAILED, f"Slack says: {problem.slack_error}", advice)


async def check_public_url(settings: Settings) -> list[Finding]:
    """Whether the address that people and Slack use leads to a running bot."""
    if settings.public_url is None:
        return []
    name, parts = "public address", urlsplit(settings.public_url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        says = f"{settings.public_url} is not https"
        return [Finding(name, State.FAILED, says, "put a proxy with a certificate in front: Slack wants https")]
    try:
        timeout = aiohttp.ClientTimeout(total=PUBLIC_SECONDS)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{settings.public_url}/healthz", allow_redirects=False) as answer,
        ):
            status = answer.status
    except (aiohttp.ClientError, OSError, ValueError):
        status = 0
    if status == 200:
        return [Finding(name, State.OK, f"{settings.public_url} leads to a running bot")]
    says = f"{settings.public_url}/healthz {f'answers {status}' if status else 'does not answer'}"
    return [Finding(name, State.WARNING, says, "start the bot, and check that the proxy leads to it")]
