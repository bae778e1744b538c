"""The use cases and the listeners on top of them, put together."""

from dataclasses import dataclass

from bot.calendars.feed import Feed
from bot.listeners import Listeners
from bot.listeners.answers import Answers
from bot.listeners.approvals import ApprovalButtons
from bot.listeners.background import Background
from bot.listeners.caller import Callers
from bot.listeners.client_desk import ClientDesk, make_client_desk
from bot.listeners.clients import ClientPages
from bot.listeners.commands import Commands
from bot.listeners.connect import Connect
from bot.listeners.debriefs import DebriefPages
from bot.listeners.decided import Decided
from bot.listeners.events import Events
from bot.listeners.hand_over import HandOverButtons
from bot.listeners.mistakes import Mistakes
from bot.listeners.new_meeting import NewMeeting
from bot.listeners.options import Options
from bot.listeners.report import ReportPages
from bot.listeners.rhythms import Rhythms
from bot.listeners.settings import Settings
from bot.listeners.sick_day import SickDay
from bot.listeners.templates import TemplatePages
from bot.listeners.timeline import TimelinePages
from bot.listeners.why import Why
from bot.services.approvals import Approvals, Approvers
from bot.services.by_hand import ByHand
from bot.services.client_book import ClientBookService
from bot.services.debriefs import Debriefs
from bot.services.decisions import Decisions
from bot.services.feeds import Feeds
from bot.services.handoffs import Handoffs
from bot.services.meetings import Meetings
from bot.services.member_settings import MemberSettings
from bot.services.members import Members
from bot.services.memory import Memory
from bot.services.option_forms import OptionForms
from bot.services.ports import Jobs
from bot.services.reasoning import Reasoning
from bot.services.reports import Reports
from bot.services.rhythms import RhythmForms
from bot.services.sick_day import SickDays
from bot.services.templates import Templates
from bot.services.timelines import Timelines
from bot.services.workspace_settings import WorkspaceSettings
from bot.services.workspaces import Workspaces
from bot.slack.gateway import SlackGateway
from bot.slack.installations import CachedInstallations, Installations, SingleInstallation
from bot.slack.people import People
from bot.slack.posting import Posting
from domain.clock import Clock
from storage.database import Database
from storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Parts:
    database: Database
    vault: Vault
    gateway: SlackGateway
    installations: Installations
    feed: Feed
    clock: Clock
    jobs: Jobs
    background: Background
    sends_mail: bool


async def make_listeners(parts: Parts) -> Listeners:
    database, clock, jobs = parts.database, parts.clock, parts.jobs
    people = People(parts.gateway)
    members = Members(database=database, people=people, clock=clock)
    meetings = Meetings(database=database, clock=clock, jobs=jobs)
    callers, answers = Callers(gateway=parts.gateway, members=members), Answers(parts.gateway)
    forms = _option_forms(parts, members, people)
    decisions = Decisions(database=database, clock=clock, jobs=jobs)
    handoffs = Handoffs(database=database, clock=clock, jobs=jobs)
    sick_day = _sick_day(parts, callers, answers, members, people)
    settings = _settings(parts, callers, answers, members, people)
    desk = make_client_desk(
        callers=callers,
        answers=answers,
        book=ClientBookService(database=database, clock=clock, jobs=jobs),
        database=database,
        clock=clock,
        jobs=jobs,
    )
    texts = _texts(parts, callers, answers, members)
    commands = _commands(parts, callers, answers, meetings, sick_day, settings, texts, desk)
    return Listeners(
        commands=commands,
        options=_options(parts, callers, answers, forms, meetings),
        why=_why(parts, callers, answers, forms),
        rhythms=_rhythms(parts, callers, answers),
        sick_day=sick_day,
        decided=Decided(callers=callers, answers=answers, decisions=decisions, clock=clock),
        approvals=ApprovalButtons(
            callers=callers, answers=answers, approvals=Approvals(database=database, clock=clock, jobs=jobs)
        ),
        hand_over=HandOverButtons(callers=callers, answers=answers, handoffs=handoffs),
        clients=commands.clients,
        client_desk=desk,
        timeline=TimelinePages(callers=callers, answers=answers, timelines=Timelines(database=database, clock=clock)),
        debriefs=_debriefs(parts, callers, answers, decisions),
        connect=commands.connect,
        new_meeting=commands.new_meeting,
        report=commands.report,
        settings=settings,
        templates=texts,
        events=Events(
            callers=callers,
            commands=commands,
            posting=Posting(database=database, gateway=parts.gateway, clock=clock),
            members=members,
            workspaces=await _workspaces(parts),
        ),
        mistakes=Mistakes(callers=callers, answers=answers),
    )


