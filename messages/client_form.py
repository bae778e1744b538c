"""The modal that adds a client or changes one, and what it says once that is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.client import Client
from domain.tiering import Standing
from domain.words import Formality, Tier
from messages import blocks
from messages.blocks import Block, Message
from messages.client_tiers import Thresholds, amount, note
from messages.contact_pages import contact_line
from messages.escape import one_line
from messages.i18n import Translator
from messages.ids import VALUE, Action, Field, View, numbered, pack
from messages.labels import formality_label, language_label, tier_label

NAME = 100
SHOWN_CONTACTS = 3
COMPLAINT = "open_complaint"
"""Value of a tick box under `Field.FLAGS`."""
GLAD_TO_WRITE = "glad_to_write"
AS_OWNER = "as_owner"
"""Value of the form of address that leaves it to whoever writes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientPrefill:
    """What a new client's modal starts with."""

    name: str = ""
    domains: tuple[str, ...] = ()
    contact_name: str = ""
    contact_email: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownClient:
    """What the modal shows of a client that is in the book."""

    client: Client
    standing: Standing | None = None
    thresholds: Thresholds
    edition: int = 0
    """Another one with each tier that is taken over: Slack keeps what was chosen under an old name."""


def client_modal(
    t: Translator,
    form_id: str,
    known: KnownClient | None,
    languages: Sequence[str],
    prefill: ClientPrefill | None = None,
) -> Block:
    """Adds a client, or changes the one that is known. The tier of a new one is asked for, never assumed."""
    given = prefill or ClientPrefill()
    client = known.client if known else None
    return blocks.modal(
        title=t.text("Add a client") if client is None else t.text("Change a client"),
        blocks=[
            *_company(t, known, given),
            *(_person(t, given) if client is None else _people(t, client)),
            *_manner(t, client, languages),
            *_judgement(t, client),
            *(_end(t, client) if client else []),
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


def _company(t: Translator, known: KnownClient | None, given: ClientPrefill) -> list[Block]:
    client = known.client if known else None
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
            block_id=numbered(Field.TIER, known.edition) if known and known.edition else Field.TIER,
            hint=t.text("The higher the tier, the more careful my advice."),
        ),
        *(note(t, known.client, known.standing, known.thresholds) if known else []),
        blocks.input_(
            t.text("E-mail domains"),
            blocks.text_input(action_id=VALUE, initial=", ".join(domains), placeholder="acme.example"),
            block_id=Field.DOMAINS,
            hint=t.text("By these I know a meeting as one with this client. Several: with a comma between them."),
            optional=True,
        ),
    ]


def _person(t: Translator, given: ClientPrefill) -> list[Block]:
    """The first contact of a new client; all further ones have a window of their own."""
    return [
        blocks.input_(
            t.text("Contact: name"),
            blocks.text_input(action_id=VALUE, initial=given.contact_name, max_length=150),
            block_id=Field.CONTACT_NAME,
            optional=True,
        ),
        blocks.input_(
            t.text("Contact: e-mail"),
            blocks.email_input(action_id=VALUE, initial=given.contact_email),
            block_id=Field.CONTACT_EMAIL,
            optional=True,
        ),
        blocks.input_(
            t.text("Contact: phone"),
            blocks.text_input(action_id=VALUE, max_length=60, placeholder="+31 20 794 0800"),
            block_id=Field.PHONE,
            optional=True,
        ),
    ]


def _people(t: Translator, client: Client) -> list[Block]:
    lines = [t.text("*Contacts*")]
    lines += [contact_line(t, contact) for contact in client.contacts[:SHOWN_CONTACTS]]
    more = len(client.contacts) - SHOWN_CONTACTS
    if not client.contacts:
        lines.append(t.text("Nobody yet."))
    elif more > 0:
        lines.append(t.count("and {n} more", "and {n} more", more))
    button = blocks.button(t.text("Contacts"), action_id=Action.CONTACTS, value=pack(client.id))
    return [blocks.section("\n".join(lines), accessory=button)]


def _end(t: Translator, client: Client) -> list[Block]:
    """What is done with the client as a whole."""
    merge = blocks.button(t.text("Merge with another…"), action_id=Action.CLIENT_MERGE, value=pack(client.id))
    if client.archived_at is not None:
        back = blocks.button(t.text("Bring back"), action_id=Action.CLIENT_BACK, value=pack(client.id))
        return [blocks.divider(), blocks.actions([back])]
    sure = blocks.confirm(
        title=t.text("Archive {client}?", client=one_line(client.name, 60)),
        text=t.text(
            "They leave the lists, and their coming meetings are no client meetings any more: no reminders. "
            "What happened with them stays, and you can bring them back."
        ),
        yes=t.text("Archive"),
        no=t.text("Cancel"),
    )
    archive = blocks.button(t.text("Archive"), action_id=Action.CLIENT_ARCHIVE, value=pack(client.id), confirm=sure)
    return [blocks.divider(), blocks.actions([merge, archive])]


def _manner(t: Translator, client: Client | None, languages: Sequence[str]) -> list[Block]:
    speaks = client.language if client else t.language
    formality = (client.formality if client else None) or AS_OWNER
    forms = [blocks.option(t.text("As I usually write to clients"), AS_OWNER)]
    forms += [blocks.option(formality_label(t, item), item) for item in Formality]
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
            blocks.radios(action_id=VALUE, options=forms, initial=formality),
            block_id=Field.FORMALITY,
        ),
        blocks.input_(
            t.text("Their time zone"),
            blocks.text_input(
                action_id=VALUE,
                initial=client.time_zone if client else "",
                max_length=60,
                placeholder=t.text("Amsterdam, New York, Europe/London …"),
            ),
            block_id=Field.ZONE,
            hint=t.text("A large city, or the zone's own name. Leave it empty where it is your own."),
            optional=True,
        ),
        blocks.input_(
            t.text("Who leads the account?"),
            blocks.users_select(action_id=VALUE, initial=client.lead_id if client else None),
            block_id=Field.LEAD,
            optional=True,
        ),
    ]


def _money(t: Translator, client: Client | None) -> list[Block]:
    share = client.revenue_share if client else None
    revenue = client.revenue if client else None
    return [
        blocks.input_(
            t.text("Revenue in a year"),
            blocks.text_input(
                action_id=VALUE,
                initial=amount(t, revenue) if revenue is not None else "",
                max_length=30,
                placeholder=amount(t, 250_000),
            ),
            block_id=Field.REVENUE,
            hint=t.text("In your own currency. From all of them I reckon each client's share."),
            optional=True,
        ),
        blocks.input_(
            t.text("Share of your revenue, in %"),
            blocks.text_input(
                action_id=VALUE, initial=_percent(share) if share is not None else "", max_length=10, placeholder="5"
            ),
            block_id=Field.SHARE,
            hint=t.text("Only where the revenue is not known: else I reckon it."),
            optional=True,
        ),
    ]


def _judgement(t: Translator, client: Client | None) -> list[Block]:
    renewal = client.renewal_on if client else None
    set_flags = {COMPLAINT: client.open_complaint, GLAD_TO_WRITE: client.glad_to_write} if client else {}
    flags = [
        blocks.option(t.text("They have an open complaint"), COMPLAINT),
        blocks.option(t.text("They are glad to do things in writing"), GLAD_TO_WRITE),
    ]
    return [
        *_money(t, client),
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


def _percent(share: float) -> str:
    """`12.5`, as exactly as it is stored and never with an exponent: so that it reads back."""
    return f"{share * 100:.6f}".rstrip("0").rstrip(".")
