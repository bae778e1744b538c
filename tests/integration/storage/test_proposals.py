"""Proposed client domains on both engines."""

from datetime import timedelta

from domain.planned import Proposal
from storage import proposals
from storage.database import Database
from tests.support.stored import NOW, OTHER_TEAM, OWNER, TEAM

PROPOSAL = Proposal(
    team_id=TEAM, domain="globex.example", sample_email="g@globex.example", member_id=OWNER, seen_at=NOW
)


async def propose(database: Database, domain: str = PROPOSAL.domain, member: str = OWNER) -> bool:
    return await database.run(proposals.propose, TEAM, domain, PROPOSAL.sample_email, member, NOW)


async def test_a_domain_is_proposed_once(database: Database) -> None:
    assert await propose(database)
    assert not await propose(database, member="U2")

    assert await database.run(proposals.get, TEAM, PROPOSAL.domain) == PROPOSAL
    assert await database.run(proposals.open_for, TEAM, OWNER) == [PROPOSAL]
    assert await database.run(proposals.open_for, TEAM, "U2") == []
    assert await database.run(proposals.open_for, OTHER_TEAM, OWNER) == []


async def test_open_proposals_come_oldest_first(database: Database) -> None:
    await propose(database)
    await database.run(proposals.propose, TEAM, "a.example", "", OWNER, NOW + timedelta(hours=1))

    found = await database.run(proposals.open_for, TEAM, OWNER)

    assert [one.domain for one in found] == ["globex.example", "a.example"]


async def test_what_was_answered_is_not_proposed_again(database: Database) -> None:
    for domain, accepted in (("yes.example", True), ("no.example", False)):
        await propose(database, domain)
        await database.run(proposals.settle, TEAM, domain, accepted)

        assert await database.run(proposals.get, TEAM, domain) is None
        assert not await propose(database, domain)
    assert await database.run(proposals.open_for, TEAM, OWNER) == []


async def test_another_team_does_not_answer_for_this_one(database: Database) -> None:
    await propose(database)

    await database.run(proposals.settle, OTHER_TEAM, PROPOSAL.domain, True)

    assert await database.run(proposals.get, TEAM, PROPOSAL.domain) == PROPOSAL


async def test_what_is_too_long_for_a_domain_is_not_proposed(database: Database) -> None:
    assert not await propose(database, "x" * 250 + ".example")
