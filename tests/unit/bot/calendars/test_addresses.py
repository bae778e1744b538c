"""Which addresses a feed may be fetched from, by their figures and by their text."""

import pytest
from yarl import URL

from bot.calendars.addresses import is_public
from bot.calendars.fetch import first_address, next_address
from bot.calendars.protocol import FeedProblem
from domain.errors import InvalidCode


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "192.0.0.1"),
        *("192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"),
        *("255.255.255.255", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254"),
        *("ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "100::1"),
        *("", "localhost", "127.1", "not an address"),
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "142.250.1.1", "2a00:1450:4001:800::200e", "64:ff9b::808:808"])
def test_an_address_of_the_public_internet_is_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://calendar.example/a%40b/basic.ics?key=1", "https://calendar.example/a%40b/basic.ics?key=1"),
        (" http://calendar.example/x ", "http://calendar.example/x"),
        ("webcal://calendar.example/x", "https://calendar.example/x"),
        ("WEBCALS://calendar.example/x", "https://calendar.example/x"),
        ("https://calendar.example/münchen ost", "https://calendar.example/m%C3%BCnchen%20ost"),
    ],
)
def test_an_address_is_taken_as_it_is_written(text: str, address: str) -> None:
    assert str(first_address(text)) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "calendar.example/x", "ftp://calendar.example/x", "file:///etc/passwd", "javascript:alert(1)"),
        *("https://", "https:///x", "http://calendar.example:99999/", "data:text/calendar,BEGIN", "//calendar.example"),
        *("https://[::1", "https://" + "x" * 5000, "gopher://calendar.example", "\x00", "webcal:", "http://:80/"),
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(FeedProblem) as caught:
        first_address(text)

    assert caught.value.code is InvalidCode.FEED_REFUSED


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("https://other.example/y", "https://other.example/y"),
        ("/y%2Fz", "https://calendar.example/y%2Fz"),
        ("y", "https://calendar.example/a/y"),
        ("//other.example/y", "https://other.example/y"),
    ],
)
def test_a_redirect_is_followed_from_where_it_was_given(location: str, address: str) -> None:
    assert str(next_address(URL("https://calendar.example/a/x"), location)) == address


@pytest.mark.parametrize("location", ["http://calendar.example/x", "ftp://calendar.example/x", "file:///etc/passwd"])
def test_a_redirect_to_an_open_line_or_another_scheme_is_refused(location: str) -> None:
    with pytest.raises(FeedProblem) as caught:
        next_address(URL("https://calendar.example/x"), location)

    assert caught.value.code is InvalidCode.FEED_REFUSED
