"""The list, the editor and the versions of people's own texts, and the linter's offers, within Slack's limits."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.decision import Draft
from domain.wording import Scope, Template, TemplateKey, Text
from domain.words import Formality
from messages import blocks
from messages.i18n import translator
from messages.lint_fixes import mark_of
from messages.lint_page import EVERYTHING, fixed_notice, lint_blocks
from messages.linter import LintCode, LintFinding
from messages.own_templates import OwnDraft
from messages.template_editor import EditorPage, VersionsPage, editor_modal, versions_modal
from messages.templates_page import TemplatesPage, TextLine, templates_modal, templates_offer
from tests.support.wording import EXTREMES, assert_slack_takes, texts

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEY = TemplateKey(text=Text.SHORTER, language="nl", formality=Formality.INFORMAL, first_contact=True)
SAVED = Template(id="v1", team_id="T1", key=KEY, version=1, subject="S", body="B", saved_by="U1", saved_at=NOW)
BUSY = LintFinding(code=LintCode.EXCUSE, found="too busy")
TWICE = LintFinding(code=LintCode.APOLOGIES)
DUTCH = LintFinding(code=LintCode.WRONG_LANGUAGE, found="nl")


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_any_text_fits_into_the_editor_and_the_versions(language: str, text: str) -> None:
    t = translator(language)
    page = EditorPage(
        form_id="f",
        edition=1,
        key=KEY,
        scope=Scope.WORKSPACE,
        subject=text,
        body=text,
        may_change=True,
        has_versions=True,
        preview=OwnDraft(draft=Draft(language="nl", subject=text, body=text, to=()), left_aside=True, unfilled=text),
        lint=(replace(BUSY, found=text[:60]),),
        notice=text,
    )
    versions = tuple(replace(SAVED, id=f"v{number}", subject=text, body=text) for number in range(20))
    older = VersionsPage(
        form_id="f", key=KEY, versions=versions, more=3, may_change=True, zone="Europe/Amsterdam", now=NOW
    )

    for view in (
        editor_modal(t, page),
        editor_modal(t, replace(page, may_change=False)),
        versions_modal(t, older),
    ):
        assert_slack_takes(view, "modal")


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("is_admin", [False, True])
def test_the_list_says_whose_text_is_used_and_who_may_change_it(
    language: str, scope: Scope, locked: bool, is_admin: bool
) -> None:
    t = translator(language)
    lines = (
        TextLine(key=KEY, used=None),
        TextLine(key=replace(KEY, text=Text.CALL), used=SAVED, left_aside=True),
        TextLine(key=replace(KEY, text=Text.EMAIL), used=replace(SAVED, member_id="U1")),
    )
    page = TemplatesPage(
        language="nl", scope=scope, lines=lines, is_admin=is_admin, locked=locked, zone="Europe/Amsterdam", now=NOW
    )

    view = templates_modal(t, page)

    assert_slack_takes(view, "modal")
    said = texts(view)
    may_change = is_admin if scope is Scope.WORKSPACE else not locked
    assert (t.text("Edit") in said.splitlines()) is may_change
    assert (t.text("Look") in said.splitlines()) is not may_change
    assert (t.text("Everybody uses the workspace's texts") in said) is (is_admin and scope is Scope.WORKSPACE)
    assert "<@U1>" in said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_finding_that_can_be_put_right_has_a_button_and_all_of_them_one(language: str) -> None:
    t = translator(language)
    parts = list(lint_blocks(t, [BUSY, TWICE, DUTCH], [BUSY, TWICE, DUTCH], "en"))

    buttons = [part["accessory"] for part in parts if "accessory" in part] + parts[-1]["elements"]
    assert [button["value"] for button in buttons] == [*map(mark_of, (BUSY, TWICE, DUTCH)), EVERYTHING]
    assert ["confirm" in button for button in buttons] == [False, False, True, False]
    modal = blocks.modal(title="x", blocks=parts, callback_id="x", close="x")
    assert_slack_takes(modal, "modal")


def test_what_only_the_owner_can_put_right_has_no_button() -> None:
    parts = list(lint_blocks(translator("en"), [BUSY, TWICE], [BUSY], "en"))

    assert [part["type"] for part in parts] == ["section", "context"]


def test_more_findings_than_a_form_can_show_are_counted() -> None:
    many = [replace(BUSY, found=f"busy {number}") for number in range(9)]

    parts = list(lint_blocks(translator("en"), many, (), "en"))

    assert "And 3 more." in texts(parts)


@pytest.mark.parametrize(
    ("gone", "came", "said"),
    [
        (["I am busy."], [], "Taken out: “I am busy.”"),
        ([], ["Call me.", "Bye."], "Put in: “Call me.” “Bye.”"),
        (["A."], ["B."], "Taken out: “A.” · Put in: “B.”"),
        ([], [], "Done."),
    ],
)
def test_the_owner_reads_what_was_done(gone: list[str], came: list[str], said: str) -> None:
    assert fixed_notice(translator("en"), gone, came) == said


@pytest.mark.parametrize("language", ["en", "nl"])
def test_in_a_conversation_a_button_leads_to_the_list(language: str) -> None:
    assert_slack_takes(templates_offer(translator(language)), "message")