def _option_forms(parts: Parts, members: Members, people: People) -> OptionForms:
    return OptionForms(
        database=parts.database,
        clock=parts.clock,
        jobs=parts.jobs,
        members=members,
        people=people,
        approvers=Approvers(members=members, people=people),
        sends_mail=parts.sends_mail,
    )


def _options(parts: Parts, callers: Callers, answers: Answers, forms: OptionForms, meetings: Meetings) -> Options:
    return Options(
        callers=callers,
        answers=answers,
        forms=forms,
        meetings=meetings,
        background=parts.background,
        clock=parts.clock,
        sends_mail=parts.sends_mail,
    )


def _sick_day(parts: Parts, callers: Callers, answers: Answers, members: Members, people: People) -> SickDay:
    sick_days = SickDays(
        database=parts.database,
        clock=parts.clock,
        jobs=parts.jobs,
        members=members,
        people=people,
        sends_mail=parts.sends_mail,
    )
    return SickDay(callers=callers, answers=answers, sick_days=sick_days, clock=parts.clock)


def _texts(parts: Parts, callers: Callers, answers: Answers, members: Members) -> TemplatePages:
    templates = Templates(database=parts.database, clock=parts.clock, admins=members)
    return TemplatePages(callers=callers, answers=answers, templates=templates)


def _debriefs(parts: Parts, callers: Callers, answers: Answers, decisions: Decisions) -> DebriefPages:
    return DebriefPages(
        callers=callers,
        answers=answers,
        debriefs=Debriefs(database=parts.database, clock=parts.clock, jobs=parts.jobs),
        decisions=decisions,
        background=parts.background,
        clock=parts.clock,
    )


def _rhythms(parts: Parts, callers: Callers, answers: Answers) -> Rhythms:
    forms = RhythmForms(database=parts.database, clock=parts.clock, jobs=parts.jobs, sends_mail=parts.sends_mail)
    return Rhythms(callers=callers, answers=answers, forms=forms)


def _why(parts: Parts, callers: Callers, answers: Answers, forms: OptionForms) -> Why:
    reasoning = Reasoning(database=parts.database, clock=parts.clock, jobs=parts.jobs)
    return Why(
        callers=callers,
        answers=answers,
        reasoning=reasoning,
        forms=forms,
        clock=parts.clock,
        sends_mail=parts.sends_mail,
    )


def _settings(parts: Parts, callers: Callers, answers: Answers, members: Members, people: People) -> Settings:
    database, clock, jobs = parts.database, parts.clock, parts.jobs
    return Settings(
        callers=callers,
        answers=answers,
        own=MemberSettings(database=database, clock=clock, jobs=jobs, people=people),
        workspace=WorkspaceSettings(database=database, clock=clock, jobs=jobs, members=members, people=people),
    )


def _commands(
    parts: Parts,
    callers: Callers,
    answers: Answers,
    meetings: Meetings,
    sick_day: SickDay,
    settings: Settings,
    texts: TemplatePages,
    desk: ClientDesk,
) -> Commands:
    """The command with the pages that it opens."""
    database, clock, jobs = parts.database, parts.clock, parts.jobs
    feeds = Feeds(database=database, vault=parts.vault, clock=clock, jobs=jobs, feed=parts.feed)
    book = ClientBookService(database=database, clock=clock, jobs=jobs)
    return Commands(
        callers=callers,
        meetings=meetings,
        clients=ClientPages(callers=callers, answers=answers, book=book, pages=desk.pages),
        connect=Connect(callers=callers, answers=answers, feeds=feeds, background=parts.background),
        new_meeting=NewMeeting(
            callers=callers,
            answers=answers,
            by_hand=ByHand(database=database, clock=clock),
            background=parts.background,
            clock=clock,
            sends_mail=parts.sends_mail,
        ),
        report=ReportPages(
            callers=callers,
            answers=answers,
            reports=Reports(database=database, clock=clock, jobs=jobs),
            by_hand=ByHand(database=database, clock=clock),
        ),
        sick_day=sick_day,
        settings=settings,
        templates=texts,
        clock=clock,
        lists=Memory(database),
        sends_mail=parts.sends_mail,
    )


async def _workspaces(parts: Parts) -> Workspaces:
    cached = parts.installations if isinstance(parts.installations, CachedInstallations) else None
    workspaces = Workspaces(database=parts.database, cache=cached)
    if isinstance(parts.installations, SingleInstallation):
        await workspaces.started(await parts.installations.start())
    return workspaces
