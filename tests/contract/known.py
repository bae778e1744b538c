"""Every difference between the two Slacks, and why it stays. One that is not here fails the test, and so does one that
is here and no longer found.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from tests.contract.comparing import Difference


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """`steps` and `paths` are patterns as of a shell."""

    whose: Literal["emulate", "stand-in", "nobody"]
    """Who falls short of Slack; `nobody`: Slack's own way is not known, or has both."""
    steps: tuple[str, ...]
    paths: tuple[str, ...]
    reason: str

    def explains(self, found: Difference) -> bool:
        return any(fnmatchcase(found.step, one) for one in self.steps) and any(
            fnmatchcase(found.path, one) for one in self.paths
        )


_PEOPLE = ("a person", "a person, in their language", "everybody*", "whose address it is")
_A_USER = ("user", "members.0")
_A_MESSAGE = ("message", "messages.0")
_WHOLE = ("*",)


def _in(roots: tuple[str, ...], *fields: str) -> tuple[str, ...]:
    return tuple(f"{root}.{field}" for root in roots for field in fields)


KNOWN = (
    Known(
        whose="emulate",
        steps=("who am I, with a wrong token", "a person, with a wrong token", "post with a wrong token"),
        paths=_WHOLE,
        reason="takes a token that it does not know for its first user's, and then misses scopes; Slack: invalid_auth",
    ),
    Known(
        whose="emulate",
        steps=("a method that is not there",),
        paths=_WHOLE,
        reason="answers 404 in another form; Slack answers ok: false, unknown_method and the method's name",
    ),
    Known(
        whose="emulate",
        steps=("who am I",),
        paths=("is_enterprise_install",),
        reason="knows no Enterprise Grid; Slack always says it",
    ),
    Known(
        whose="emulate",
        steps=("the workspace",),
        paths=("team.url",),
        reason="leaves the address of the workspace out",
    ),
    Known(
        whose="emulate",
        steps=_PEOPLE,
        paths=_in(_A_USER, "tz", "tz_label", "tz_offset", "updated", "profile.team", "is_*"),
        reason="has no time zones, guests, owners or moment of the last change of a user",
    ),
    Known(
        whose="emulate",
        steps=("a person, in their language",),
        paths=("user.locale",),
        reason="does not know include_locale",
    ),
    Known(
        whose="stand-in",
        steps=_PEOPLE,
        paths=_in(_A_USER, "profile.image_*", "profile.huddle_state*"),
        reason="has no pictures and no huddles; the bot reads neither",
    ),
    Known(
        whose="nobody",
        steps=("everybody*",),
        paths=("members.0.profile.email",),
        reason="who comes first: there the first of its own people, here the bot, who has no address",
    ),
    Known(
        whose="emulate",
        steps=("open it and describe it", "describe a DM"),
        paths=_in(
            ("channel",),
            *("creator", "is_channel", "is_group", "is_member", "is_mpim", "is_private", "is_user_deleted"),
            *("name", "name_normalized", "num_members", "purpose.*", "topic.*"),
        ),
        reason="describes a DM as if it were a channel; Slack gives a DM no name, topic or creator",
    ),
    Known(
        whose="stand-in",
        steps=("open it and describe it", "describe a DM", "describe a channel"),
        paths=("channel.last_read",),
        reason="keeps the bot no read mark; the bot reads none",
    ),
    Known(
        whose="emulate",
        steps=("describe a channel",),
        paths=("channel.is_open", "channel.num_members"),
        reason="is_open belongs to DMs, num_members is given where include_num_members asks for it",
    ),
    Known(
        whose="nobody",
        steps=("describe a channel",),
        paths=("channel.topic.creator", "channel.purpose.creator"),
        reason="there the topic was set by somebody, here by nobody yet, which Slack says with an empty text",
    ),
    Known(
        whose="emulate",
        steps=("post *", "reply", "reply to nothing", "change to *", "what was said*", "a thread"),
        paths=_in(_A_MESSAGE, "app_id", "bot_id", "team"),
        reason="does not say which app and team a message of a bot's is from",
    ),
    Known(
        whose="emulate",
        steps=("post in a private channel of others", "what was said behind a closed door"),
        paths=("error",),
        reason="says not_in_channel and so gives the private channel away; Slack: channel_not_found",
    ),
    Known(
        whose="emulate",
        steps=("reply to no message name",),
        paths=_WHOLE,
        reason="does not check thread_ts; Slack: invalid_thread_ts",
    ),
    Known(
        whose="emulate",
        steps=("post broken JSON",),
        paths=("error",),
        reason="has one name for both; Slack's for blocks that are no JSON is invalid_blocks_format",
    ),
    Known(
        whose="emulate",
        steps=("post blocks that are none",),
        paths=("response_metadata.messages.0",),
        reason="does not explain itself",
    ),
    Known(
        whose="emulate",
        steps=("post a block of no known type",),
        paths=_WHOLE,
        reason="does not look into blocks; Slack: invalid_blocks",
    ),
    Known(
        whose="emulate",
        steps=("change in a channel that is not there",),
        paths=("error",),
        reason="looks for the message first; Slack: channel_not_found",
    ),
    Known(
        whose="emulate",
        steps=("whisper to nobody",),
        paths=("error",),
        reason="Slack's name for somebody who is not there, for whatever cause, is user_not_in_channel",
    ),
    Known(
        whose="emulate",
        steps=("what was said before",),
        paths=("messages.0.metadata.*",),
        reason="shows metadata unasked; Slack wants include_all_metadata",
    ),
    Known(
        whose="emulate",
        steps=("a thread",),
        paths=(
            "messages.0.latest_reply",
            "messages.0.reply_users_count",
            "messages.0.thread_ts",
            "response_metadata.*",
        ),
        reason="leaves out what the first message of a thread tells of the others, and has no pages here",
    ),
    Known(
        whose="emulate",
        steps=("a thread of nothing",),
        paths=_WHOLE,
        reason="answers an empty thread; Slack: thread_not_found",
    ),
    Known(
        whose="emulate",
        steps=("open a modal", "change *", "push a *", "show a Home tab"),
        paths=("view.app_installed_team_id",),
        reason="leaves it out",
    ),
    Known(
        whose="emulate",
        steps=("open something that is no view", "open a Home tab as a modal", "show a modal as one"),
        paths=("error", "response_metadata.messages.0"),
        reason="invalid_view is not Slack's: it answers invalid_arguments and says in the messages what is wrong",
    ),
    Known(
        whose="nobody",
        steps=("push from nowhere",),
        paths=("error",),
        reason="Slack's list of errors for views.push names neither not_found nor view_not_found",
    ),
    Known(
        whose="nobody",
        steps=("show it to nobody",),
        paths=("error", "response_metadata.messages.0"),
        reason="Slack's list of errors for views.publish does not say which one it is",
    ),
    Known(
        whose="stand-in",
        steps=("show a Home tab",),
        paths=("view.title",),
        reason="gives a Home tab no title, which it has none of; the bot reads none",
    ),
    Known(
        whose="emulate",
        steps=("exchange with no right",),
        paths=("error",),
        reason="has one name for both; Slack's for the secret is bad_client_secret",
    ),
    Known(
        whose="emulate",
        steps=("announce one without a name", "show no file"),
        paths=("response_metadata.messages.0",),
        reason="says invalid_arguments and not what is wrong with them",
    ),
    Known(
        whose="stand-in",
        steps=("show it", "what was shown"),
        paths=("*files.0.shares.*",),
        reason="leaves out where a file is shared: Slack fills that in later, so the bot reads the messages instead",
    ),
    Known(
        whose="emulate",
        steps=("what was shown",),
        paths=("messages.0.app_id", "messages.0.bot_id", "messages.0.team"),
        reason="a message with a file does not say whose app it is from; the bot knows its file by the file's id",
    ),
)
