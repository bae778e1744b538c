"""The clients: the list, the modal that adds or changes one, and what has happened with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.client import Client, Contact
from domain.planned import Proposal
from domain.words import Formality, Tier
from messages import blocks
from messages.blocks import Block, Message
from messages.client_proposals import proposal, proposal_blocks, proposal_settled
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import VALUE, Action, Field, View, pack
from messages.labels import formality_label, language_label, tier_label
from messages.timeline_page import timeline_modal

__all__ = [
    "COMPLAINT",
    "GLAD_TO_WRITE",
    "ClientPrefill",
    "client_list",
    "client_modal",
    "client_saved",
    "proposal",
    "proposal_settled",
    "saved_modal",
    "timeline_modal",
]

PER_PAGE = 20
PROPOSALS = 5
NAME = 100
COMPLAINT = "open_complaint"
"""Value of a tick box under `Field.FLAGS`."""
GLAD_TO_WRITE = "glad_to_write"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientPrefill:
    """What a new client's modal starts with."""

    name: str = ""
    domains: tuple[str, ...] = ()
    contact_name: str = ""
    contact_email: str = ""


def client_list(
    t: Translator,
    clients: Sequence[Client],
    counts: Mapping[str, int],
    page: int = 0,
    proposals: Sequence[Proposal] = (),
) -> Message:
    """`counts`: coming meetings by client id. `page` counts from 0; one that is not there shows the first."""
    add = blocks.button(t.text("Add a client"), action_id=Action.CLIENT_ADD)
    asked = [block for one in proposals[:PROPOSALS] for block in proposal_blocks(t, one)]
    if not clients:
        text = t.text(
            "You have no clients yet. Add one here, or connect your calendar with `/meetdown connect`: "
            "I propose the companies that I find in your meetings."
        )
        return blocks.message(text, [blocks.section(text), blocks.actions([add]), *asked])
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
    buttons = [add, *([_turn(t, page, pages)] if pages > 1 else [])]
    return blocks.message("\n".join([intro, *lines]), [blocks.section(intro), *parts, blocks.actions(buttons), *asked])


def client_modal(
    t: Translator, form_id: str, client: Client | None, languages: Sequence[str], prefill: ClientPrefill | None = None
) -> Block:
    """Adds a client, or changes `client`. The tier of a new one is asked for, never assumed."""
    given = prefill or ClientPrefill()
    return blocks.modal(
        title=t.text("Add a client") if client is None else t.text("Change a client"),
        blocks=[
            *_company(t, client, given),
            *_person(t, client, given),
            *_manner(t, client, languages),
            *_judgement(t, client),
        ],
        callback_id=View.CLIENT,
        submit=t.text("Save"),
        close=t.text("Cancel"),
        private_metadata=form_id,
    )


def client_saved(t: Translator, client: Client) -> Message:
    name = one_line(client.name, NAME)
    text = t.mrkdwn("✓ *{client}* is saved ({tier}).", client=name, tier=tier_label(t, client.tier))
    if client.domains:
        domains = one_line(", ".join(client.domains), 200)
        text += " " + t.mrkdwn("Whoever writes from {domains} belongs to them.", domains=domains)
    return blocks.message(text, [blocks.section(text)])


def saved_modal(t: Translator, client: Client) -> Block:
    """What the modal says instead of just closing: whoever came from a proposal sees what it did."""
    return blocks.modal(
        title=t.text("Saved"),
        blocks=client_saved(t, client).blocks,
        callback_id=View.NOTICE,
        close=t.text("Close"),
    )


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


def _turn(t: Translator, page: int, pages: int) -> Block:
    """One button that goes round: two with the same action could not stand in one row."""
    next_page = (page + 1) % pages
    label = t.text("Page {page} of {pages}", page=next_page + 1, pages=pages)
    return blocks.button(label, action_id=Action.CLIENTS_PAGE, value=pack(str(next_page)))


