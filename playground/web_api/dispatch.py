"""The door of the Web API: reads the call, checks the token, lets faults strike, and keeps a record."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from playground import breaking
from playground.faults import Faults
from playground.incoming import from_json
from playground.records import ApiCall, Grant, Json
from playground.store import Store
from playground.web_api import apps, chat, conversations, files, people, views
from playground.web_api.call import ApiError, Call, decoded


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    run: Callable[[Call], Json]
    scope: str = ""
    """The scope it always wants; some methods want another one for each kind of conversation."""


METHODS: Mapping[str, Method] = {
    "auth.test": Method(run=people.auth_test),
    "auth.revoke": Method(run=people.auth_revoke),
    "users.info": Method(run=people.users_info, scope="users:read"),
    "users.list": Method(run=people.users_list, scope="users:read"),
    "users.lookupByEmail": Method(run=people.users_lookup_by_email, scope="users:read.email"),
    "team.info": Method(run=people.team_info, scope="team:read"),
    "conversations.open": Method(run=conversations.open_conversation, scope="im:write"),
    "conversations.info": Method(run=conversations.info),
    "conversations.members": Method(run=conversations.members),
    "conversations.history": Method(run=conversations.history),
    "conversations.replies": Method(run=conversations.replies),
    "chat.postMessage": Method(run=chat.post_message, scope="chat:write"),
    "chat.update": Method(run=chat.update, scope="chat:write"),
    "chat.delete": Method(run=chat.delete, scope="chat:write"),
    "chat.postEphemeral": Method(run=chat.post_ephemeral, scope="chat:write"),
    "chat.getPermalink": Method(run=chat.get_permalink),
    "files.getUploadURLExternal": Method(run=files.get_upload_url, scope="files:write"),
    "files.completeUploadExternal": Method(run=files.complete_upload, scope="files:write"),
    "views.open": Method(run=views.open_view),
    "views.push": Method(run=views.push),
    "views.update": Method(run=views.update),
    "views.publish": Method(run=views.publish),
    "apps.uninstall": Method(run=apps.uninstall),
}
"""Methods that take a bot token; `apps.connections.open` and `oauth.v2.access` take other secrets."""


class WebApi:
    def __init__(self, store: Store, faults: Faults, emit: Callable[[str, Json], None]) -> None:
        self._store = store
        self._faults = faults
        self._emit = emit

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        record = ApiCall(method=method, args={}, team_id="", at=self._store.now())
        headers: dict[str, str] = {}
        try:
            token, record.args = await _read(request)
            grant = self._store.grants.get(token)
            record.team_id = grant.team_id if grant else ""
            fault = self._faults.strike(record)
            if fault is not None:
                broken = await breaking.before(request, fault, record)
                if broken is not None:
                    return broken
            record.response = {"ok": True, **self._run(method, token, record.args, _base_url(request), headers)}
            if fault is not None and fault.drop == "after":
                return breaking.cut(request)
        except ApiError as refused:
            record.response = {"ok": False, "error": refused.error, **refused.fields}
        finally:
            self._store.calls.append(record)
            self._store.changed()
        return web.json_response(record.response, headers=headers)

    def _run(self, method: str, token: str, args: Json, base_url: str, headers: dict[str, str]) -> Json:
        if method == "apps.connections.open":
            return apps.connections_open(self._store, base_url, token)
        if method == "oauth.v2.access":
            return apps.oauth_access(
                self._store, *(str(args.get(n, "")) for n in ("client_id", "client_secret", "code"))
            )
        if method not in METHODS:
            raise ApiError("unknown_method", req_method=method)
        grant = self._authorised(token)
        headers["x-oauth-scopes"] = ",".join(sorted(grant.scopes))
        call = Call(store=self._store, method=method, args=args, grant=grant, emit=self._emit, base_url=base_url)
        if METHODS[method].scope:
            call.need(METHODS[method].scope)
        return METHODS[method].run(call)

    def _authorised(self, token: str) -> Grant:
        if not token:
            raise ApiError("not_authed")
        if token.startswith("xapp-"):
            raise ApiError("not_allowed_token_type")
        grant = self._store.grants.get(token)
        if grant is None:
            raise ApiError("invalid_auth")
        if grant.error:
            raise ApiError(grant.error)
        return grant


async def _read(request: web.Request) -> tuple[str, Json]:
    """Token and arguments. In a JSON body a token does not count, nor in the address, as for every app since 2021: any
    web page can let a browser fetch an address.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token if scheme.lower() == "bearer" else ""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = from_json(await request.read() or b"{}")
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(body, dict):
            raise ApiError("json_not_object")
        args |= body
    else:
        form = {name: str(value) for name, value in (await request.post()).items()}
        args |= form
        token = token or form.get("token", "")
        if scheme.lower() == "basic" and request.match_info["method"] == "oauth.v2.access":
            args |= _client_from_basic(request)
    args.pop("token", None)
    return token, decoded(args)


def _client_from_basic(request: web.Request) -> Json:
    encoded = request.headers["Authorization"].partition(" ")[2]
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        raise ApiError("invalid_client_id") from None
    return {"client_id": client_id, "client_secret": secret}


def _base_url(request: web.Request) -> str:
    return str(request.url.origin())
