"""An option's form with what it is about, as it stands when something is done with it."""

from dataclasses import dataclass
from datetime import datetime

from bot.calendars.work_week import zone_of
from bot.services.members import region_of
from bot.services.option_checks import verdict_of
from bot.services.option_input import Frame, OptionInput
from bot.services.option_lint import lint_around
from bot.services.option_state import FormState, is_of
from domain.assessment import Requirement, requirement
from domain.decision import Draft
from domain.member import Member
from domain.overview import Overview
from domain.planned import Form
from domain.words import Option
from messages.i18n import translator
from messages.lint_fixes import mark_of
from messages.own_templates import OwnDraft


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A form with what it is about, as it stands now."""

    form: Form
    state: FormState
    overview: Overview
    frame: Frame
    given: OptionInput
    made: OwnDraft
    """The text that the values give."""
    approver: Member | None
    """Who has to approve it, where the verdict and the workspace ask for that."""

    @property
    def fresh(self) -> Draft:
        return self.made.draft

    @property
    def unseen(self) -> bool:
        """Whether the linter finds something that the form has not shown yet."""
        found = lint_around(self.overview, self.fresh).lint(self.given.body)
        return any(mark_of(finding) not in self.state.seen for finding in found)

    @property
    def untouched(self) -> bool:
        """Whether the text is one that the bot made."""
        return self.state.is_untouched(self.given)

    @property
    def stale(self) -> bool:
        """Whether the text is one that the bot made before something else was filled in."""
        return self.untouched and not is_of(self.given, self.fresh)

    @property
    def sends_again(self) -> bool:
        """Nothing goes out unseen: neither words that were made anew, nor where a new warning is due, nor to somebody
        else than was said.
        """
        asked_of = self.approver.user_id if self.approver else ""
        warned = self.needs is self.state.needs and not self.unseen
        return self.stale or not warned or asked_of != self.state.approver_id

    @property
    def needs(self) -> Requirement:
        return requirement(verdict_of(self.overview, self.frame.option, self.given))


def frame_of(overview: Overview, option: Option, form_id: str, now: datetime) -> Frame:
    return Frame(
        option=option,
        meeting=overview.meeting,
        zone=zone_of(overview.owner.time_zone),
        now=now,
        region=region_of(overview.owner, overview.client),
        form_id=form_id,
        contact_id=(overview.contact.id or None) if overview.contact else None,
    )


def sent_again_notice(case: Case) -> str:
    """Why the form is shown once more, where that is not plain from what it shows."""
    t = translator(case.overview.owner.language)
    if case.stale:
        return t.text("I have put what you filled in into the text below. Please read it once more before it goes out.")
    if case.unseen:
        return t.text("Please look at what I noticed below the text. It goes out as it is if you confirm again.")
    return ""
