"""What the judgement says of the cases of a file: for programs as plain values, for people as a table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.services.assess_file import Case
from domain.assessment import Assessment, Finding, assess
from domain.policy import Policy
from domain.words import STEP_DOWNS, Option, Verdict
from messages.i18n import Translator
from messages.labels import option_label, verdict_label
from messages.sentences import sentence

_STYLES = {
    Verdict.FINE: "green",
    Verdict.THINK_TWICE: "yellow",
    Verdict.BLOCKED: "bold red",
    Verdict.NOT_AVAILABLE: "dim",
}
_NO_TITLE = "(no title)"


class Answer(TypedDict):
    """As `--json` prints it; the keys are an interface."""

    effective_tier: str
    verdicts: dict[str, str]
    recommended: str
    ring_first: bool
    pattern: bool
    sentences: dict[str, list[str]]
    """For each step-down: its own rules first, then what is said of the whole meeting."""


def answer(t: Translator, case: Case, policy: Policy) -> Answer:
    judged = assess(case.facts, policy)
    return {
        "effective_tier": judged.effective_tier.value,
        "verdicts": {option.value: judged.for_option(option).verdict.value for option in STEP_DOWNS},
        "recommended": judged.recommended.value,
        "ring_first": judged.ring_first,
        "pattern": judged.pattern,
        "sentences": {option.value: _said(t, _findings(judged, option)) for option in STEP_DOWNS},
    }


def show(t: Translator, cases: Sequence[Case], policy: Policy, console: Console) -> None:
    """A table with a sign for each verdict, and below it the reasons of each case."""
    if not cases:
        console.print("There are no cases in this file.")
        return
    judged = [assess(case.facts, policy) for case in cases]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("case", justify="right")
    table.add_column("meeting", overflow="fold")
    for heading in ("tier", *STEP_DOWNS):
        table.add_column(str(heading), justify="center", no_wrap=True)
    table.add_column("recommended", no_wrap=True)
    table.add_column("also", no_wrap=True)
    for number, (case, one) in enumerate(zip(cases, judged, strict=True), start=1):
        table.add_row(
            str(number),
            Text(_title(case)),
            one.effective_tier.value,
            *(_sign(t, one.for_option(option).verdict) for option in STEP_DOWNS),
            Text(option_label(t, one.recommended)),
            Text("\n".join(_flags(one))),
        )
    console.print(table)
    console.print(Text("\n" + "   ".join(verdict_label(t, verdict) for verdict in Verdict)))
    for number, (case, one) in enumerate(zip(cases, judged, strict=True), start=1):
        console.print(Text(f"\n{number} {_title(case)}", "bold"))
        for line in _reasons(t, one):
            console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))


def _findings(judged: Assessment, option: Option) -> list[Finding]:
    """Where an option does not exist, nothing but the reason for that matters."""
    judgement = judged.for_option(option)
    if judgement.verdict is Verdict.NOT_AVAILABLE:
        return list(judgement.findings)
    because = [judged.recommended_because] if judged.recommended in (option, Option.KEEP) else []
    return [*judgement.findings, *because, *judged.findings]


def _reasons(t: Translator, judged: Assessment) -> Iterable[str]:
    """What is recommended and why, why anything is not fine, and what is said of the whole meeting; nothing twice."""
    because = sentence(t, judged.recommended_because)
    yield f"→ {option_label(t, judged.recommended)}: {because}"
    together: dict[tuple[Verdict, str], list[str]] = {}
    for option in STEP_DOWNS:
        judgement = judged.for_option(option)
        if judgement.verdict is not Verdict.FINE:
            reasons = " ".join(_said(t, judgement.decisive))
            together.setdefault((judgement.verdict, reasons), []).append(option_label(t, option))
    for (verdict, reasons), options in together.items():
        yield f"{verdict_label(t, verdict)[0]} {', '.join(options)}: {reasons}"
    yield f"· {' '.join(said for said in _said(t, judged.findings) if said != because)}"


def _said(t: Translator, findings: Iterable[Finding]) -> list[str]:
    """Each sentence once: two rules may say the same."""
    return list(dict.fromkeys(sentence(t, finding) for finding in findings))


def _sign(t: Translator, verdict: Verdict) -> Text:
    """Labels begin with a sign of their own, so that nobody depends on a colour."""
    return Text(verdict_label(t, verdict)[0], _STYLES[verdict])


def _flags(judged: Assessment) -> list[str]:
    named: Mapping[str, bool] = {"ring first": judged.ring_first, "pattern": judged.pattern}
    return [name for name, holds in named.items() if holds]


def _title(case: Case) -> str:
    """On one line, without what would steer a terminal."""
    plain = "".join(char if char.isprintable() else " " for char in case.title)
    return " ".join(plain.split()) or _NO_TITLE
