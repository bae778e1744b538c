"""Clients: the list, the modal, the timeline, and domains that may be clients."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import reading
from domain.client import Client
from domain.planned import Proposal
from domain.policy import Policy
from domain.tiering import standing
from domain.words import Formality, Tier
from messages import (
    client_export_page,
    client_form,
    client_pages,
    client_proposals,
    client_tiers,
    contact_pages,
    merge_page,
)
from messages.blocks import Block
from messages.client_form import ClientPrefill, KnownClient
from messages.client_tiers import Ranked, Thresholds
from messages.contact_pages import PickedContact
from messages.i18n import translator
from messages.ids import Field, View
from tests.support.meeting_views import LANGUAGES, buttons
from tests.support.wording import CLIENT, EXTREMES, NOW, assert_slack_takes, everywhere, texts

EN, NL = translator("en"), translator("nl")
FULL = replace(
    CLIENT,
    revenue_share=0.125,
    language="nl",
    formality=Formality.INFORMAL,
    time_zone="Europe/London",
    lead_id="U9",
    renewal_on=date(2027, 1, 31),
    open_complaint=True,
    notes="Prefers mornings.",
)


THRESHOLDS = Thresholds.of(Policy())


def known(client: Client) -> KnownClient:
    return KnownClient(client=client, standing=standing(client, Policy()), thresholds=THRESHOLDS)


def ranked(client: Client) -> Ranked:
    return Ranked(client=client, standing=standing(client, Policy()))


def element(view: Block, field: Field) -> Block:
    found: Block = next(block["element"] for block in view["blocks"] if block.get("block_id") == field)
    return found


def test_the_list_names_each_client_with_what_is_coming() -> None:
    other = replace(CLIENT, id="client-2", name="Globex", tier=Tier.C)

    made = client_pages.client_list(EN, [CLIENT, other], {"client-1": 2})

    assert made.text.splitlines() == [
        "*2 clients*",
        "*Acme* · tier B · 2 meetings coming",
        "*Globex* · tier C · nothing planned",
    ]
    assert buttons(made) == [("Open", "client.open"), ("Open", "client.open"), ("Add a client", "client.add")]
    assert made.blocks[2]["accessory"]["value"] == "client-2"


def test_a_long_list_has_pages_that_go_round() -> None:
    clients = [replace(CLIENT, id=f"client-{number}") for number in range(45)]

    pages = [client_pages.client_list(EN, clients, {}, page) for page in (0, 1, 2, 3, -1)]

    turns = [page.blocks[-1]["elements"][1] for page in pages]
    assert [(turn["text"]["text"], turn["value"]) for turn in turns] == [
        ("Page 2 of 3", "1"),
        ("Page 3 of 3", "2"),
        ("Page 1 of 3", "0"),
        ("Page 2 of 3", "1"),
        ("Page 2 of 3", "1"),
    ]
    assert [len(page.blocks) for page in pages] == [22, 22, 7, 22, 22]


def test_an_empty_list_offers_the_next_step() -> None:
    made = client_pages.client_list(NL, [], {})

    assert "`/meetdown connect`" in made.text
    assert buttons(made) == [("Klant toevoegen", "client.add")]


def test_a_new_client_is_asked_for_its_tier() -> None:
    view = client_form.client_modal(EN, "form-1", None, ("en", "nl"), ClientPrefill(domains=("globex.example",)))

    assert (view["callback_id"], view["private_metadata"], view["title"]["text"]) == (
        View.CLIENT,
        "form-1",
        "Add a client",
    )
    assert "initial_option" not in element(view, Field.TIER)
    assert element(view, Field.DOMAINS)["initial_value"] == "globex.example"
    assert element(view, Field.LANGUAGE)["initial_option"]["value"] == "en"


def test_every_field_is_there_once() -> None:
    view = client_form.client_modal(EN, "form-1", None, ("en", "nl"))

    assert [block["block_id"] for block in view["blocks"]] == [
        Field.NAME,
        Field.TIER,
        Field.DOMAINS,
        Field.CONTACT_NAME,
        Field.CONTACT_EMAIL,
        Field.PHONE,
        Field.LANGUAGE,
        Field.FORMALITY,
        Field.ZONE,
        Field.LEAD,
        Field.REVENUE,
        Field.SHARE,
        Field.RENEWAL,
        Field.FLAGS,
        Field.NOTES,
    ]


def test_changing_a_client_starts_with_what_is_known() -> None:
    view = client_form.client_modal(NL, "form-1", known(FULL), ("en", "nl"))

    def initial(field: Field) -> object:
        found = element(view, field)
        option = found.get("initial_option", {}).get("value")
        rest = (found.get(name) for name in ("initial_value", "initial_date", "initial_user", "initial_options"))
        return option or next((value for value in rest if value), None)

    assert {field: initial(field) for field in (Field.NAME, Field.TIER, Field.SHARE, Field.LANGUAGE)} == {
        Field.NAME: "Acme",
        Field.TIER: "B",
        Field.SHARE: "12.5",
        Field.LANGUAGE: "nl",
    }
    assert (initial(Field.FORMALITY), initial(Field.RENEWAL), initial(Field.LEAD)) == ("informal", "2027-01-31", "U9")
    assert [flag["value"] for flag in element(view, Field.FLAGS)["initial_options"]] == [client_form.COMPLAINT]
    assert "Sanne Jansen · sanne@acme.example · +31 20 123 4567" in texts(view)


def test_a_saved_client_says_who_belongs_to_it() -> None:
    assert (
        client_form.client_saved(EN, CLIENT).text
        == "✓ *Acme* is saved (tier B). Whoever writes from acme.example belongs to them."
    )


def test_a_proposal_asks_and_its_buttons_carry_the_domain() -> None:
    proposal = Proposal(team_id="T1", domain="globex.example", sample_email="", member_id="U1", seen_at=NOW)

    made = client_proposals.proposal(EN, proposal)

    assert made.text == "*Add globex.example as a client?* They are in your meetings."
    assert [item["value"] for item in made.blocks[1]["elements"]] == ["globex.example"] * 2


def test_a_settled_proposal_says_what_became_of_it() -> None:
    added = client_proposals.proposal_settled(NL, "acme.example", CLIENT)
    dismissed = client_proposals.proposal_settled(NL, "acme.example", None)

    assert added.text == "✓ *Acme* is nu een klant (B-klant). Ik houd afspraken met acme.example voor je in de gaten."
    assert dismissed.text == "acme.example is geen klant. Ik vraag het niet opnieuw."


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_client(text: str, language: str) -> None:
    t = translator(language)
    _, client, _ = everywhere(text)
    client = replace(client, time_zone=text, language=text, lead_id=text or None, domains=(text,) * 30)
    given = ClientPrefill(name=text, domains=(text,), contact_name=text, contact_email=text)

    messages = [
        client_pages.client_list(t, [client] * 50, {"client-1": 1}, 1),
        client_form.client_saved(t, client),
        client_proposals.proposal_settled(t, text, client),
        client_pages.archived_page(t, [client] * 50),
        client_tiers.page(t, [ranked(replace(client, revenue_share=0.5))] * 50, THRESHOLDS, 3),
        client_tiers.question(t, "2026q2", [ranked(client)] * 50, [client] * 50, THRESHOLDS),
        merge_page.brought_back(t, client),
        client_export_page.sent(t, 3, whole=True),
    ]
    people = replace(client, contacts=client.contacts * 60)
    moves = merge_page.Moves(contacts=1, domains=1, meetings=1, decisions=1)
    views = [
        contact_pages.contacts_modal(t, "form-1", people),
        contact_pages.contact_modal(t, "form-1", PickedContact(client=people, contact=people.contacts[0])),
        merge_page.merge_modal(t, "form-1", client, [replace(client, id=f"c{number}") for number in range(120)]),
        merge_page.sure_modal(t, "form-1", client, replace(client, name=f"{client.name}!"), moves),
        merge_page.archived_modal(t, client),
        client_form.client_modal(t, "form-1", known(replace(client, lead_id="U9", revenue_share=0.5)), ("en", "nl")),
        client_form.client_modal(t, "form-1", None, ("en", "nl"), given),
    ]

    for message in messages:
        assert_slack_takes(message, "message")
        assert "<" not in texts(message)
    for view in views:
        assert_slack_takes(view, "modal")


def test_the_modal_says_what_the_revenue_suggests() -> None:
    differs = client_form.client_modal(EN, "form-1", known(replace(CLIENT, revenue_share=0.124)), ("en", "nl"))
    fits = client_form.client_modal(NL, "form-1", known(replace(CLIENT, revenue_share=0.05)), ("en", "nl"))
    unknown = client_form.client_modal(EN, "form-1", known(replace(CLIENT, revenue_share=None)), ("en", "nl"))

    assert differs["blocks"][2]["text"]["text"] == "*Suggested: A* (12.4 % of the revenue; A from 10 %, B from 3 %)"
    assert differs["blocks"][2]["accessory"]["value"] == "client-1.A"
    assert fits["blocks"][2]["elements"][0]["text"] == (
        "✓ Deze indeling past: 5 % van de omzet (A vanaf 10 %, B vanaf 3 %)."
    )
    assert unknown["blocks"][2]["block_id"] == Field.DOMAINS


def test_only_a_client_that_is_known_can_be_archived_or_merged() -> None:
    def labels(view: Block) -> list[str]:
        last = view["blocks"][-1]
        return [item["text"]["text"] for item in last["elements"]] if last["type"] == "actions" else []

    assert labels(client_form.client_modal(EN, "f", None, ("en",))) == []
    assert labels(client_form.client_modal(EN, "f", known(CLIENT), ("en",))) == ["Merge with another…", "Archive"]
    assert labels(client_form.client_modal(EN, "f", known(replace(CLIENT, archived_at=NOW)), ("en",))) == ["Bring back"]


def test_the_quarters_question_offers_the_other_tiers_and_says_which_one_is_suggested() -> None:
    made = client_tiers.question(EN, "2026q2", [ranked(replace(CLIENT, revenue_share=0.2))], [], THRESHOLDS)

    keep, change = made.blocks[2]["elements"]
    assert (keep["text"]["text"], keep["value"]) == ("Keep B", "2026q2.client-1.B")
    assert [(item["text"]["text"], item["value"]) for item in change["options"]] == [
        ("A (suggested)", "2026q2.client-1.A"),
        ("C", "2026q2.client-1.C"),
    ]


def test_one_question_holds_fifteen_clients() -> None:
    many = [ranked(replace(CLIENT, id=f"c{number}")) for number in range(20)]

    made = client_tiers.question(NL, "2026q2", many, [], THRESHOLDS)

    assert len([block for block in made.blocks if block["type"] == "actions"]) == 15 + 1
    assert "En nog 5: `/meetdown clients`" in texts(made)


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    share=st.floats(0, 1).map(lambda share: round(share, 8)), revenue=st.floats(0, 1e10).map(lambda one: round(one, 2))
)
def test_share_and_revenue_read_back_as_they_are_shown(language: str, share: float, revenue: float) -> None:
    rich = replace(CLIENT, revenue_share=share, revenue=revenue)

    view = client_form.client_modal(translator(language), "form-1", known(rich), ("en", "nl"))

    assert reading.share(element(view, Field.SHARE)["initial_value"] + "%") == share
    assert reading.amount(element(view, Field.REVENUE)["initial_value"]) == revenue
