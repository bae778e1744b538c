"""What the documents say beside what the code does: names, defaults and tables that would go stale unseen."""

import re
from dataclasses import fields
from datetime import time
from inspect import signature
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.listeners.commands import Commands
from bot.services.assess_file import read_cases
from bot.settings import Settings, read_settings
from bot.transport.metrics import Metrics
from domain.assessment import Facts, assess
from domain.policy import Policy
from domain.words import STEP_DOWNS, Option, Reason, Tier, Verdict
from messages.i18n import translator
from storage.models import Base
from storage.outbox import Work

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SOURCES = sorted(path for package in ("bot", "storage") for path in (ROOT / package).rglob("*.py"))
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section_of(name: str, heading: str) -> str:
    """From the heading to the next one."""
    return text_of(name).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows_of(text: str) -> list[list[str]]:
    """The cells of all table rows but the rulers."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if not set("".join(row)) <= set("-| ")]


def first_names(text: str) -> list[str]:
    """What stands in backticks in the first column."""
    return [name for row in rows_of(text) for name in CODE.findall(row[0])]


def anchors_of(path: Path) -> set[str]:
    """The names of headings as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_something(document: Path) -> None:
    dead = []
    for link in LINK.findall(document.read_text("utf-8")):
        if link.startswith(("https://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (document.parent / file).resolve() if file else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            dead.append(link)

    assert dead == []


def test_the_readme_names_every_setting_and_no_other() -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}

    assert sorted(first_names(section_of("README.md", "Settings"))) == sorted(known)


def test_the_readme_gives_the_defaults_of_the_settings() -> None:
    said = {row[0].strip("`"): row[1].strip("`") for row in rows_of(section_of("README.md", "Settings"))}
    settings = read_settings({})

    assert {
        "SLACK_API_URL": said["SLACK_API_URL"],
        "MEETDOWN_DATA_DIR": said["MEETDOWN_DATA_DIR"],
        "MEETDOWN_HOST": said["MEETDOWN_HOST"],
        "MEETDOWN_PORT": said["MEETDOWN_PORT"],
        "MEETDOWN_LOG_FORMAT": said["MEETDOWN_LOG_FORMAT"],
        "MEETDOWN_ALLOW_PRIVATE_URLS": said["MEETDOWN_ALLOW_PRIVATE_URLS"],
    } == {
        "SLACK_API_URL": settings.slack_api_url,
        "MEETDOWN_DATA_DIR": settings.data_dir.name,
        "MEETDOWN_HOST": settings.host,
        "MEETDOWN_PORT": str(settings.port),
        "MEETDOWN_LOG_FORMAT": settings.log_format.value,
        "MEETDOWN_ALLOW_PRIVATE_URLS": str(int(settings.allow_private_urls)),
    }


class _Anything:
    """Whatever the command's pages are: help asks nothing of them."""

    def __getattr__(self, name: str) -> Any:
        return None


async def test_the_readme_says_of_commands_what_the_help_says() -> None:
    caller: Any = SimpleNamespace(t=translator("en"))
    parts: dict[str, Any] = dict.fromkeys(signature(Commands).parameters, _Anything())
    commands = Commands(**parts)

    message = await commands.help(caller, "", {})

    said = [f"{row[0]} {row[1]}" for row in rows_of(section_of("README.md", "What it does"))[1:]]
    assert said == [line for line in message.text.splitlines() if line.startswith("`/meetdown")]


def test_the_base_verdicts_are_those_of_the_judgement() -> None:
    header, *rows = rows_of(section_of("docs/judgement.md", "Base verdict"))
    written: dict[tuple[Reason, Tier, Option], Verdict] = {}
    for reasons, tiers, *verdicts in rows:
        for reason, tier in product(reasons.split(", "), tiers.split(", ")):
            for option, verdict in zip(header[2:], verdicts, strict=True):
                written[Reason(reason), Tier(tier), Option(option)] = Verdict(verdict)

    judged = {
        (reason, tier, option): assess(Facts(tier=tier, reason=reason, meetings_30d=4), Policy())
        .for_option(option)
        .verdict
        for reason, tier, option in product(Reason, Tier, STEP_DOWNS)
    }

    assert written == judged


def test_the_numbers_are_those_of_the_policy() -> None:
    written = {row[0].strip("`"): row[1] for row in rows_of(section_of("docs/judgement.md", "Numbers"))[1:]}

    defaults = {field.name: field.default for field in fields(Policy)}
    assert written == {
        name: f"{default:%H:%M}" if isinstance(default, time) else str(default) for name, default in defaults.items()
    }


def test_the_case_with_all_keys_can_be_judged_and_has_them_all() -> None:
    example = section_of("docs/judgement.md", "Try it without Slack").partition("```json\n")[2].partition("```")[0]
    unknown = b'[{"?": 0, "client": {"?": 0}, "meeting": {"?": 0}, "history": {"?": 0}}]'

    known = [key for problem in read_cases(unknown).problems for key in problem.says.partition("are ")[2].split(", ")]

    assert read_cases(example.encode()).problems == ()
    assert sorted(re.findall(r'"(\w+)":', example)) == sorted(known)


def test_the_architecture_names_every_table() -> None:
    assert sorted(first_names(section_of("docs/architecture.md", "Tables"))) == sorted(Base.metadata.tables)


def test_the_architecture_names_every_workflow() -> None:
    named = first_names(section_of("docs/architecture.md", "Workflows and their steps"))

    assert sorted(named) == sorted(work.value for work in Work)


def test_operations_names_every_metric() -> None:
    kept = {
        sample.name + ("_total" if sample.type == "counter" else "")
        for sample in Metrics().registry.collect()
        if not sample.name.endswith("_created")
    }

    assert (
        set(first_names(section_of("docs/operations.md", "Health and metrics")))
        - {
            "/healthz",
            "/readyz",
            "/metrics",
        }
        == kept
    )


def test_every_event_that_operations_explains_is_written_somewhere() -> None:
    sources = "".join(path.read_text("utf-8") for path in SOURCES)

    lost = [name for name in first_names(section_of("docs/operations.md", "Logs")) if f'("{name}"' not in sources]

    assert lost == []


def test_the_index_of_decisions_has_each_of_them() -> None:
    indexed = LINK.findall(text_of("docs/adr/README.md"))

    assert [link for link in indexed if link[:1].isdigit()] == sorted(
        path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")
    )
