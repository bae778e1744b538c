"""What the judgement says, in sentences: one for each rule, in plain text."""

from collections.abc import Callable, Mapping

from babel.numbers import format_decimal

from domain.assessment import Finding, Rule, Value
from domain.words import MeetingKind, Option, Reason
from messages.i18n import N_, Translator
from messages.labels import (
    kind_label,
    kind_name,
    option_label,
    option_name,
    reason_label,
    tier_label,
    verdict_label,
)

__all__ = [
    "SENTENCES",
    "kind_label",
    "option_label",
    "option_name",
    "reason_label",
    "sentence",
    "tier_label",
    "verdict_label",
]

Values = Mapping[str, Value]
Say = Callable[[Translator, Values], str]


def sentence(t: Translator, finding: Finding) -> str:
    """Plain text: escape it on the way into mrkdwn."""
    return SENTENCES[finding.rule](t, finding.values)


_LEAST_DAMAGE: Mapping[Option, str] = {
    Option.SHORTER: N_("The meeting still takes place, and everybody saves time."),
    Option.CALL: N_("You still talk to each other, without the journey."),
    Option.HANDOFF: N_("The client still gets the meeting, with a colleague who is well prepared."),
    Option.EMAIL: N_("This can be settled in writing for now."),
    Option.KEEP: N_("It is best to hold the meeting as planned."),
}

_EXCUSED: Mapping[Reason, str] = {
    Reason.ILLNESS: N_("You are ill, so whichever way suits you is fine."),
    Reason.EMERGENCY: N_("An emergency comes first, so whichever way suits you is fine."),
}


def _number(values: Values, name: str) -> int:
    return int(values[name])


def _plain(text: str) -> Say:
    return lambda t, _: t.text(text)


def _option(t: Translator, v: Values) -> str:
    return option_name(t, Option(str(v["option"])))


def _reason(t: Translator, v: Values) -> str:
    return reason_label(t, Reason(str(v["reason"])))


def _kind(t: Translator, v: Values) -> str:
    return kind_name(t, MeetingKind(str(v["kind"])))


def _decimal(t: Translator, v: Values, name: str) -> str:
    return format_decimal(v[name], locale=t.language)


