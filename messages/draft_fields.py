"""The message to a client as the fields of a modal: whatever brings one about, it is read and changed the same way."""

from collections.abc import Iterator

from domain.decision import Draft
from messages import blocks
from messages.blocks import Block
from messages.drafting import SUBJECT
from messages.i18n import Translator
from messages.ids import VALUE, Field, numbered
from messages.labels import language_label


def draft_fields(t: Translator, draft: Draft, *, edition: int, notice: str, needs_address: bool) -> Iterator[Block]:
    """Subject and text are under names of this edition: Slack keeps what was typed under an old one."""
    language = language_label(t, draft.language)
    yield blocks.section(t.mrkdwn("*The message to the client*, in {language}", language=language))
    if notice:
        yield blocks.context(t.mrkdwn("! {notice}", notice=notice))
    yield blocks.input_(
        t.text("To"),
        blocks.text_input(action_id=VALUE, initial=", ".join(draft.to), max_length=1000),
        block_id=Field.TO,
        optional=not needs_address,
    )
    yield blocks.input_(
        t.text("Subject"),
        blocks.text_input(action_id=VALUE, initial=draft.subject, max_length=SUBJECT),
        block_id=numbered(Field.SUBJECT, edition),
    )
    yield blocks.input_(
        t.text("Message"),
        blocks.text_input(action_id=VALUE, initial=draft.body, multiline=True),
        block_id=numbered(Field.BODY, edition),
    )
