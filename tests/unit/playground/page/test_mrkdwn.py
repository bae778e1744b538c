from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page.mrkdwn import Names, mrkdwn, plain, safe_link

NAMES = Names(people={"U0ANNA": "Anna <Berg>"}, channels={"C0GENERAL": "general"}, zone="Europe/Amsterdam")
LINK = 'target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _slanted_ ~gone~", "<strong>bold</strong> <em>slanted</em> <s>gone</s>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("`*code*` and ```\n*pre*\nlines```", "<code>*code*</code> and <pre>*pre*\nlines</pre>"),
        ("one\ntwo", "one<br>two"),
        ("said:\n&gt; first\n&gt; second\nend", "said:<blockquote>first<br>second</blockquote>end"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 &lt; 2 &amp;&amp; 3 &gt; 2"),
        ("<https://acme.example/?a=1&amp;b=2|Acme>", f'<a href="https://acme.example/?a=1&amp;b=2" {LINK}>Acme</a>'),
        ("<mailto:hank@acme.example>", f'<a href="mailto:hank@acme.example" {LINK}>mailto:hank@acme.example</a>'),
        ("<javascript:alert(1)|press>", "&lt;javascript:alert(1)|press&gt;"),
        (
            "<@U0ANNA> in <#C0GENERAL>",
            '<span class="mention">@Anna &lt;Berg&gt;</span> in <span class="mention">#general</span>',
        ),
        ("<!channel>", '<span class="mention">@channel</span>'),
        (":tada: :unknown_name:", "🎉 :unknown_name:"),
        ("*a <https://acme.example|b> c*", f'<strong>a <a href="https://acme.example" {LINK}>b</a> c</strong>'),
    ],
)
def test_mrkdwn_looks_as_in_slack(text: str, html: str) -> None:
    assert str(mrkdwn(text, NAMES)) == html


def test_dates_are_shown_in_the_zone_of_who_looks() -> None:
    shown = mrkdwn("<!date^1893495600^{date_short} at {time}|then>", NAMES)

    assert str(shown) == '<time datetime="2030-01-01T12:00:00+01:00" title="then">Jan 1, 2030 at 12:00</time>'


@pytest.mark.parametrize(
    "text", ["<!date^soon^{time}|then>", "<!date^99999999999999999^{time}|then>", "<!date^1|then>"]
)
def test_a_date_that_is_none_shows_its_fallback(text: str) -> None:
    assert str(mrkdwn(text, NAMES)) == "then"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found.update(name for name, _ in attrs if name.startswith("on"))
        for name, value in attrs:
            if name == "href" and not safe_link(value or ""):
                self.found.add(f"href {value}")


PIECES = st.sampled_from(
    ["<", ">", "&", "&lt;", "&gt;", "`", "```", "*", "_", "~", "|", "^", "!date^1^", "javascript:", "https://x.example",
     "<script>", "<img src=x onerror=alert(1)>", '"', "'", "\n", " ", "a", "\ue000", "\ue001", "0", "@U0ANNA", "#", ":"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join))
def test_no_text_whatever_becomes_markup_of_its_own(text: str) -> None:
    tags = _Tags()
    tags.feed(str(mrkdwn(text, NAMES)))
    tags.feed(str(plain(text)))

    assert tags.found <= {"strong", "em", "s", "code", "pre", "br", "blockquote", "a", "span", "time"}


def test_plain_text_keeps_its_signs_and_its_lines() -> None:
    assert str(plain("*not bold* <b>\n:tada:", emoji=False)) == "*not bold* &lt;b&gt;<br>:tada:"
