"""Whose token it is: remembered for a while, forgotten when told, and never a stranger's."""

from dataclasses import replace

import pytest

from bot.slack.installations import BotInstallation, CachedInstallations, SingleInstallation
from bot.slack.problems import SlackCode, SlackProblem

ACME = BotInstallation(team_id="T1", enterprise_id="E1", bot_token="xoxb-1", bot_user_id="U1", bot_id="B1")
ORGANISATION = BotInstallation(team_id=None, enterprise_id="E1", bot_token="xoxb-2", bot_user_id="U1", bot_id="B1")


class Shelf:
    def __init__(self) -> None:
        self.asked: list[tuple[str | None, str | None]] = []
        self.found: BotInstallation | None = ACME

    async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
        self.asked.append((team_id, enterprise_id))
        return self.found


async def test_an_installation_is_looked_up_once_and_again_when_it_is_stale() -> None:
    shelf, now = Shelf(), [0.0]
    cached = CachedInstallations(shelf, seconds=60, monotonic=lambda: now[0])

    found = [await cached.find("T1", None), await cached.find("T1", None)]
    now[0] = 60.0
    found.append(await cached.find("T1", None))

    assert (found, shelf.asked) == ([ACME] * 3, [("T1", None)] * 2)


async def test_a_missing_installation_is_asked_for_each_time() -> None:
    shelf = Shelf()
    shelf.found = None
    cached = CachedInstallations(shelf)
    before = await cached.find("T1", None)
    shelf.found = ACME

    assert (before, await cached.find("T1", None)) == (None, ACME)


@pytest.mark.parametrize(("team_id", "enterprise_id"), [("T1", None), (None, "E1"), ("T1", "E1")])
async def test_what_was_told_to_be_forgotten_is_looked_up_again(team_id: str | None, enterprise_id: str | None) -> None:
    shelf = Shelf()
    cached = CachedInstallations(shelf)
    await cached.find("T1", "E1")
    await cached.find("T1", None)
    shelf.found = replace(ACME, bot_token="xoxb-new")

    cached.invalidate(team_id, enterprise_id)

    assert [(await cached.find(*key)) for key in (("T1", "E1"), ("T1", None))] == [shelf.found] * 2


async def test_forgetting_one_workspace_keeps_the_others() -> None:
    shelf = Shelf()
    cached = CachedInstallations(shelf)
    await cached.find("T1", None)

    cached.invalidate("T2")
    await cached.find("T1", None)

    assert shelf.asked == [("T1", None)]


async def test_what_was_read_before_it_was_forgotten_is_not_remembered_after() -> None:
    class Slow(Shelf):
        async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
            found = await super().find(team_id, enterprise_id)
            if len(self.asked) == 1:
                cached.invalidate("T1")
            return found

    shelf = Slow()
    cached = CachedInstallations(shelf)

    await cached.find("T1", None)
    await cached.find("T1", None)

    assert len(shelf.asked) == 2


async def test_a_failing_lookup_is_raised_and_not_remembered() -> None:
    class Broken:
        async def find(self, team_id: str | None, enterprise_id: str | None) -> BotInstallation | None:
            raise SlackProblem(SlackCode.RATE_LIMITED, method="auth.test", retry_after=30)

    cached = CachedInstallations(Broken())

    for _ in range(2):
        with pytest.raises(SlackProblem):
            await cached.find("T1", None)


async def test_one_token_asks_slack_who_it_is_once_and_answers_for_its_own_team_only() -> None:
    asked: list[str] = []

    async def identify() -> BotInstallation:
        asked.append("auth.test")
        return ACME

    single = SingleInstallation(identify)

    found = [await single.find(*key) for key in (("T1", None), ("T1", "E1"), ("T2", "E1"), ("T2", None), (None, "E1"))]

    assert (found, asked) == ([ACME, ACME, None, None, None], ["auth.test"])


async def test_a_token_of_an_organisation_answers_for_its_teams() -> None:
    async def identify() -> BotInstallation:
        return ORGANISATION

    single = SingleInstallation(identify)

    found = [await single.find(*key) for key in (("T1", "E1"), (None, "E1"), ("T1", "E2"), ("T1", None))]

    assert found == [ORGANISATION, ORGANISATION, None, None]


async def test_a_passing_problem_with_auth_test_is_tried_again_at_the_next_need() -> None:
    tries: list[str] = []

    async def identify() -> BotInstallation:
        tries.append("auth.test")
        if len(tries) == 1:
            raise SlackProblem(SlackCode.RATE_LIMITED, method="auth.test", retry_after=30)
        return ACME

    single = SingleInstallation(identify)

    with pytest.raises(SlackProblem):
        await single.find("T1", None)

    assert (await single.find("T1", None), tries) == (ACME, ["auth.test"] * 2)


def test_a_token_never_shows() -> None:
    assert "xoxb" not in repr(ACME)
