"""`app.py assess` as somebody who tunes the policy meets it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import app
from tests.support.cases import LANGUAGES, worked

ROOT = Path(__file__).parent.parent.parent
KICKOFF = {"client": {"tier": "B"}, "meeting": {"title": "Kickoff [red]Acme[/red]", "hours_until": 30}}
SPENT = {"client": {"tier": "A"}, "history": {"step_downs_90d": 1}, "reason": "workload"}


def call(*arguments: str, **environ: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr; whatever would be a traceback is raised."""
    result = CliRunner().invoke(app, ["assess", *arguments], env=environ, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def file_of(tmp_path: Path, content: object) -> str:
    path = tmp_path / "cases.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def answers(*arguments: str) -> list[dict[str, Any]]:
    code, out, err = call(*arguments, "--json")
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_the_program_answers_as_json_whatever_slack_settings_lack(tmp_path: Path) -> None:
    file = file_of(tmp_path, [{**KICKOFF, "reason": "workload"}])

    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "assess", file, "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "SLACK_BOT_TOKEN": "xoxb-alone", "MEETDOWN_PORT": "none"},
        check=False,
    )

    early = ["This client is tier B.", "It starts in 30 hours: ring the client too, besides writing."]
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [
        {
            "effective_tier": "B",
            "verdicts": {"shorter": "fine", "call": "fine", "handoff": "think_twice", "email": "blocked"},
            "recommended": "shorter",
            "ring_first": False,
            "pattern": False,
            "sentences": {
                "shorter": [
                    "With tier B and this reason, a shorter meeting is fine.",
                    "The meeting still takes place, and everybody saves time.",
                    *early,
                ],
                "call": ["With tier B and this reason, a call instead is fine.", *early],
                "handoff": [
                    "With tier B and this reason, a colleague in your place is fine.",
                    "This meeting is a kick-off: the client expects you, not somebody else.",
                    *early,
                ],
                "email": [
                    "With tier B and this reason, an e-mail instead may cost goodwill.",
                    "This meeting is a kick-off: that needs a conversation, not an e-mail.",
                    *early,
                ],
            },
        }
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thirty_worked_cases_come_out_as_written_down(tmp_path: Path, language: str) -> None:
    cases = worked(language)
    file = file_of(tmp_path, [case.case for case in cases])

    said = answers(file, "--language", language)

    assert [{**one, "sentences": None} for one in said] == [{**case.expected, "sentences": None} for case in cases]


def test_the_table_fits_a_hundred_columns_and_says_why(tmp_path: Path) -> None:
    code, out, err = call(file_of(tmp_path, [KICKOFF, SPENT]))

    lines = [line.rstrip() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 100
    assert "".join(lines[0].split()) == "casemeetingtiershortercallhandoffemailrecommendedalso"
    assert lines[2].split() == ["1", "Kickoff", "[red]Acme[/red]", "B", "✓", "✓", "!", "✕", "Make", "it", "shorter"]
    assert lines[3].split() == ["2", "(no", "title)", "A", "!", "!", "!", "!", "Keep", "it"]
    assert lines[5] == "✓ Fine   ! Think twice   ✕ Better not   – Not possible"
    assert lines[7:] == [
        "1 Kickoff [red]Acme[/red]",
        "  → Make it shorter: The meeting still takes place, and everybody saves time.",
        "  ! Hand over: This meeting is a kick-off: the client expects you, not somebody else.",
        "  ✕ E-mail for now: This meeting is a kick-off: that needs a conversation, not an e-mail.",
        "  · This client is tier B. You have not said why yet, so I assume “Too much work”. It starts in 30",
        "  hours: ring the client too, besides writing.",
        "",
        "2 (no title)",
        "  → Keep it: None of the ways to step it down is fine for this client now.",
        "  ! Make it shorter, Make it a call: You stepped down 1 meeting with them in the last 90 days; 1 is",
        "  the most for tier A.",
        "  ! Hand over: With tier A and this reason, a colleague in your place may cost goodwill. You stepped",
        "  down 1 meeting with them in the last 90 days; 1 is the most for tier A.",
        "  ! E-mail for now: With tier A and this reason, an e-mail instead may cost goodwill. You stepped",
        "  down 1 meeting with them in the last 90 days; 1 is the most for tier A.",
        "  · This client is tier A.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_the_worked_cases_fits_a_hundred_columns(tmp_path: Path, language: str) -> None:
    titles = ["X" * 300, "界" * 60, "Line\nbreak\x1b[31m"]
    file = file_of(tmp_path, [*(case.case for case in worked(language)), *({"meeting": {"title": t}} for t in titles)])

    code, out, _ = call(file, "--language", language)

    assert code == 0
    assert max(map(len, out.splitlines())) <= 100
    assert "\x1b" not in out


def test_a_terminal_that_knows_no_signs_gets_question_marks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "assess", file_of(tmp_path, [SPENT])],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "? Keep it: None of the ways to step it down is fine for this client now." in done.stdout


def test_a_number_of_the_policy_can_be_tried_out(tmp_path: Path) -> None:
    file = file_of(tmp_path, [SPENT])

    (strict,) = answers(file)
    (mild,) = answers(file, "--set", "budget_a=2")

    assert (strict["recommended"], mild["recommended"]) == ("keep", "shorter")


def test_mistakes_are_all_named_with_their_place_and_nothing_is_judged(tmp_path: Path) -> None:
    file = file_of(tmp_path, [{"client": {"teir": "A"}}, {"meeting": {"mode": "zoom"}, "reason": "boredom"}])

    said = (
        "cases.json, case 1, client.teir: is not a key that is known; did you mean tier?\n"
        'cases.json, case 2, reason: "boredom" is not known; '
        "use illness, emergency, conflict, workload, repetitive or rather_not\n"
        'cases.json, case 2, meeting.mode: "zoom" is not known; use on_site, video or call\n'
    )
    assert call(file, "--json") == (2, "", said)


def test_of_endless_mistakes_a_hundred_are_named(tmp_path: Path) -> None:
    code, out, err = call(file_of(tmp_path, [1] * 150))

    assert (code, out, err.count("\n")) == (2, "", 101)
    assert err.endswith("cases.json: and 50 more\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "cases.json, line 1, column 1: this is not JSON (Expecting value)\n"),
        ("{}", "cases.json, the whole file: is not a list of cases; put [ and ] around them\n"),
    ],
)
def test_a_file_without_a_list_is_one_line(tmp_path: Path, content: str, said: str) -> None:
    assert call(file_of(tmp_path, content)) == (2, "", said)


def test_a_file_that_is_not_there_or_too_large_is_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.json"

    assert call(str(missing)) == (2, "", f"{missing} cannot be read: No such file or directory\n")
    assert call("/dev/zero") == (2, "", "/dev/zero is larger than 10 MB\n")


def test_no_cases_are_an_empty_answer(tmp_path: Path) -> None:
    file = file_of(tmp_path, [])

    assert answers(file) == []
    assert call(file) == (0, "There are no cases in this file.\n", "")


def test_a_wrong_number_or_language_is_refused(tmp_path: Path) -> None:
    file = file_of(tmp_path, [])

    assert call(file, "--set", "budget_a=3") == (2, "", "--set: budget_a must not be more than budget_b\n")
    assert call(file, "--language", "fr")[0] == 2
