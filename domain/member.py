"""The people and the workspace that use the bot."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from domain.policy import Policy
from domain.words import Formality


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """One Slack team, or one Grid organisation, that installed the bot."""

    team_id: str
    name: str = ""
    bot_user_id: str = ""
    own_domains: tuple[str, ...] = ()
    """The workspace's own e-mail domains: people there are colleagues, not clients."""
    country: str = ""
    """ISO 3166 code whose public holidays count where a member has no country; empty: none."""
    guests_may_take_over: bool = False
    policy: Policy = field(default_factory=Policy)
    """The numbers of the judgement as this workspace has them."""
    approver_id: str = ""
    """Whom a member without a manager of their own asks to approve a blocked option; empty: nobody."""
    asks_approval: bool = False
    """A blocked option needs the approval of a manager, where one is named."""
    templates_locked: bool = False
    """Drafts come from the workspace's templates only: members' own are left aside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A Slack user, as last read from Slack, with what they chose here."""

    team_id: str
    user_id: str
    name: str = ""
    email: str = ""
    locale: str = "en-US"
    """As Slack gives it (`nl-NL`); `language` is what the bot speaks."""
    chosen_language: str = ""
    """`en` or `nl` where the member chose one; empty: as Slack has it."""
    time_zone: str = "UTC"
    country: str = ""
    decide_days: int | None = None
    """Working days before a meeting for the first reminder; None: the workspace's."""
    last_call: timedelta | None = None
    quiet_from: time | None = None
    """With `quiet_until`, the hours without reminders in the member's zone; None: the workspace's."""
    quiet_until: time | None = None
    formality: Formality | None = None
    """How a client is addressed whose record says nothing; None: formally."""
    manager_id: str = ""
    """The member who approves for this one and sees their report; empty: nobody in particular."""
    is_admin: bool = False
    """Administrator or owner of the workspace, as Slack has it."""
    refreshed_at: datetime | None = None

    @property
    def language(self) -> str:
        """The bot's language for this member: the chosen one, else `nl` where Slack is in Dutch, else `en`."""
        if self.chosen_language:
            return self.chosen_language
        return "nl" if self.locale.replace("_", "-").split("-")[0].lower() == "nl" else "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """What Slack granted when the bot was installed. The tokens are secret: not in the repr, encrypted at rest."""

    team_id: str = ""
    """May be empty where a whole Grid organisation installed."""
    enterprise_id: str = ""
    is_enterprise: bool = False
    """Installed for the whole organisation: answers for each of its teams."""
    team_name: str = ""
    bot_token: str = field(repr=False)
    bot_user_id: str = ""
    bot_id: str = ""
    app_id: str = ""
    scopes: tuple[str, ...] = ()
    refresh_token: str = field(default="", repr=False)
    """Empty where token rotation is off."""
    expires_at: datetime | None = None
    installed_at: datetime