def _left(t: Translator, v: Values) -> str:
    """The notice that is left: minutes below two hours, hours below two days, then days."""
    minutes = _number(v, "minutes")
    if minutes < 120:
        return t.count("{n} minute", "{n} minutes", minutes)
    return t.count("{n} hour", "{n} hours", minutes // 60)


def _renewal(t: Translator, v: Values) -> str:
    if _number(v, "days") == 0:
        return t.text("The contract is up for renewal today, so they count as {to_tier} instead of {from_tier}.", **v)
    return t.count(
        "The contract is up for renewal in {n} day, so they count as {to_tier} instead of {from_tier}.",
        "The contract is up for renewal in {n} days, so they count as {to_tier} instead of {from_tier}.",
        _number(v, "days"),
        **v,
    )


def _revenue(t: Translator, v: Values) -> str:
    return t.text(
        "They bring in {share} % of the revenue, so they count as {to_tier} instead of {from_tier}.",
        share=_decimal(t, v, "share_percent"),
        **v,
    )


def _base(text: str) -> Say:
    return lambda t, v: t.text(text, tier=v["tier"], option=_option(t, v), reason=_reason(t, v))


def _frequent(t: Translator, v: Values) -> str:
    return t.count(
        "You met {n} time in the last {days} days, which is often indeed.",
        "You met {n} times in the last {days} days, which is often indeed.",
        _number(v, "meetings"),
        days=v["days"],
    )


def _idle(t: Translator, v: Values) -> str:
    return t.count(
        "Nothing was decided or noted in the last meeting of this series.",
        "Nothing was decided or noted in the last {n} meetings of this series.",
        _number(v, "occurrences"),
    )


def _not_shown(t: Translator, v: Values) -> str:
    return t.count(
        "The history does not show that you meet so often ({n} meeting in the last {days} days), "
        "so it counts as “I would rather not”.",
        "The history does not show that you meet so often ({n} meetings in the last {days} days), "
        "so it counts as “I would rather not”.",
        _number(v, "meetings"),
        days=v["days"],
    )


def _budget(t: Translator, v: Values) -> str:
    if not v["budget"]:
        return t.text("Every step-down with a client of tier {tier} needs a second thought here.", tier=v["tier"])
    return t.count(
        "You stepped down {n} meeting with them in the last {days} days; {budget} is the most for tier {tier}.",
        "You stepped down {n} meetings with them in the last {days} days; {budget} is the most for tier {tier}.",
        _number(v, "step_downs"),
        days=v["days"],
        budget=v["budget"],
        tier=v["tier"],
    )


def _pattern(t: Translator, v: Values) -> str:
    return t.count(
        "{n} of the last {meetings} meetings with them was stepped down. "
        "Instead of another exception, propose a shorter or rarer series openly.",
        "{n} of the last {meetings} meetings with them were stepped down. "
        "Instead of another exception, propose a shorter or rarer series openly.",
        _number(v, "step_downs"),
        meetings=v["meetings"],
    )


def _early(t: Translator, v: Values) -> str:
    return t.count(
        "You are {n} day early: thank you, that gives the client time to plan anew.",
        "You are {n} days early: thank you, that gives the client time to plan anew.",
        _number(v, "days"),
    )


def _short(t: Translator, v: Values) -> str:
    return t.count(
        "It takes {n} minute only, and {limit} is the least.",
        "It takes {n} minutes only, and {limit} is the least.",
        _number(v, "minutes"),
        limit=v["limit_minutes"],
    )


def _timed(text: str) -> Say:
    return lambda t, v: t.text(text, left=_left(t, v))


SENTENCES: Mapping[Rule, Say] = {
    Rule.TIER_AS_SET: lambda t, v: t.text("This client is tier {tier}.", **v),
    Rule.TIER_NO_CLIENT: lambda t, v: t.text("This client is not in your list yet, so I count it as tier {tier}.", **v),
    Rule.TIER_REVENUE: _revenue,
    Rule.TIER_RENEWAL: _renewal,
    Rule.TIER_COMPLAINT: lambda t, v: t.text(
        "They have an open complaint, so they count as {to_tier} instead of {from_tier}.", **v
    ),
    Rule.REASON_ASSUMED: lambda t, v: t.text(
        "You have not said why yet, so I assume “{reason}”.", reason=_reason(t, v)
    ),
    Rule.BASE_EXCUSED: lambda t, v: t.text(_EXCUSED[Reason(str(v["reason"]))]),
    Rule.BASE_FINE: _base(N_("With tier {tier} and this reason, {option} is fine.")),
    Rule.BASE_THINK_TWICE: _base(N_("With tier {tier} and this reason, {option} may cost goodwill.")),
    Rule.BASE_BLOCKED: _base(N_("With tier {tier}, “{reason}” is not enough of a reason for {option}.")),
    Rule.GLAD_TO_WRITE: lambda t, v: t.text(
        "They are glad to do things in writing, so for an e-mail they count as {counted_as} instead of {tier}.", **v
    ),
    Rule.GLAD_TO_WRITE_NOT_A: _plain(N_("They are glad to do things in writing, but as an A they come first.")),
    Rule.REPETITIVE_FREQUENT: _frequent,
    Rule.REPETITIVE_IDLE: _idle,
    Rule.REPETITIVE_NOT_SHOWN: _not_shown,
    Rule.PROTECTED_EMAIL: lambda t, v: t.text(
        "This meeting is {kind}: that needs a conversation, not an e-mail.", kind=_kind(t, v)
    ),
    Rule.PROTECTED_EMAIL_EXCUSED: lambda t, v: t.text(
        "This meeting is {kind}: if you can, talk rather than write, even now.", kind=_kind(t, v)
    ),
    Rule.PROTECTED_HANDOFF: lambda t, v: t.text(
        "This meeting is {kind}: the client expects you, not somebody else.", kind=_kind(t, v)
    ),
    Rule.BUDGET_USED: _budget,
    Rule.TWICE_IN_A_ROW: _plain(N_("The last meeting with them was stepped down too.")),
    Rule.SHORT_NOTICE: _timed(N_("It starts in {left}, which is short notice for an e-mail.")),
    Rule.TOO_LATE: lambda t, v: t.text(
        "It starts in {left}, which is too late for {option}: the client may be on the way.",
        left=_left(t, v),
        option=_option(t, v),
    ),
    Rule.OWNER_LEADS: _plain(N_("You lead this account, and with tier A they count on you yourself.")),
    Rule.ALREADY_A_CALL: _plain(N_("It is a call already.")),
    Rule.NO_NUMBER: _plain(N_("There is no phone number to ring.")),
    Rule.NUMBER_TO_ASK: _plain(N_("I do not know their phone number yet, so I will ask you for it once.")),
    Rule.ALREADY_SHORT: _short,
    Rule.NOBODY_TO_TAKE_IT: _plain(N_("There is no colleague who could take it over.")),
    Rule.STARTED: _plain(N_("It has started already.")),
    Rule.RING_FIRST: _timed(N_("It starts in {left}: ring the client first, before you send anything.")),
    Rule.RING_TOO: _timed(N_("It starts in {left}: ring the client too, besides writing.")),
    Rule.EARLY: _early,
    Rule.PATTERN: _pattern,
    Rule.LEAST_DAMAGE: lambda t, v: t.text(_LEAST_DAMAGE[Option(str(v["option"]))]),
    Rule.DRAGGED_ALONG: _plain(N_("A colleague who attends is closer to this client than you are.")),
    Rule.KEEP_NOTHING_FINE: _plain(N_("None of the ways to step it down is fine for this client now.")),
    Rule.KEEP_RATHER_NOT: _plain(N_("With a client like this it is worth going, even if you would rather not.")),
    Rule.KEEP_STARTED: _plain(N_("It has started already.")),
    Rule.KEEP_ALWAYS: _plain(N_("You can always hold the meeting as planned.")),
}
