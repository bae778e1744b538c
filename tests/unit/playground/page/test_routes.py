from typing import Any

import aiohttp
import pytest

from playground.records import File, Message
from tests.support.page import MemoryMail, MemoryWorld
from tests.support.slack import OWNER


async def text_of(browser: aiohttp.ClientSession, path: str, **headers: str) -> tuple[int, str]:
    async with browser.get(path, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_the_front_door_leads_to_the_first_persons_chat_with_the_bot(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/") as answer:
        assert (answer.status, answer.url.path.split("/")[:3]) == (200, ["", "as", OWNER])
        assert "Anna Berg" in await answer.text()


@pytest.mark.parametrize(
    "path", ["/as/U0NOBODY/", "/as/UBT0ACME/", "/as/USLACKBOT/", f"/as/{OWNER}/C0NOWHERE", "/static/no.js"]
)
async def test_what_is_not_there_is_404(browser: aiohttp.ClientSession, path: str) -> None:
    assert (await text_of(browser, path))[0] == 404


async def test_a_channel_one_is_not_in_is_not_there(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    world.slack.add_channel("C0SECRET", name="secret", members={"U0BEN"})

    assert (await text_of(browser, f"/as/{OWNER}/C0SECRET"))[0] == 404


async def test_a_hostile_message_stays_text_and_no_script_may_stand_in_the_page(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    await world.says(hostile, blocks=[{"type": "section", "text": {"type": "plain_text", "text": hostile}}])
    await world.slack.as_user(OWNER).send_dm(hostile)

    async with browser.get("/") as answer:
        policy, html = answer.headers["Content-Security-Policy"], await answer.text()

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script>" not in html
    assert "<img src=x" not in html
    assert "style=" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


@pytest.mark.parametrize("host", ["evil.example", "evil.example:3000", "127.0.0.1.evil.example", "[bad", "192.0.2.7"])
async def test_only_its_own_address_is_answered(browser: aiohttp.ClientSession, host: str) -> None:
    assert (await text_of(browser, "/", Host=host))[0] in {400, 403}


@pytest.mark.parametrize("host", ["localhost", "localhost:3000", "127.0.0.1"])
async def test_this_machine_under_any_of_its_names_is_answered(browser: aiohttp.ClientSession, host: str) -> None:
    async with browser.get("/", headers={"Host": host}, allow_redirects=False) as answer:
        assert answer.status == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"act": "say", "text": "hi"}},
        {"data": '{"act": "say", "text": "hi"}', "headers": {"Content-Type": "text/plain"}},
        {"json": {"act": "say", "text": "hi"}, "headers": {"Origin": "https://evil.example"}},
        {"json": {"act": "say", "text": "hi"}, "headers": {"Origin": "null"}},
    ],
)
async def test_another_site_cannot_act(browser: aiohttp.ClientSession, world: MemoryWorld, sent: Any) -> None:
    async with browser.post(f"/as/{OWNER}/acts", **sent) as answer:
        assert answer.status == 403

    assert world.slack.messages == []


@pytest.mark.parametrize(
    ("body", "status"),
    [("nonsense", 400), ("[]", 400), ('{"act": "fly"}', 404), ("{}", 404), ('{"act": null}', 404)],
)
async def test_a_post_that_is_no_act_is_refused(browser: aiohttp.ClientSession, body: str, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    async with browser.post(f"/as/{OWNER}/acts", data=body, headers=headers) as answer:
        assert answer.status == status


@pytest.mark.parametrize("who", ["U0NOBODY", "UBT0ACME", "USLACKBOT"])
async def test_nobody_can_act_as_somebody_who_is_not_there_or_a_bot(
    browser: aiohttp.ClientSession, world: MemoryWorld, who: str
) -> None:
    async with browser.post(f"/as/{who}/acts", json={"act": "say", "text": "hi"}) as answer:
        assert answer.status == 404

    assert world.slack.messages == []


@pytest.mark.parametrize(
    ("path", "status", "host"),
    [
        ("/", 302, "localhost"),
        (f"/as/{OWNER}/", 302, "localhost"),
        (f"/live/{OWNER}/home", 200, "localhost"),
        ("/nowhere", 404, "localhost"),
        ("/api/auth.test", 200, "localhost"),
        ("/", 403, "evil.example"),
    ],
)
async def test_every_answer_keeps_scripts_and_frames_out(
    browser: aiohttp.ClientSession, path: str, status: int, host: str
) -> None:
    async with browser.get(path, headers={"Host": host}, allow_redirects=False) as answer:
        assert answer.status == status
        assert "default-src 'none'; script-src 'self';" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_html_of_a_mail_is_shown_where_it_can_do_nothing(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    world.mailbox.mails.append(MemoryMail(id="m1", subject="Hello", html="<p>Dear <b>Hank</b></p>"))

    async with browser.get("/mail/m1") as answer:
        assert await answer.text() == "<p>Dear <b>Hank</b></p>"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert (await text_of(browser, "/mail/m2"))[0] == 404


@pytest.mark.parametrize(
    ("name", "kind"), [("main.js", "text/javascript"), ("base.css", "text/css"), ("mark.svg", "image/svg+xml")]
)
async def test_files_are_served_with_their_type(browser: aiohttp.ClientSession, name: str, kind: str) -> None:
    async with browser.get(f"/static/{name}") as answer:
        assert (answer.status, answer.content_type) == (200, kind)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_shared_file_is_named_with_its_size_and_can_be_saved(
    browser: aiohttp.ClientSession, world: MemoryWorld
) -> None:
    store = world.slack.store
    dm = store.open_dm("T0ACME", OWNER)
    name = 'a "b" <é>.csv'
    store.files["F1"] = File(
        id="F1", team_id="T0ACME", user="UBT0ACME", name=name, title=name, length=3, content="YWJj", shares=["D:1"]
    )
    store.messages.append(
        Message(channel=dm.id, ts=store.new_ts(), team_id="T0ACME", user="UBT0ACME", text="Here", files=["F1"])
    )

    _, html = await text_of(browser, f"/as/{OWNER}/{dm.id}")
    async with browser.get("/files/F1") as answer:
        headers, content = answer.headers, await answer.read()

    assert "a &#34;b&#34; &lt;é&gt;.csv</span>" in html
    assert 'href="/files/F1"' in html
    assert (content, headers["Content-Type"]) == (b"abc", "application/octet-stream")
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20%22b%22%20%3C%C3%A9%3E.csv"


async def test_a_file_that_is_not_shared_is_not_there(browser: aiohttp.ClientSession, world: MemoryWorld) -> None:
    world.slack.store.files["F1"] = File(id="F1", team_id="T0ACME", user="UBT0ACME", name="a.csv", length=3)

    assert (await text_of(browser, "/files/F1"))[0] == 404
