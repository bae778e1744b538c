"""Alerts about our own behaviour towards clients, each with a way to make it good."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.client import Client
from domain.relationship import MAKE_GOOD_WITHIN, SNOOZE, Alert, AlertKind
from messages import blocks
from messages.blocks import Block
from messages.escape import escape, one_line
from messages.i18n import Translator
from messages.ids import Action, View, pack
from messages.labels import tier_label
from messages.meeting_view import NAME
from messages.when import day, moment, zone_info

SHOWN = 20
"""Three blocks each, of the 100 of a modal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertView:
    """What there is to say of one client."""

    client: Client
    alerts: tuple[Alert, ...]
    slots: tuple[datetime, ...] = ()
    """When the reader is free in the client's working hours; empty where that is not known."""

    @property
    def minutes(self) -> int:
        """Length of the meeting that would make good."""
        return max(alert.minutes for alert in self.alerts)


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertsPage:
    """`zone` is the reader's."""

    request_id: str
    alerts: tuple[AlertView, ...]
    zone: str
    now: datetime


def alerts_modal(t: Translator, page: AlertsPage) -> Block:
    parts = list(_parts(t, page))
    return blocks.modal(
        title=t.text("Alerts"),
        blocks=parts,
        callback_id=View.ALERTS,
        close=t.text("Close"),
        private_metadata=page.request_id,
    )


def _parts(t: Translator, page: AlertsPage) -> Iterator[Block]:
    if not page.alerts:
        yield blocks.section(t.text("✓ Nothing to make good at the moment."))
        return
    yield blocks.section(
        t.text(
            "Each single step-down may have been right. In a row they tell a client something: this is what our own "
            "calendars show."
        )
    )
    for view in page.alerts[:SHOWN]:
        yield blocks.divider()
        yield blocks.section("\n".join(_lines(t, page, view)))
        ids = (page.request_id, view.client.id)
        yield blocks.actions(
            [
                blocks.button(t.text("Enter a meeting"), action_id=Action.ALERT_MEETING, value=pack(*ids)),
                blocks.button(
                    t.count("Not for {n} day", "Not for {n} days", SNOOZE.days),
                    action_id=Action.ALERT_SNOOZE,
                    value=pack(*ids),
                ),
            ]
        )
    if len(page.alerts) > SHOWN:
        yield blocks.context(t.count("{n} more is not shown.", "{n} more are not shown.", len(page.alerts) - SHOWN))


def _lines(t: Translator, page: AlertsPage, view: AlertView) -> Iterator[str]:
    name = one_line(view.client.name, NAME)
    yield t.mrkdwn("*{client}* ({tier})", client=name, tier=tier_label(t, view.client.tier))
    yield from (escape(f"• {_seen(t, alert)}") for alert in view.alerts)
    today = page.now.astimezone(zone_info(page.zone)).date()
    until = day(t, today + MAKE_GOOD_WITHIN, today)
    yield t.mrkdwn(
        "*To make good:* plan a visit of {minutes} min with {client} before {day}, and keep it.",
        minutes=view.minutes,
        client=name,
        day=until,
    )
    if view.slots:
        times = "; ".join(moment(t, slot, page.zone, page.now) for slot in view.slots)
        yield t.mrkdwn("You are free: {times}.", times=times)


def _seen(t: Translator, alert: Alert) -> str:
    """What our calendars show, in numbers."""
    match alert.kind:
        case AlertKind.SHORTER:
            return t.text(
                "Our meetings get shorter: usually {now} min in the last {of}, and {before} min before.",
                of=alert.of,
                now=alert.now,
                before=alert.before,
            )
        case AlertKind.RARER:
            return t.count(
                "We meet rarely now: nothing for {now} days, where there was usually {n} day in between.",
                "We meet rarely now: nothing for {now} days, where there were usually {n} days in between.",
                alert.before,
                now=alert.now,
            )
        case AlertKind.MORE_JUNIOR:
            return t.text(
                "They see less of their lead: at {now} of the last {of} meetings, and at {before} of {of} before.",
                now=alert.now,
                of=alert.of,
                before=alert.before,
            )
        case AlertKind.CLUSTER:
            return t.text(
                "One step-down after the other: {now} of the last {of} meetings were stepped down.",
                now=alert.now,
                of=alert.of,
            )
