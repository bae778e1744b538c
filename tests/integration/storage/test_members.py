"""Members on both engines."""

from dataclasses import replace
from datetime import time, timedelta

from domain.member import Member
from domain.roles import Circle, Sight
from domain.words import Formality
from storage import members
from storage.database import Database
from tests.support.stored import NOW, OTHER_TEAM, TEAM

OLGA = Member(
    team_id=TEAM,
    user_id="U1",
    name="Olga",
    email="olga@agency.example",
    locale="nl-NL",
    time_zone="Europe/Amsterdam",
    country="NL",
    chosen_language="en",
    decide_days=3,
    last_call=timedelta(hours=2, minutes=30),
    quiet_from=time(19),
    quiet_until=time(7, 30),
    formality=Formality.INFORMAL,
    manager_id="UBOSS",
    refreshed_at=NOW,
)


async def test_a_member_is_read_as_saved(database: Database) -> None:
    await database.run(members.save, OLGA)

    assert await database.run(members.get, TEAM, "U1") == OLGA
    assert await database.run(members.get, TEAM, "U2") is None


async def test_a_profile_read_anew_keeps_what_the_member_chose(database: Database) -> None:
    await database.run(members.save, OLGA)
    later = NOW + timedelta(days=1)

    saved = await database.run(
        members.save_profile, TEAM, "U1", "Olga B", "Olga.B@agency.example", "en-GB", "Asia/Tokyo", later, is_admin=True
    )

    expected = replace(
        OLGA,
        name="Olga B",
        email="olga.b@agency.example",
        locale="en-GB",
        time_zone="Asia/Tokyo",
        is_admin=True,
        refreshed_at=later,
    )
    assert saved == expected
    assert await database.run(members.get, TEAM, "U1") == expected


async def test_what_slack_leaves_out_does_not_wipe_what_was_known(database: Database) -> None:
    await database.run(members.save, OLGA)

    saved = await database.run(members.save_profile, TEAM, "U1", "Olga", "", "", "", NOW)

    assert saved == OLGA


async def test_a_first_profile_makes_a_member(database: Database) -> None:
    saved = await database.run(members.save_profile, TEAM, "U9", "Nina", "", "", "UTC", NOW)

    assert saved == Member(team_id=TEAM, user_id="U9", name="Nina", refreshed_at=NOW)
    assert await database.run(members.get, TEAM, "U9") == saved


async def test_a_member_is_found_by_address_in_any_case(database: Database) -> None:
    await database.run(members.save, OLGA)

    assert await database.run(members.by_email, TEAM, "OLGA@agency.example") == OLGA
    assert await database.run(members.by_email, TEAM, "") is None
    assert await database.run(members.by_email, OTHER_TEAM, OLGA.email) is None


async def test_many_members_are_read_at_once(database: Database) -> None:
    await database.run(members.save, OLGA)
    await database.run(members.save, replace(OLGA, user_id="U2"))
    await database.run(members.save, replace(OLGA, team_id=OTHER_TEAM, user_id="U3"))

    found = await database.run(members.many, TEAM, ["U1", "U2", "U3", "U2"])

    assert found == {"U1": OLGA, "U2": replace(OLGA, user_id="U2")}
    assert await database.run(members.many, TEAM, []) == {}


async def test_who_is_no_administrator_any_more_is_none_here_either(database: Database) -> None:
    await database.run(members.save, replace(OLGA, is_admin=True))

    saved = await database.run(members.save_profile, TEAM, "U1", "Olga", "", "", "", NOW)

    assert saved == OLGA


async def with_managers(database: Database, managers: dict[str, str]) -> None:
    for user_id, manager_id in managers.items():
        await database.run(members.save, Member(team_id=TEAM, user_id=user_id, manager_id=manager_id))


async def test_a_manager_has_people_and_their_people(database: Database) -> None:
    await with_managers(database, {"UTOP": "", "UMID": "UTOP", "ULOW": "UMID", "UELSE": "UOTHER"})
    await database.run(members.save, Member(team_id=OTHER_TEAM, user_id="UFAR", manager_id="UMID"))

    assert await database.run(members.people_of, TEAM, "UTOP") == {"UMID", "ULOW"}
    assert await database.run(members.people_of, TEAM, "UMID") == {"ULOW"}
    assert await database.run(members.people_of, TEAM, "ULOW") == frozenset()


async def test_managers_in_a_circle_come_to_an_end(database: Database) -> None:
    await with_managers(database, {"U1": "U2", "U2": "U3", "U3": "U1", "USELF": "USELF"})

    assert await database.run(members.people_of, TEAM, "U1") == {"U2", "U3"}
    assert await database.run(members.people_of, TEAM, "USELF") == frozenset()


async def test_what_somebody_sees_goes_by_their_role(database: Database) -> None:
    await with_managers(database, {"UMID": "UTOP", "ULOW": "UMID"})
    await database.run(members.save, Member(team_id=TEAM, user_id="UADMIN", is_admin=True))

    mid = await database.run(members.sight_of, TEAM, "UMID")
    admin = await database.run(members.sight_of, TEAM, "UADMIN")
    stranger = await database.run(members.sight_of, TEAM, "UNEW")

    assert mid == Sight(member_id="UMID", people=frozenset({"ULOW"}))
    assert mid.circles == (Circle.MINE, Circle.PEOPLE)
    assert admin.circles == (Circle.MINE, Circle.WORKSPACE)
    assert stranger == Sight(member_id="UNEW")
