"""News for the page."""

import asyncio

from playground.changes import Changes


async def test_a_watcher_gets_what_is_told_after_it_began() -> None:
    changes = Changes()
    watcher = changes.subscribe()
    changes.tell("mail")
    first = asyncio.ensure_future(anext(watcher))
    await asyncio.sleep(0)

    changes.tell("clock", offset=60)

    assert await first == {"kind": "clock", "offset": 60}
    await watcher.aclose()


async def test_a_slow_watcher_gets_each_kind_once_with_the_newest_word() -> None:
    changes = Changes()
    watcher = changes.subscribe()
    first = asyncio.ensure_future(anext(watcher))
    await asyncio.sleep(0)

    for number in range(1000):
        changes.tell("message", number=number)
    changes.tell("mail")

    assert [await first, await anext(watcher)] == [{"kind": "message", "number": 999}, {"kind": "mail"}]
    await watcher.aclose()


async def test_every_watcher_gets_everything_and_one_that_left_nothing() -> None:
    changes = Changes()
    one, other = changes.subscribe(), changes.subscribe()
    waiting = [asyncio.ensure_future(anext(watcher)) for watcher in (one, other)]
    await asyncio.sleep(0)

    changes.tell("mail")
    got = [await each for each in waiting]
    await one.aclose()
    changes.tell("clock")

    assert got == [{"kind": "mail"}, {"kind": "mail"}]
    assert await anext(other) == {"kind": "clock"}
    await other.aclose()
