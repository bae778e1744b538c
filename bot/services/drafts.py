"""The draft for a meeting, with what is stored around it: free times, who has heard of us, people's own templates."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.calendars.around import around
from domain.around import Around
from domain.decision import Draft, Terms
from domain.overview import Overview
from domain.wording import Template
from domain.words import Option
from messages.from_overview import draft_of, template_key
from messages.i18n import translator
from messages.own_templates import OwnDraft, own_draft
from storage import wordings
from storage.database import Database


async def make_draft(
    database: Database, overview: Overview, option: Option, terms: Terms, now: datetime, *, delegate_name: str = ""
) -> OwnDraft:
    """From the owner's template or the workspace's, where there is one; else the product's text."""
    known, template = await database.read(_around_it, overview, option, terms, now)
    return _made(overview, option, terms, now, known, template, delegate_name)


def draft_in(
    session: Session,
    overview: Overview,
    option: Option,
    terms: Terms,
    now: datetime,
    *,
    delegate_name: str = "",
    away_until: date | None = None,
) -> OwnDraft:
    """As `make_draft`, in a transaction under way. Nothing is proposed for a day up to `away_until`."""
    known, template = _around_it(session, overview, option, terms, now, away_until)
    return _made(overview, option, terms, now, known, template, delegate_name)


def aside_notice(overview: Overview, made: OwnDraft) -> str:
    """Why the draft is not from the template that should have made it; empty where it is."""
    t = translator(overview.owner.language)
    if made.unfilled:
        return t.text(
            "This is Meetdown's own text: your template asks for “{name}”, which is empty for this meeting.",
            name=made.unfilled,
        )
    return t.text("This is Meetdown's own text: your template makes none for this meeting.") if made.left_aside else ""


def _made(
    overview: Overview,
    option: Option,
    terms: Terms,
    now: datetime,
    known: Around,
    template: Template | None,
    delegate_name: str,
) -> OwnDraft:
    def make(chosen: Template | None) -> Draft:
        return draft_of(overview, option, terms, now, delegate_name=delegate_name, around=known, template=chosen)

    return own_draft(make, template)


def _around_it(
    session: Session,
    overview: Overview,
    option: Option,
    terms: Terms,
    now: datetime,
    away_until: date | None = None,
) -> tuple[Around, Template | None]:
    known = around(session, overview, option, terms, now, away_until=away_until)
    meeting = overview.meeting
    key = template_key(overview, option, first_contact=known.first_contact)
    return known, wordings.in_use(session, meeting.team_id, meeting.owner_id, key)
