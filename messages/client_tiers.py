"""A client's tier beside its part of the revenue: in the modal, on a page of its own, and in the quarter's question."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from domain.client import Client
from domain.policy import Policy
from domain.tiering import Standing
from domain.words import Tier
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.labels import tier_label

NAME = 100
PER_PAGE = 20
MOST_ASKED = 15
"""Clients in one question: two blocks each, and somebody has to read it."""
LIST = ","
"""Between the ids of clients in one value."""
SHOWN_DONE = 40
"""Names of those that were answered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """From which share of the revenue (0 to 1) a tier is suggested."""

    a: float
    b: float

    @classmethod
    def of(cls, policy: Policy) -> "Thresholds":
        return cls(a=policy.tier_a_share, b=policy.tier_b_share)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A client and how its tier stands to its revenue; None where nobody knows that."""

    client: Client
    standing: Standing | None


def percent(t: Translator, share: float) -> str:
    """`12.4 %`."""
    return f"{format_decimal(round(share * 100, 1), locale=t.language)} %"


def amount(t: Translator, revenue: float) -> str:
    """`250,000`, without a currency: it is the workspace's own."""
    return format_decimal(round(revenue, 2), locale=t.language)


def note(t: Translator, client: Client, standing: Standing | None, thresholds: Thresholds) -> list[Block]:
    """What the revenue says of the tier; with one click it is taken over. Nothing where no share is known."""
    if standing is None:
        return []
    values = {"share": percent(t, standing.share), **_limits(t, thresholds)}
    if standing.fits:
        text = t.mrkdwn("✓ This tier fits: {share} of the revenue (A from {a}, B from {b}).", **values)
        return [blocks.context(text)]
    text = t.mrkdwn(
        "*Suggested: {tier}* ({share} of the revenue; A from {a}, B from {b})", tier=standing.suggested, **values
    )
    return [blocks.section(text, accessory=_take(t, client, standing.suggested))]


def page(t: Translator, ranked: Sequence[Ranked], thresholds: Thresholds, unknown: int) -> Message:
    """Those whose tier is another one than the revenue suggests. `unknown`: clients whose share nobody knows."""
    limits = _limits(t, thresholds)
    rule = t.mrkdwn("By their part of the revenue: A from {a}, B from {b}, C below.", **limits)
    if unknown:
        rule += " " + t.count(
            "Of {n} client I do not know the revenue.", "Of {n} clients I do not know the revenue.", unknown
        )
    if not ranked:
        text = t.text("*Tiers to look at:* none. Every tier fits the revenue as I know it.")
        return blocks.message(text, [blocks.section(text), blocks.context(rule)])
    intro = t.count("*{n} tier to look at*", "*{n} tiers to look at*", len(ranked))
    shown = ranked[:PER_PAGE]
    lines = [_line(t, one) for one in shown]
    parts = [
        blocks.section(line, accessory=_take(t, one.client, one.standing.suggested) if one.standing else None)
        for one, line in zip(shown, lines, strict=True)
    ]
    more = len(ranked) - len(shown)
    if more:
        rule += " " + t.count("{n} more comes after these.", "{n} more come after these.", more)
    return blocks.message("\n".join([intro, *lines]), [blocks.section(intro), *parts, blocks.context(rule)])


def question(
    t: Translator, quarter: str, open_: Sequence[Ranked], done: Sequence[Client], thresholds: Thresholds
) -> Message:
    """The quarter's question to the lead of these clients. `done`: those whose tier was looked at in the quarter."""
    answered = [blocks.context(_done(t, done))] if done else []
    if not open_:
        text = t.text("✓ *The tiers of your clients* are as they should be for this quarter. Thank you!")
        return blocks.message(text, [blocks.section(text), *answered])
    intro = t.text(
        "*A new quarter: do these tiers still fit?* The higher the tier, the more careful my advice on that client."
    )
    shown = open_[:MOST_ASKED]
    parts = [block for one in shown for block in _asked(t, quarter, one)]
    end = t.mrkdwn(
        "A from {a} of the revenue, B from {b}. You get this once a quarter, as you lead these clients; "
        "name another lead under `/meetdown clients`, and it stops.",
        **_limits(t, thresholds),
    )
    more = len(open_) - len(shown)
    if more:
        end += " " + t.count("And {n} more: `/meetdown clients`", "And {n} more: `/meetdown clients`", more)
    # By name: a second click must not speak for those that come after these.
    ids = LIST.join(one.client.id for one in shown)
    fit = blocks.button(t.text("All fit"), action_id=Action.TIERS_FIT, value=pack(quarter, ids), style="primary")
    return blocks.message(
        "\n".join([intro, *(_line(t, one) for one in shown)]),
        [blocks.section(intro), *parts, blocks.actions([fit]), *answered, blocks.context(end)],
    )


def noted(t: Translator) -> Message:
    """Where the question itself cannot show it any more."""
    text = t.text("✓ Noted. `/meetdown clients` shows your clients with their tiers.")
    return blocks.message(text, [blocks.section(text)])


def _asked(t: Translator, quarter: str, one: Ranked) -> list[Block]:
    client = one.client
    suggested = one.standing.suggested if one.standing else None
    keep = blocks.button(
        t.text("Keep {tier}", tier=client.tier), action_id=Action.TIER_KEEP, value=pack(quarter, client.id, client.tier)
    )
    others = [
        blocks.option(
            t.text("{tier} (suggested)", tier=tier) if tier is suggested else tier, pack(quarter, client.id, tier)
        )
        for tier in Tier
        if tier is not client.tier
    ]
    change = blocks.select(action_id=Action.TIER_CHANGE, options=others, placeholder=t.text("Change to…"))
    return [blocks.section(_line(t, one)), blocks.actions([keep, change])]


def _line(t: Translator, one: Ranked) -> str:
    client, standing = one.client, one.standing
    values = {"client": one_line(client.name, NAME), "tier": tier_label(t, client.tier)}
    if standing is None:
        return t.mrkdwn("*{client}* · {tier} · revenue not known", **values)
    values["share"] = percent(t, standing.share)
    if standing.fits:
        return t.mrkdwn("*{client}* · {tier} · {share} of the revenue", **values)
    return t.mrkdwn(
        "*{client}* · {tier} · {share} of the revenue suggests *{suggested}*", suggested=standing.suggested, **values
    )


def _done(t: Translator, done: Sequence[Client]) -> str:
    names = ", ".join(f"{one_line(client.name, NAME)} ({client.tier})" for client in done[:SHOWN_DONE])
    return t.mrkdwn("✓ Looked at this quarter: {clients}", clients=names)


def _take(t: Translator, client: Client, tier: Tier) -> Block:
    return blocks.button(t.text("Make it {tier}", tier=tier), action_id=Action.TIER_TAKE, value=pack(client.id, tier))


def _limits(t: Translator, thresholds: Thresholds) -> dict[str, str]:
    return {"a": percent(t, thresholds.a), "b": percent(t, thresholds.b)}
