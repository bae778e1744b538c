"""auth.*, users.*, team.*: who is who."""

from playground.records import Json, User
from playground.web_api.call import ApiError, Call, page


def auth_test(call: Call) -> Json:
    workspace = call.workspace
    organisation = {"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}
    return {
        "url": workspace.url,
        "team": workspace.name,
        "user": "meetdown",
        "team_id": workspace.id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "app_id": call.store.app.id,
        **organisation,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    if not call.flag("test"):
        call.grant.error = "token_revoked"
        call.emit(
            call.team_id, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [call.workspace.bot_user_id]}}
        )
    return {"revoked": not call.flag("test")}


def users_info(call: Call) -> Json:
    user = call.store.user_seen_by(call.team_id, call.text("user", error="user_not_found"))
    if user is None:
        raise ApiError("user_not_found")
    if not user.visible:
        raise ApiError("user_not_visible")
    return {"user": as_json(user, call)}


def users_list(call: Call) -> Json:
    seen = [user for user in call.store.users.values() if call.store.user_seen_by(call.team_id, user.id) is not None]
    members, cursor = page([as_json(user, call) for user in seen if user.visible], call, default=100, most=1000)
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def users_lookup_by_email(call: Call) -> Json:
    email = call.text("email", error="users_not_found").casefold()
    for user in call.store.users.values():
        if user.email.casefold() == email and not user.deleted and call.store.user_seen_by(call.team_id, user.id):
            return {"user": as_json(user, call)}
    raise ApiError("users_not_found")


def team_info(call: Call) -> Json:
    workspace = call.workspace
    team = {"id": workspace.id, "name": workspace.name, "domain": workspace.domain, "url": workspace.url}
    if workspace.enterprise_id:
        team |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.name}
    return {"team": team}


def as_json(user: User, call: Call) -> Json:
    """A user object: an address only with users:read.email, a locale only when asked for."""
    profile: Json = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "title": user.title,
        "phone": "",
        "skype": "",
        "status_text": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "team": user.team_id,
    }
    if user.email and "users:read.email" in call.grant.scopes:
        profile["email"] = user.email
    result: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset,
        "profile": profile,
        "is_admin": user.is_admin or user.is_owner,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if user.is_invited_user:
        result["is_invited_user"] = True
    if user.team_id != call.team_id and not user.is_slackbot:
        result["is_stranger"] = user.is_stranger
    if user.enterprise_id:
        result["enterprise_user"] = {
            "id": user.id,
            "enterprise_id": user.enterprise_id,
            "teams": sorted({user.team_id, *user.seen_in}),
        }
    if call.flag("include_locale"):
        result["locale"] = user.locale
    return result
