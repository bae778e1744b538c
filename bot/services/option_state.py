"""What an option's form has shown so far: how it is told whether the owner changed the draft or saw a warning."""

import json
from dataclasses import dataclass, replace
from typing import Self

from bot.services.option_input import OptionInput, read_recipients
from domain.assessment import Requirement
from domain.decision import Draft
from domain.words import Option
from messages.lint_fixes import mark_of
from messages.option_page import OptionPage

MOST_TEXTS = 12
"""Generated texts that are remembered; who changes a choice more often than that reads the last ones."""

MOST_SEEN = 60
"""Findings that are remembered as shown."""

Text = tuple[str, str]
"""Subject and body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormState:
    """`texts` are those that the bot made for this form, the newest last.

    All of them, because a form may be sent off with the text of a moment ago: before Slack has shown the new one.
    """

    option: Option
    edition: int
    texts: tuple[Text, ...]
    needs: Requirement
    approver_id: str = ""
    """Who was said to have to approve it."""
    seen: tuple[str, ...] = ()
    """Marks of the linter's findings that were shown."""

    @classmethod
    def of(cls, page: OptionPage) -> Self:
        return cls(
            option=page.option,
            edition=page.edition,
            texts=((page.draft.subject, page.draft.body),),
            needs=page.needs,
            approver_id=page.approver.user_id if page.approver else "",
            seen=tuple(map(mark_of, page.lint)),
        )

    def then(self, page: OptionPage, *, made_anew: bool) -> "FormState":
        """After this page was shown, with a text of the bot's or with the owner's own."""
        texts = self.texts
        if made_anew:
            texts = (*texts, (page.draft.subject, page.draft.body))[-MOST_TEXTS:]
        shown = FormState.of(page)
        return replace(shown, texts=texts, seen=tuple(dict.fromkeys((*shown.seen, *self.seen)))[:MOST_SEEN])

    def is_untouched(self, given: OptionInput) -> bool:
        """Whether the text is one that the bot made: Slack trims and normalises line ends."""
        subject, body = _plain(given.subject, given.body)
        made = [_plain(*text) for text in self.texts]
        return subject in {one for one, _ in made} and body in {one for _, one in made}

    def differs(self, draft: Draft) -> bool:
        """Whether it is another one than the newest."""
        return _plain(draft.subject, draft.body) != _plain(*self.texts[-1])

    def dump(self) -> str:
        return json.dumps(
            {
                "option": self.option,
                "edition": self.edition,
                "texts": self.texts,
                "needs": self.needs,
                "approver_id": self.approver_id,
                "seen": self.seen,
            },
            ensure_ascii=False,
        )

    @classmethod
    def load(cls, text: str) -> Self:
        raw = json.loads(text)
        return cls(
            option=Option(raw["option"]),
            edition=int(raw["edition"]),
            texts=tuple((str(subject), str(body)) for subject, body in raw["texts"]),
            needs=Requirement(raw["needs"]),
            approver_id=str(raw.get("approver_id", "")),
            seen=tuple(map(str, raw.get("seen", ()))),
        )


def is_of(given: OptionInput, draft: Draft) -> bool:
    """Whether the form holds exactly this text."""
    return _plain(given.subject, given.body) == _plain(draft.subject, draft.body)


def as_written(given: OptionInput, language: str) -> Draft:
    """The owner's own text."""
    recipients, _ = read_recipients(given.to)
    return Draft(language=language, subject=given.subject, body=given.body, to=recipients)


def _plain(subject: str, body: str) -> Text:
    lines = body.replace("\r\n", "\n").strip().split("\n")
    return subject.strip(), "\n".join(line.rstrip() for line in lines)
