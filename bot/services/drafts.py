"""The draft for a meeting, with what is stored around it: free times, who has heard of us, people's own templates."""

from datetime import datetime

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

    def make(chosen: Template | None) -> Draft:
        return draft_of(overview, option, terms, now, delegate_name=delegate_name, around=known, template=chosen)

    return own_draft(make, template)


def aside_notice(overview: Overview, made: OwnDraft) -> str:
    """Why the draft is not from the template that should have made it; empty where it is."""
    t = translator(overview.owner.language)
    if made.unfilled:
        return t.text(
            "This is Meetdown's own text: your template asks for “{name}”, which is empty for this meeting.",
            name=made.unfilled,
        )
    return t.text("This is Meetdown's own text: your template makes none for this meeting.") if made.left_aside else ""


def _around_it(
    session: Session, overview: Overview, option: Option, terms: Terms, now: datetime
) -> tuple[Around, Template | None]:
    known, meeting = around(session, overview, option, terms, now), overview.meeting
    key = template_key(overview, option, first_contact=known.first_contact)
    return known, wordings.in_use(session, meeting.team_id, meeting.owner_id, key)
