from typing import Any

from playground.page.mrkdwn import Names
from playground.page.rich_text import rich_text, typed_rich_text, words_of

NAMES = Names(people={"U0ANNA": "Anna"}, channels={}, zone="Europe/Amsterdam")


def shown(*elements: dict[str, Any]) -> str:
    return str(rich_text({"type": "rich_text", "elements": list(elements)}, NAMES))


def section(*leaves: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": list(leaves)}


def test_every_kind_of_part_has_its_element() -> None:
    item = section({"type": "text", "text": "x"})

    assert shown(
        section({"type": "text", "text": "a <b>\nc", "style": {"bold": True, "code": True}}),
        section({"type": "text", "text": "q"}, kind="rich_text_quote"),
        section({"type": "text", "text": "p"}, kind="rich_text_preformatted"),
        {"type": "rich_text_list", "style": "ordered", "elements": [item]},
    ) == (
        "<div><code><strong>a &lt;b&gt;<br>c</strong></code></div><blockquote>q</blockquote><pre>p</pre>"
        "<ol><li>x</li></ol>"
    )


def test_people_links_and_emoji_inside_a_line() -> None:
    line = shown(
        section(
            {"type": "user", "user_id": "U0ANNA"},
            {"type": "emoji", "name": "tada"},
            {"type": "link", "url": "javascript:alert(1)", "text": "press"},
            {"type": "link", "url": "https://acme.example"},
        )
    )

    assert line == (
        '<div><span class="mention">@Anna</span>🎉press'
        '<a href="https://acme.example" target="_blank" rel="noopener noreferrer">https://acme.example</a></div>'
    )


def test_what_is_not_known_says_so() -> None:
    assert shown({"type": "rich_text_poem"}) == '<p class="unsupported">rich_text_poem is not shown here</p>'
    assert shown(section({"type": "sticker"})) == '<div><span class="unsupported">[sticker]</span></div>'


def test_typed_text_comes_back_as_its_words() -> None:
    assert words_of(typed_rich_text("two\nlines")) == "two\nlines"
    assert words_of(None) == ""
