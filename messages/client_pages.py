"""The clients: the list of them, and the page of those that were archived."""

from collections.abc import Mapping, Sequence

from domain.client import Client
from domain.planned import Proposal
from messages import blocks
from messages.blocks import Block, Message
from messages.client_proposals import proposal_blocks
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import Action, pack
from messages.labels import tier_label

PER_PAGE = 20
ARCHIVED = 45
"""On one page, as there is no other: blocks of a message."""
PROPOSALS = 5
NAME = 100


def client_list(
    t: Translator,
    clients: Sequence[Client],
    counts: Mapping[str, int],
    page: int = 0,
    proposals: Sequence[Proposal] = (),
    *,
    to_look_at: int = 0,
    archived: int = 0,
) -> Message:
    """`counts`: coming meetings by client id. `page` counts from 0; one that is not there shows the first.
    `to_look_at`: clients whose tier is another one than their revenue suggests.
    """
    add = blocks.button(t.text("Add a client"), action_id=Action.CLIENT_ADD)
    asked = [block for one in proposals[:PROPOSALS] for block in proposal_blocks(t, one)]
    if not clients:
        text = t.text(
            "You have no clients yet. Add one here, or connect your calendar with `/meetdown connect`: "
            "I propose the companies that I find in your meetings."
        )
        return blocks.message(text, [blocks.section(text), blocks.actions([add, *_elsewhere(t, 0, archived)]), *asked])
    pages = -(-len(clients) // PER_PAGE)
    page = page if 0 <= page < pages else 0
    shown = clients[page * PER_PAGE : (page + 1) * PER_PAGE]
    intro = t.count("*{n} client*", "*{n} clients*", len(clients))
    lines = [_client_line(t, client, counts.get(client.id, 0)) for client in shown]
    parts = [
        blocks.section(
            line, accessory=blocks.button(t.text("Open"), action_id=Action.CLIENT_OPEN, value=pack(client.id))
        )
        for client, line in zip(shown, lines, strict=True)
    ]
    buttons = [add, *([_turn(t, page, pages)] if pages > 1 else []), *_elsewhere(t, to_look_at, archived)]
    return blocks.message("\n".join([intro, *lines]), [blocks.section(intro), *parts, blocks.actions(buttons), *asked])


def _client_line(t: Translator, client: Client, coming: int) -> str:
    name, tier = one_line(client.name, NAME), tier_label(t, client.tier)
    if coming == 0:
        return t.mrkdwn("*{client}* · {tier} · nothing planned", client=name, tier=tier)
    return t.count_mrkdwn(
        "*{client}* · {tier} · {n} meeting coming",
        "*{client}* · {tier} · {n} meetings coming",
        coming,
        client=name,
        tier=tier,
    )


def archived_page(t: Translator, archived: Sequence[Client]) -> Message:
    if not archived:
        text = t.text("No client is archived.")
        return blocks.message(text, [blocks.section(text)])
    intro = t.count("*{n} archived client*", "*{n} archived clients*", len(archived))
    shown = archived[:ARCHIVED]
    lines = [t.mrkdwn("*{client}*", client=one_line(client.name, NAME)) for client in shown]
    parts = [
        blocks.section(
            line, accessory=blocks.button(t.text("Bring back"), action_id=Action.CLIENT_BACK, value=pack(client.id))
        )
        for client, line in zip(shown, lines, strict=True)
    ]
    more = len(archived) - len(shown)
    rest = [blocks.context(t.count("and {n} more", "and {n} more", more))] if more else []
    return blocks.message("\n".join([intro, *lines]), [blocks.section(intro), *parts, *rest])


def _elsewhere(t: Translator, to_look_at: int, archived: int) -> list[Block]:
    """Buttons to the pages beside the list; none to an empty one."""
    found = []
    if to_look_at:
        label = t.count("{n} tier to look at", "{n} tiers to look at", to_look_at)
        found.append(blocks.button(label, action_id=Action.TIERS))
    if archived:
        found.append(blocks.button(t.text("Archived ({n})", n=archived), action_id=Action.CLIENTS_ARCHIVED))
    return found


def _turn(t: Translator, page: int, pages: int) -> Block:
    """One button that goes round: two with the same action could not stand in one row."""
    next_page = (page + 1) % pages
    label = t.text("Page {page} of {pages}", page=next_page + 1, pages=pages)
    return blocks.button(label, action_id=Action.CLIENTS_PAGE, value=pack(str(next_page)))
