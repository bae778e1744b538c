"""apps.* and oauth.*: installing, connecting, leaving."""

import secrets

from playground.records import Json
from playground.store import Store
from playground.web_api.call import ApiError, Call


def connections_open(store: Store, base_url: str, token: str) -> Json:
    """A websocket address that works once; it wants the app-level token, not the bot's."""
    if not token:
        raise ApiError("not_authed")
    if token != store.app.app_token:
        raise ApiError("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
    ticket = secrets.token_urlsafe(16)
    store.socket_tickets.add(ticket)
    return {"url": f"{base_url.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={store.app.id}"}


def oauth_access(store: Store, client_id: str, client_secret: str, code: str) -> Json:
    """Exchange a code, once, for a bot token."""
    if client_id != store.app.client_id:
        raise ApiError("invalid_client_id")
    if client_secret != store.app.client_secret:
        raise ApiError("bad_client_secret")
    issued = store.oauth_codes.pop(code, None)
    if issued is None:
        raise ApiError("invalid_code")
    workspace = store.workspaces[issued.team_id]
    grant = store.install(issued.team_id, scopes=set(issued.scopes or store.app.scopes))
    enterprise = {"id": workspace.enterprise_id, "name": workspace.name} if workspace.enterprise_id else None
    return {
        "access_token": grant.token,
        "token_type": "bot",
        "scope": ",".join(sorted(grant.scopes)),
        "bot_user_id": workspace.bot_user_id,
        "app_id": store.app.id,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": enterprise,
        "is_enterprise_install": False,
        "authed_user": {"id": issued.user_id},
    }


def uninstall(call: Call) -> Json:
    if call.text("client_id", error="invalid_client_id") != call.store.app.client_id:
        raise ApiError("invalid_client_id")
    if call.text("client_secret", error="bad_client_secret") != call.store.app.client_secret:
        raise ApiError("bad_client_secret")
    remove(call.store, call.team_id)
    call.emit(call.team_id, {"type": "app_uninstalled"})
    return {}


def remove(store: Store, team_id: str) -> None:
    """Every token of the workspace stops working at once."""
    store.workspaces[team_id].installed = False
    for grant in store.grants.values():
        if grant.team_id == team_id:
            grant.error = "account_inactive"
