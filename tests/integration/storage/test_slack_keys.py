"""Forms and posts, on both engines."""

from dataclasses import replace
from datetime import timedelta

from domain.planned import Form, FormKind
from storage import forms, posts
from storage.database import Database
from storage.posts import Post
from tests.support.stored import NOW, OTHER_TEAM, OWNER, TEAM

FORM = Form(
    id="form",
    team_id=TEAM,
    user_id=OWNER,
    kind=FormKind.OPTION,
    subject_id="meeting",
    state='{"option": "call"}',
    response_url="https://hooks.slack.example/1",
    opened_at=NOW,
)


async def test_a_form_is_found_by_who_opened_it_only(database: Database) -> None:
    await database.run(forms.open_, FORM)

    assert await database.run(forms.get, TEAM, OWNER, "form") == FORM
    assert await database.run(forms.get, TEAM, "U2", "form") is None
    assert await database.run(forms.get, OTHER_TEAM, OWNER, "form") is None


async def test_the_state_of_a_form_changes(database: Database) -> None:
    await database.run(forms.open_, FORM)

    await database.run(forms.save_state, "form", "{}")

    assert await database.run(forms.get, TEAM, OWNER, "form") == replace(FORM, state="{}")


async def test_old_forms_are_forgotten(database: Database) -> None:
    await database.run(forms.open_, FORM)
    await database.run(forms.open_, replace(FORM, id="new", opened_at=NOW + timedelta(days=1)))

    assert await database.run(forms.prune, NOW + timedelta(hours=1)) == 1
    assert await database.run(forms.get, TEAM, OWNER, "form") is None
    assert await database.run(forms.get, TEAM, OWNER, "new") is not None


async def test_a_post_is_new_then_started_then_posted(database: Database) -> None:
    begun = [await database.run(posts.begin, TEAM, "reminder/1", NOW) for _ in range(2)]
    found_before = await database.run(posts.find, TEAM, "reminder/1")
    await database.run(posts.posted, OTHER_TEAM, "reminder/1", "D9", "9.9", NOW)
    await database.run(posts.posted, TEAM, "reminder/1", "D1", "1.5", NOW)

    done = Post(state="posted", channel="D1", ts="1.5")
    assert begun == [Post(state="new"), Post(state="started")]
    assert found_before == Post(state="started")
    assert await database.run(posts.find, TEAM, "reminder/1") == done
    assert await database.run(posts.begin, TEAM, "reminder/1", NOW) == done
    assert await database.run(posts.begin, OTHER_TEAM, "reminder/1", NOW) == Post(state="new")
    assert await database.run(posts.find, TEAM, "unknown") is None


async def test_old_posts_are_forgotten(database: Database) -> None:
    await database.run(posts.begin, TEAM, "old", NOW)
    await database.run(posts.begin, TEAM, "new", NOW + timedelta(days=2))

    assert await database.run(posts.prune, NOW + timedelta(days=1)) == 1

    assert await database.run(posts.find, TEAM, "old") is None
    assert await database.run(posts.find, TEAM, "new") is not None
