"""Slack in: which listener hears what. The classes are thin: parse, one service call, answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.listeners.approvals import ApprovalButtons
from bot.listeners.client_desk import ClientDesk
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
from messages.ids import Action, View

COMMAND = "/meetdown"
Actions = dict[Action, Callable[..., Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listeners:
    commands: Commands
    options: Options
    why: Why
    rhythms: Rhythms
    sick_day: SickDay
    decided: Decided
    approvals: ApprovalButtons
    hand_over: HandOverButtons
    clients: ClientPages
    client_desk: ClientDesk
    timeline: TimelinePages
    debriefs: DebriefPages
    connect: Connect
    new_meeting: NewMeeting
    report: ReportPages
    settings: Settings
    templates: TemplatePages
    events: Events
    mistakes: Mistakes


def register_listeners(app: AsyncApp, listeners: Listeners) -> None:
    app.command(COMMAND)(listeners.commands.meetdown)
    _register_actions(app, listeners)
    _register_views(app, listeners)
    app.event("message")(listeners.events.message)
    app.event("user_change")(listeners.events.profile_changed)
    app.event("app_uninstalled")(listeners.events.uninstalled)
    app.event("tokens_revoked")(listeners.events.tokens_revoked)
    app.error(listeners.mistakes.handle)


def _register_actions(app: AsyncApp, on: Listeners) -> None:
    actions = _about_meetings(on) | _about_decisions(on) | _about_clients(on) | _about_ourselves(on)
    for action, listener in actions.items():
        app.action(action.value)(listener)


def _about_meetings(on: Listeners) -> Actions:
    """What becomes of a meeting, and why."""
    return {
        Action.SHORTER: on.options.pressed,
        Action.CALL: on.options.pressed,
        Action.EMAIL: on.options.pressed,
        Action.HANDOFF: on.options.pressed,
        Action.KEEP: on.options.keep,
        Action.LATER: on.options.later,
        Action.MEETING_CHOSEN: on.options.chosen,
        Action.REASON: on.options.revised,
        Action.LENGTH: on.options.revised,
        Action.AS_CALL: on.options.revised,
        Action.WHO_RINGS: on.options.revised,
        Action.DELEGATE: on.options.revised,
        Action.LINT_FIX: on.options.fixed,
        Action.WHY: on.why.pressed,
        Action.KIND: on.why.kind_chosen,
        Action.RHYTHM: on.rhythms.pressed,
        Action.RHYTHM_CHOICE: on.rhythms.revised,
        Action.RHYTHM_LENGTH: on.rhythms.revised,
        Action.SICK: on.sick_day.pressed,
        Action.SICK_REST: on.sick_day.rest,
        Action.SICK_OPTION: on.sick_day.revised,
        Action.SICK_DAYS: on.sick_day.revised,
        Action.SICK_UNTIL: on.sick_day.revised,
        Action.UNDO_ALL: on.sick_day.undo_all,
        Action.ANOTHER_WAY: on.options.another_way,
        Action.NEW_MEETING: on.new_meeting.pressed,
    }


def _about_decisions(on: Listeners) -> Actions:
    """What was decided: undone, approved, handed over, followed up."""
    return {
        Action.UNDO: on.decided.undo,
        Action.MARK_SENT: on.decided.sent_by_hand,
        Action.PUT_RIGHT: on.decided.put_right,
        Action.MAILTO: _only_ack,
        Action.FOLLOW_UP_DONE: on.decided.follow_up_answered,
        Action.FOLLOW_UP_CALL: on.decided.follow_up_answered,
        Action.FOLLOW_UP_REBOOKED: on.decided.follow_up_answered,
        Action.FOLLOW_UP_COMPLAINED: on.decided.follow_up_answered,
        Action.FOLLOW_UP_SNOOZE: on.decided.follow_up_snoozed,
        Action.APPROVE: on.approvals.approve,
        Action.REFUSE: on.approvals.decline,
        Action.WITHDRAW: on.approvals.withdraw,
        Action.GO_AHEAD: on.approvals.go_ahead,
        Action.ACCEPT: on.hand_over.accept,
        Action.ASK: on.hand_over.ask,
        Action.DECLINE: on.hand_over.decline,
        Action.CHECKLIST: on.hand_over.ticked,
        Action.WHOLE_BRIEF: on.hand_over.whole_brief,
        Action.ANSWER: on.hand_over.answer,
        Action.DEBRIEF: on.debriefs.pressed,
    }


def _about_clients(on: Listeners) -> Actions:
    """The client book and what is remembered."""
    own: Actions = {
        Action.CLIENT_OPEN: on.timeline.look,
        Action.TIMELINE_ONLY: on.timeline.filtered,
        Action.TIMELINE_NEWER: on.timeline.turned,
        Action.TIMELINE_OLDER: on.timeline.turned,
        Action.TIMELINE_ENTRY: on.timeline.chosen,
        Action.CLIENT_EDIT: on.clients.change,
        Action.CLIENT_ADD: on.clients.add,
        Action.CLIENTS_PAGE: on.clients.turn,
        Action.PROPOSAL_ADD: on.clients.accept_proposal,
        Action.PROPOSAL_DISMISS: on.clients.dismiss_proposal,
        Action.REPORT_CIRCLE: on.report.circle_chosen,
        Action.REPORT_MONTHS: on.report.months_chosen,
        Action.REPORT_ALERTS: on.report.alerts,
        Action.REPORT_FILE: on.report.file,
        Action.ALERT_MEETING: on.report.enter,
        Action.ALERT_SNOOZE: on.report.snooze,
    }
    return own | on.client_desk.actions


def _about_ourselves(on: Listeners) -> Actions:
    """Calendars, texts and settings."""
    return {
        Action.CONNECT: on.connect.pressed,
        Action.CONNECT_CHECK: on.connect.check,
        Action.DISCONNECT: on.connect.disconnect,
        Action.TEMPLATES: on.templates.pressed,
        Action.TEMPLATES_LANGUAGE: on.templates.filtered,
        Action.TEMPLATES_SCOPE: on.templates.filtered,
        Action.TEMPLATES_LOCK: on.templates.locked,
        Action.TEMPLATE_EDIT: on.templates.edit,
        Action.TEMPLATE_PREVIEW: on.templates.preview,
        Action.TEMPLATE_VERSIONS: on.templates.versions,
        Action.TEMPLATE_BACK: on.templates.back,
        Action.TEMPLATE_AGAIN: on.templates.use_again,
        Action.TEMPLATE_RESET: on.templates.reset,
        Action.SETTINGS: on.settings.pressed,
        Action.SETTINGS_RESET: on.settings.reset,
        Action.WORKSPACE_SETTINGS: on.settings.look,
        Action.SETTING_GROUP: on.settings.group,
        Action.SETTING_GROUP_RESET: on.settings.group_reset,
    }


def _register_views(app: AsyncApp, on: Listeners) -> None:
    views = {
        View.OPTION: on.options.submitted,
        View.RHYTHM: on.rhythms.submitted,
        View.SICK: on.sick_day.proposed,
        View.SICK_DRAFTS: on.sick_day.confirmed,
        View.CONNECT: on.connect.submitted,
        View.NEW_MEETING: on.new_meeting.submitted,
        View.CLIENT: on.clients.saved,
        View.NOTE: on.timeline.noted,
        View.DEBRIEF: on.debriefs.submitted,
        View.ASK: on.hand_over.asked,
        View.ANSWER: on.hand_over.answered,
        View.REFUSE: on.approvals.declined,
        View.DECLINE: on.hand_over.declined,
        View.TEMPLATE: on.templates.saved,
        View.SETTINGS: on.settings.saved,
        View.SETTING_GROUP: on.settings.group_saved,
    }
    views |= on.client_desk.views
    for view, listener in views.items():
        app.view(view.value)(listener)


async def _only_ack(ack: AsyncAck) -> None:
    """A button that is a link: Slack reports the click all the same."""
    await ack()
