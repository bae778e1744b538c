"""Words that would like to be more than words."""

from playwright.sync_api import Browser, expect

from tests.support.browsing import Visitor, visiting

ANNA = "U0ANNA"
HOSTILE = (
    '<img src=x onerror="window.taken=1"><script>window.taken=1</script> <!channel> {{7*7}} javascript:1 \u202eevil'
)


def test_hostile_text_stays_text_wherever_it_goes(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    visitor.say(HOSTILE)
    visitor.sees("window.taken=1</script> <!channel> {{7*7}}")

    visitor.say("/meetdown new <b>Acme</b>&lt;script&gt; tomorrow 11:00 90m")
    expect(visitor.modal).to_be_visible()
    visitor.modal.get_by_role("button", name="Close").click()
    expect(visitor.modal).to_be_hidden()

    visitor.say(f"/meetdown {HOSTILE}")
    visitor.sees("Only visible to you", "window.taken=1")

    pane = visitor.pane("Inspector")
    pane.locator("details").first.locator("summary").click()
    visitor.sees("window.taken", within=pane)
    assert visitor.page.evaluate("window.taken") is None


def test_the_page_runs_only_its_own_scripts_and_is_shown_in_no_frame(browser: Browser, address: str) -> None:
    with visiting(browser, address) as somebody:
        answer = somebody.page.goto(address)
        assert answer is not None
        policy = (answer.header_value("content-security-policy") or "").split("; ")
        somebody.page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.taken = 1";
                document.body.append(script);
                const image = document.createElement("div");
                image.innerHTML = "<img src=x onerror='window.taken = 1'>";
                document.body.append(image);
            }"""
        )
        taken = somebody.page.evaluate("window.taken")

    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert taken is None
    assert somebody.troubles != []


def test_no_token_is_on_the_page(visitor: Visitor) -> None:
    visitor.as_(ANNA)
    visitor.say("/meetdown")
    visitor.sees("client meetings are coming up")
    visitor.pane("Inspector")

    content = visitor.page.content()

    assert "xoxb-" not in content
    assert "v0=" not in content
