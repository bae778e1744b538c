"""An outside domain that turns up in meetings: perhaps a client."""

from domain.client import Client
from domain.planned import Proposal
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import Action
from messages.labels import tier_label

_DOMAIN = 100


def proposal(t: Translator, proposed: Proposal) -> Message:
    """The buttons carry the domain: a proposal has no other name, and it is looked up among the open ones."""
    return blocks.message(_question(t, proposed), proposal_blocks(t, proposed))


def proposal_blocks(t: Translator, proposed: Proposal) -> list[Block]:
    """One question with its two buttons, also for the end of a list."""
    return [
        blocks.section(_question(t, proposed)),
        blocks.actions(
            [
                blocks.button(
                    t.text("Add as a client"), action_id=Action.PROPOSAL_ADD, value=proposed.domain, style="primary"
                ),
                blocks.button(t.text("Not a client"), action_id=Action.PROPOSAL_DISMISS, value=proposed.domain),
            ]
        ),
    ]


def proposal_settled(t: Translator, domain: str, client: Client | None) -> Message:
    """What the question turns into; without a client it was dismissed."""
    shown = one_line(domain, _DOMAIN)
    if client is None:
        text = t.mrkdwn("{domain}: not a client. I will not ask again.", domain=shown)
    else:
        text = t.mrkdwn(
            "✓ *{client}* is a client now ({tier}). I will tell you about meetings with {domain}.",
            client=one_line(client.name, _DOMAIN),
            tier=tier_label(t, client.tier),
            domain=shown,
        )
    return blocks.message(text, [blocks.section(text)])


def _question(t: Translator, proposed: Proposal) -> str:
    domain = one_line(proposed.domain, _DOMAIN)
    if not proposed.sample_email:
        return t.mrkdwn("*Add {domain} as a client?* They are in your meetings.", domain=domain)
    return t.mrkdwn(
        "*Add {domain} as a client?* {email} is in your meetings.",
        domain=domain,
        email=one_line(proposed.sample_email, _DOMAIN),
    )
