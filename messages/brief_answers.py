"""What goes to and fro between the delegate and the owner: a question, its answer, a yes or a no."""

from datetime import datetime

from domain.brief import Brief, HandoffState, Question
from domain.overview import Overview
from messages import blocks
from messages.blocks import Block, Message
from messages.escape import escape, escape_and_cut, one_line
from messages.i18n import Translator
from messages.ids import VALUE, Action, Field, View, pack
from messages.meeting_view import NAME, heading
from messages.when import moment

_LONGEST = 1000
"""Characters of a question, an answer or the words with a no."""


def ask_modal(t: Translator, form_id: str) -> Block:
    return _one_field(
        t,
        form_id,
        title=t.text("Ask"),
        view=View.ASK,
        field=Field.QUESTION,
        label=t.text("What would you like to know?"),
        hint=t.text("The answer comes to you and goes into the brief."),
        submit=t.text("Ask"),
    )


def answer_modal(t: Translator, form_id: str, question: Question) -> Block:
    view = _one_field(
        t,
        form_id,
        title=t.text("Answer"),
        view=View.ANSWER,
        field=Field.ANSWER,
        label=t.text("Your answer"),
        hint=t.text("It goes to your colleague and into the brief."),
        submit=t.text("Answer"),
    )
    return view | {"blocks": [blocks.section(_quoted(question.text)), *view["blocks"]]}


def decline_modal(t: Translator, form_id: str) -> Block:
    return _one_field(
        t,
        form_id,
        title=t.text("Decline"),
        view=View.DECLINE,
        field=Field.BECAUSE,
        label=t.text("Anything your colleague should know?"),
        hint=t.text("They look for another way. You need not give a reason."),
        submit=t.text("Decline"),
        optional=True,
    )


def question_message(
    t: Translator, question: Question, delegate_name: str, overview: Overview, now: datetime
) -> Message:
    """To the owner; once it is answered, the answer stands where the button was."""
    asks = t.mrkdwn("*{name} asks about the meeting that they take over for you.*", name=_name(t, delegate_name))
    about = _about(t, overview, overview.owner.time_zone, now)
    asked = _quoted(question.text)
    parts = [blocks.section(asks), blocks.context(about), blocks.section(asked)]
    if question.answer:
        answer = t.mrkdwn("✓ You answered: {answer}", answer=one_line(question.answer, _LONGEST))
        texts, parts = [asks, about, asked, answer], [*parts, blocks.section(answer)]
        if question.answered_at is not None:
            at = moment(t, question.answered_at, overview.owner.time_zone, now)
            texts.append(t.mrkdwn("Answered by you, {moment}", moment=at))
            parts.append(blocks.context(texts[-1]))
        return blocks.message("\n".join(texts), parts)
    button = blocks.button(t.text("Answer"), action_id=Action.ANSWER, value=pack(question.id), style="primary")
    return blocks.message("\n".join([asks, about, asked]), [*parts, blocks.actions([button])])


def answered_message(t: Translator, question: Question, overview: Overview, now: datetime) -> Message:
    """To the delegate, on their own clock."""
    name = _name(t, overview.owner.name)
    opening = t.mrkdwn("*{name} has answered your question.* The answer is in the brief too.", name=name)
    zone = overview.delegate.time_zone if overview.delegate else overview.owner.time_zone
    about = _about(t, overview, zone, now)
    asked, answer = _quoted(question.text), escape_and_cut(question.answer.strip(), blocks.TEXT)
    return blocks.message(
        "\n".join([opening, about, asked, answer]),
        [blocks.section(opening), blocks.context(about), blocks.section(asked), blocks.section(answer)],
    )


def owner_told(t: Translator, brief: Brief, delegate_name: str, overview: Overview, now: datetime) -> Message:
    """To the owner, after the delegate's yes or no.

    After a no the meeting's own message has its buttons again, and a button here leads to them.
    """
    name = _name(t, delegate_name)
    about = _about(t, overview, overview.owner.time_zone, now)
    if brief.state is HandoffState.ACCEPTED:
        text = t.mrkdwn("✓ *{name} takes over your meeting.*", name=name)
        return blocks.message(f"{text}\n{about}", [blocks.section(text), blocks.context(about)])
    text = t.mrkdwn("*{name} cannot take over your meeting.* Choose another way, or ask somebody else.", name=name)
    texts = [text, about]
    parts = [blocks.section(text), blocks.context(about)]
    if brief.declined_because.strip():
        texts.append(_quoted(brief.declined_because))
        parts.append(blocks.section(texts[-1]))
    if not overview.meeting.cancelled and not overview.meeting.has_started(now):
        another = t.text("Choose another way")
        value = pack(overview.meeting.id)
        parts.append(blocks.actions([blocks.button(another, action_id=Action.MEETING_CHOSEN, value=value)]))
    return blocks.message("\n".join(texts), parts)


def delegate_told_of_move(t: Translator, brief: Brief, overview: Overview, now: datetime) -> Message:
    """Short, because the brief itself is up to date: nobody is told of an edit."""
    name = _name(t, overview.owner.name)
    zone = overview.delegate.time_zone if overview.delegate else overview.owner.time_zone
    if brief.state is HandoffState.ACCEPTED:
        text = t.mrkdwn(
            "*The meeting that you take over for {owner} has another time.* If it does not suit you, please tell them.",
            owner=name,
        )
    else:
        text = t.mrkdwn(
            "*The meeting that {owner} asks you to take over has another time.* You can still accept or decline.",
            owner=name,
        )
    about = _about(t, overview, zone, now)
    return blocks.message(f"{text}\n{about}", [blocks.section(text), blocks.context(about)])


def owner_told_of_move(t: Translator, delegate_name: str, overview: Overview, now: datetime) -> Message:
    text = t.mrkdwn(
        "*The meeting that {name} takes over for you has another time.* Please make sure that it still suits them.",
        name=_name(t, delegate_name),
    )
    about = _about(t, overview, overview.owner.time_zone, now)
    return blocks.message(f"{text}\n{about}", [blocks.section(text), blocks.context(about)])


def _one_field(
    t: Translator,
    form_id: str,
    *,
    title: str,
    view: View,
    field: Field,
    label: str,
    hint: str,
    submit: str,
    optional: bool = False,
) -> Block:
    element = blocks.text_input(action_id=VALUE, multiline=True, max_length=_LONGEST)
    return blocks.modal(
        title=title,
        blocks=[blocks.input_(label, element, block_id=field, hint=hint, optional=optional)],
        callback_id=view,
        close=t.text("Cancel"),
        submit=submit,
        private_metadata=form_id,
    )


def _about(t: Translator, overview: Overview, zone: str, now: datetime) -> str:
    when = escape(moment(t, overview.meeting.starts_at, zone, now))
    return f"{heading(t, overview.meeting, overview.client)} · {when}"


def _quoted(text: str) -> str:
    """Mrkdwn: every line as a quotation."""
    lines = escape_and_cut(text.strip(), blocks.TEXT - 500).splitlines()[:40]
    return "\n".join(f"&gt; {line}" for line in lines) or " "


def _name(t: Translator, name: str) -> str:
    return one_line(name, NAME) or t.text("A colleague")
