"""The sample agency's people: three members who speak different languages, and what they said this morning."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack.manifest import bot_scopes
from domain.client import Client, Contact
from domain.member import Member, Workspace
from domain.words import Formality, Tier
from playground.calendar_desk import Owner
from playground.records import Message
from playground.server import SlackStandIn
from playground.state import State

OWNER, COLLEAGUE, MANAGER = "U0ANNA", "U0BEN", "U0CARLA"
AGENCY = "Northlight"
DOMAIN = "northlight.example"
PEOPLE: dict[str, dict[str, str]] = {
    OWNER: {
        "name": "anna",
        "real_name": "Anna Berg",
        "title": "Account director",
        "email": f"anna@{DOMAIN}",
        "locale": "en-GB",
        "tz": "Europe/Amsterdam",
    },
    COLLEAGUE: {
        "name": "ben",
        "real_name": "Ben Visser",
        "title": "Strateeg",
        "email": f"ben@{DOMAIN}",
        "locale": "nl-NL",
        "tz": "Europe/Amsterdam",
    },
    MANAGER: {
        "name": "carla",
        "real_name": "Carla Moss",
        "title": "Managing director",
        "email": f"carla@{DOMAIN}",
        "locale": "en-US",
        "tz": "Europe/London",
    },
}
MANAGERS = {COLLEAGUE: OWNER, OWNER: MANAGER}
"""Member → manager."""
_SAID = (
    (MANAGER, "Morning! Two of our clients renew this quarter, so please look after them."),
    (COLLEAGUE, "I have room on Thursday if somebody needs a hand with a client."),
    (OWNER, "My week is full. I'll ask Meetdown which of these meetings really need me."),
)


def people(slack: SlackStandIn, now: datetime) -> None:
    """The workspace with its members and channels."""
    slack.workspace.name, slack.workspace.domain = AGENCY, "northlight"
    for user_id, fields in PEOPLE.items():
        offset = now.astimezone(ZoneInfo(fields["tz"])).utcoffset()
        user = slack.add_user(user_id, **fields)
        user.tz_offset = int(offset.total_seconds()) if offset else 0
        slack.store.open_dm(slack.workspace.id, user_id)
    slack.store.users[OWNER].is_admin = True
    slack.store.users[MANAGER].is_owner = True
    slack.add_channel("C0GENERAL", name="general", members=set(PEOPLE))
    slack.add_channel("C0CLIENTS", name="clients", members=set(PEOPLE))
    for user_id, text in _SAID:
        slack.store.messages.append(
            Message(channel="C0GENERAL", ts=slack.store.new_ts(), team_id=slack.workspace.id, user=user_id, text=text)
        )


def first_state(slack: SlackStandIn) -> State:
    """A fresh workspace, with secrets of its own: those in the source are for tests."""
    slack.app.signing_secret = secrets.token_hex(16)
    slack.app.scopes = frozenset(bot_scopes())
    slack.store.grants.clear()
    team = slack.workspace.id
    slack.store.install(team, scopes=set(slack.app.scopes), token=f"xoxb-{team}-{secrets.token_hex(16)}")
    people(slack, slack.store.now())
    return State(calendars={user_id: secrets.token_urlsafe(12) for user_id in PEOPLE})


def owners(state: State) -> list[Owner]:
    """Each member has a calendar, at an address that nobody guesses."""
    return [
        Owner(user_id=user_id, email=one["email"], name=one["real_name"], time_zone=one["tz"], secret=secret)
        for user_id, secret in state.calendars.items()
        for one in [PEOPLE[user_id]]
    ]


def workspace(slack: SlackStandIn) -> Workspace:
    return Workspace(
        team_id=slack.workspace.id,
        name=AGENCY,
        bot_user_id=slack.workspace.bot_user_id,
        own_domains=(DOMAIN,),
        country="NL",
    )


def members(slack: SlackStandIn) -> list[Member]:
    """As Slack would tell of them; `refreshed_at` stays empty, so the bot asks all the same."""
    return [
        Member(
            team_id=slack.workspace.id,
            user_id=user_id,
            name=one["real_name"],
            email=one["email"],
            locale=one["locale"],
            time_zone=one["tz"],
            manager_id=MANAGERS.get(user_id, ""),
            is_admin=slack.store.users[user_id].is_admin or slack.store.users[user_id].is_owner,
        )
        for user_id, one in PEOPLE.items()
    ]


def clients(team_id: str, now: datetime) -> list[Client]:
    """Two of each tier, with what lifts a tier and what lowers one."""
    return [
        _client(
            team_id,
            "Fjord Bank",
            Tier.A,
            "fjordbank.example",
            [("Ingrid Solberg", "ingrid", "+4721555010"), ("Lars Dahl", "lars", "")],
            revenue_share=0.18,
            lead_id=OWNER,
            time_zone="Europe/Oslo",
            notes="Likes a call better than a mail.",
        ),
        _client(
            team_id,
            "Meridian Health",
            Tier.A,
            "meridianhealth.example",
            [("Grace Okoro", "grace", "+442079460123"), ("Tom Ellis", "tom", "")],
            revenue_share=0.11,
            lead_id=MANAGER,
            time_zone="Europe/London",
        ),
        _client(
            team_id,
            "Harbour Foods",
            Tier.B,
            "harbourfoods.example",
            [("Maya Lindqvist", "maya", "+31205550147")],
            lead_id=OWNER,
            open_complaint=True,
        ),
        _client(
            team_id,
            "Zephyr Rail",
            Tier.B,
            "zephyrrail.example",
            [("Noor Haddad", "noor", "+31205550162")],
            lead_id=COLLEAGUE,
            renewal_on=now.date() + timedelta(days=45),
        ),
        _client(
            team_id,
            "Tulp & Zonen",
            Tier.B,
            "tulpenzonen.example",
            [("Joost Tulp", "joost", "+31205550118")],
            language="nl",
            formality=Formality.INFORMAL,
            lead_id=OWNER,
            time_zone="Europe/Amsterdam",
        ),
        _client(
            team_id,
            "Kite Studio",
            Tier.C,
            "kitestudio.example",
            [("Robin Park", "robin", "")],
            glad_to_write=True,
            lead_id=COLLEAGUE,
        ),
        _client(
            team_id,
            "Bakkerij Morgen",
            Tier.C,
            "bakkerijmorgen.example",
            [("Mevrouw De Wit", "dewit", "+31205550135")],
            language="nl",
            lead_id=OWNER,
            time_zone="Europe/Amsterdam",
            # More than a C brings in by the workspace's thresholds: `/meetdown clients tiers` has something to show.
            revenue_share=0.05,
        ),
    ]


def _client(
    team_id: str, name: str, tier: Tier, domain: str, people: list[tuple[str, str, str]], **fields: Any
) -> Client:
    """`people`: name, the part of the address before the @, phone."""
    client_id = f"sample-{domain.partition('.')[0]}"
    contacts = tuple(
        Contact(id=f"{client_id}-{box}", client_id=client_id, name=who, email=f"{box}@{domain}", phone=phone)
        for who, box, phone in people
    )
    made = Client(id=client_id, team_id=team_id, name=name, tier=tier, domains=(domain,), contacts=contacts)
    return replace(made, **fields)
