"""Connecting a calendar: the address stays secret, the check says what was found."""

from dataclasses import replace

import pytest

from domain.errors import Invalid, InvalidCode
from domain.planned import Calendar, Proposal
from messages import connect_page
from messages.connect_page import ConnectCheck
from messages.i18n import translator
from messages.ids import Action, Field
from tests.support.meeting_views import LANGUAGES, buttons
from tests.support.wording import EXTREMES, NOW, assert_slack_takes, texts

EN, NL = translator("en"), translator("nl")
CALENDAR = Calendar(
    id="calendar-1",
    team_id="T1",
    owner_id="U1",
    url="https://calendar.example/secret.ics",
    next_sync_at=NOW,
    synced_at=NOW,
    client_meetings=12,
)
PROPOSAL = Proposal(team_id="T1", domain="globex.example", member_id="U1", seen_at=NOW)


def test_the_modal_asks_for_the_address_and_says_where_to_find_it() -> None:
    view = connect_page.connect_modal(EN, "form-1", [], None)

    field = view["blocks"][0]
    assert (field["block_id"], field["element"]["action_id"], field["dispatch_action"]) == (
        Field.URL,
        Action.CONNECT_CHECK,
        True,
    )
    assert buttons(view) == [("Check the address", "calendar.check")]
    assert all(name in texts(view) for name in ("Google", "Outlook", "Fastmail", "Nextcloud"))
    assert (view["submit"]["text"], view["private_metadata"]) == ("Connect", "form-1")


def test_what_was_typed_is_kept() -> None:
    view = connect_page.connect_modal(EN, "form-1", [], None, "https://calendar.example/a.ics")

    assert view["blocks"][0]["element"]["initial_value"] == "https://calendar.example/a.ics"


def test_a_good_address_says_what_was_found() -> None:
    checked = ConnectCheck(entries=210, client_meetings=1, unknown_domains=("globex.example", "initech.example"))

    said = texts(connect_page.connect_modal(EN, "form-1", [], checked))

    assert "✓ *That is a calendar:* 210 entries, 1 coming client meeting." in said
    assert "Perhaps clients too: globex.example, initech.example. I ask you about them afterwards." in said


def test_a_bad_address_says_why() -> None:
    checked = ConnectCheck(problem=Invalid(InvalidCode.FEED_STATUS, status=404))

    said = texts(connect_page.connect_modal(NL, "form-1", [], checked))

    assert "✕ De server van die agenda geeft een foutmelding (404). Is het adres daar vernieuwd?" in said


def test_connected_calendars_are_listed_without_their_address() -> None:
    broken = replace(CALENDAR, id="calendar-2", synced_at=None, problem="feed_unreachable", client_meetings=1)

    view = connect_page.connect_modal(EN, "form-1", [CALENDAR, broken], None)

    assert [block["text"]["text"].splitlines() for block in view["blocks"][:2]] == [
        [
            "*Calendar 1* · 12 client meetings coming",
            "Last read: <!date^1795165200^{date_short_pretty}, {time}|2026-11-20 09:00 UTC>",
        ],
        [
            "*Calendar 2* · 1 client meeting coming",
            "! I cannot reach that address. Is it complete, and does it open in a private browser window?",
        ],
    ]
    assert [block["accessory"]["value"] for block in view["blocks"][:2]] == ["calendar-1", "calendar-2"]
    assert "secret" not in texts(view["blocks"][:2])
    assert view["close"]["text"] == "Close"


def test_a_problem_of_an_older_version_is_still_said() -> None:
    view = connect_page.connect_modal(EN, "form-1", [replace(CALENDAR, problem="gone_wrong")], None)

    assert "! It could not be read the last time." in texts(view)


@pytest.mark.parametrize(
    ("count", "proposals", "english"),
    [
        (1, 0, "I found 1 coming client meeting: see `/meetdown`. I remind you in time."),
        (0, 2, "None of the people in it belong to a client yet. Are these clients?"),
        (0, 0, "There is no client meeting in it yet. Add your clients with `/meetdown clients`."),
    ],
)
def test_a_connected_calendar_says_what_comes_next(count: int, proposals: int, english: str) -> None:
    made = connect_page.connected(EN, count, [PROPOSAL] * proposals)

    assert made.text.splitlines()[1] == english
    assert len(buttons(made)) == 2 * proposals


def test_trouble_with_a_calendar_says_why_and_what_to_do() -> None:
    made = connect_page.calendar_trouble(EN, CALENDAR, Invalid(InvalidCode.FEED_TOO_SLOW))

    assert made.text.splitlines() == [
        "! *I can no longer read your calendar*, so I may miss meetings that are new or moved.",
        "That calendar took too long to answer. Please try again in a few minutes.",
        "I keep trying. If you have a new address, connect it again.",
    ]
    assert buttons(made) == [("Look at the connection", "calendar.connect")]


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_connection(text: str, language: str) -> None:
    t = translator(language)
    checks = [
        None,
        ConnectCheck(entries=10**9, client_meetings=10**6, unknown_domains=(text,) * 50),
        ConnectCheck(problem=Invalid(InvalidCode.NOT_AN_EMAIL, value=text)),
    ]

    for checked in checks:
        view = connect_page.connect_modal(t, "form-1", [replace(CALENDAR, problem=text)] * 30, checked, text)
        assert_slack_takes(view, "modal")
    trouble = Invalid(InvalidCode.NOT_AN_EMAIL, value=text)
    assert_slack_takes(connect_page.calendar_trouble(t, CALENDAR, trouble), "message")