def _company(t: Translator, client: Client | None, given: ClientPrefill) -> list[Block]:
    name = client.name if client else given.name
    domains = client.domains if client else given.domains
    tiers = [
        blocks.option(t.text("A: matters most"), Tier.A),
        blocks.option(t.text("B"), Tier.B),
        blocks.option(t.text("C"), Tier.C),
    ]
    return [
        blocks.input_(
            t.text("Name"),
            blocks.text_input(action_id=VALUE, initial=name, max_length=150),
            block_id=Field.NAME,
        ),
        blocks.input_(
            t.text("How much does this client matter?"),
            blocks.select(
                action_id=VALUE,
                options=tiers,
                initial=client.tier if client else None,
                placeholder=t.text("Choose a tier"),
            ),
            block_id=Field.TIER,
            hint=t.text("The higher the tier, the more careful my advice."),
        ),
        blocks.input_(
            t.text("E-mail domains"),
            blocks.text_input(action_id=VALUE, initial=", ".join(domains), placeholder="acme.example"),
            block_id=Field.DOMAINS,
            hint=t.text("By these I know a meeting as one with this client. Several: with a comma between them."),
            optional=True,
        ),
    ]


def _person(t: Translator, client: Client | None, given: ClientPrefill) -> list[Block]:
    known = next(iter(client.contacts), None) if client else None
    contact = known or Contact(id="", client_id="", name=given.contact_name, email=given.contact_email)
    return [
        blocks.input_(
            t.text("Contact: name"),
            blocks.text_input(action_id=VALUE, initial=contact.name, max_length=150),
            block_id=Field.CONTACT_NAME,
            optional=True,
        ),
        blocks.input_(
            t.text("Contact: e-mail"),
            blocks.email_input(action_id=VALUE, initial=contact.email),
            block_id=Field.CONTACT_EMAIL,
            optional=True,
        ),
        blocks.input_(
            t.text("Contact: phone"),
            blocks.text_input(action_id=VALUE, initial=contact.phone, max_length=60, placeholder="+31 20 794 0800"),
            block_id=Field.PHONE,
            optional=True,
        ),
    ]


def _manner(t: Translator, client: Client | None, languages: Sequence[str]) -> list[Block]:
    speaks = client.language if client else t.language
    formality = client.formality if client else Formality.FORMAL
    return [
        blocks.input_(
            t.text("I write to them in"),
            blocks.select(
                action_id=VALUE,
                options=[blocks.option(language_label(t, code), code) for code in languages],
                initial=speaks,
            ),
            block_id=Field.LANGUAGE,
        ),
        blocks.input_(
            t.text("Form of address"),
            blocks.radios(
                action_id=VALUE,
                options=[blocks.option(formality_label(t, item), item) for item in Formality],
                initial=formality,
            ),
            block_id=Field.FORMALITY,
        ),
        blocks.input_(
            t.text("Their time zone"),
            blocks.text_input(
                action_id=VALUE,
                initial=client.time_zone if client else "",
                max_length=60,
                placeholder="Europe/Amsterdam",
            ),
            block_id=Field.ZONE,
            hint=t.text("Leave it empty where it is your own."),
            optional=True,
        ),
        blocks.input_(
            t.text("Who leads the account?"),
            blocks.users_select(action_id=VALUE, initial=client.lead_id if client else None),
            block_id=Field.LEAD,
            optional=True,
        ),
    ]


def _judgement(t: Translator, client: Client | None) -> list[Block]:
    share = client.revenue_share if client else None
    renewal = client.renewal_on if client else None
    set_flags = {COMPLAINT: client.open_complaint, GLAD_TO_WRITE: client.glad_to_write} if client else {}
    flags = [
        blocks.option(t.text("They have an open complaint"), COMPLAINT),
        blocks.option(t.text("They are glad to do things in writing"), GLAD_TO_WRITE),
    ]
    return [
        blocks.input_(
            t.text("Share of your revenue, in %"),
            blocks.text_input(
                action_id=VALUE, initial=f"{share * 100:g}" if share is not None else "", max_length=10, placeholder="5"
            ),
            block_id=Field.SHARE,
            optional=True,
        ),
        blocks.input_(
            t.text("Next renewal"),
            blocks.date_picker(action_id=VALUE, initial=renewal.isoformat() if renewal else ""),
            block_id=Field.RENEWAL,
            optional=True,
        ),
        blocks.input_(
            t.text("Good to know"),
            blocks.checkboxes(
                action_id=VALUE, options=flags, ticked=[name for name, is_set in set_flags.items() if is_set]
            ),
            block_id=Field.FLAGS,
            optional=True,
        ),
        blocks.input_(
            t.text("Notes"),
            blocks.text_input(action_id=VALUE, initial=client.notes if client else "", multiline=True),
            block_id=Field.NOTES,
            optional=True,
        ),
    ]
