"""The page's addresses."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from playground.incoming import from_json
from playground.page.acts import Acts
from playground.page.guard import MAIL_POLICY, guarded, harden
from playground.page.live import Live
from playground.page.manifest import features
from playground.page.regions import Gone, Regions
from playground.page.scene import HOME, Address, people
from playground.page.world import World

STATIC = Path(__file__).parent / "static"
LARGEST_ACT = 1024 * 1024
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Routes:
    def __init__(self, world: World) -> None:
        told = features()
        self._world = world
        self._regions = Regions(world, told)
        self._acts = Acts(world, told)
        self.live = Live(world, self._regions)

    async def front(self, request: web.Request) -> web.StreamResponse:
        """To the first person's DM with the bot."""
        del request
        everybody = people(self._world.slack.store)
        if not everybody:
            return web.Response(status=404, text="There is nobody in this playground.")
        raise web.HTTPFound(f"/as/{everybody[0].id}/")

    async def page(self, request: web.Request) -> web.StreamResponse:
        address = _address(request)
        try:
            scene = self._regions.scene(address)
            if not address.place:
                raise web.HTTPFound(Address.of(scene.user.id, scene.dm.id, request.query).link())
            html = await self._regions.page(address)
        except Gone:
            return web.Response(status=404, text="There is no such person or conversation here.")
        return web.Response(text=html, content_type="text/html")

    async def stream(self, request: web.Request) -> web.StreamResponse:
        address = _address(request)
        try:
            self._regions.channel(self._regions.scene(address), address)
        except Gone:
            return web.Response(status=204)  # tells a browser not to come back
        if address.place == HOME:
            await self._acts.do(address.user_id, {"act": "open_home"})
        return await self.live.stream(request, address)

    async def act(self, request: web.Request) -> web.StreamResponse:
        given = await _json_object(request)
        if given is None:
            return web.Response(status=400, text="This is not a JSON object.")
        try:
            outcome = await self._acts.do(request.match_info["user"], given)
        except LookupError:
            return web.Response(status=404, text="There is no such person or act here.")
        return web.json_response({"ok": outcome.ok, "notice": outcome.notice, "found": outcome.found})

    async def mail(self, request: web.Request) -> web.StreamResponse:
        for mail in self._world.mailbox.mails:
            if mail.id == request.match_info["id"] and mail.html:
                headers = {"Content-Security-Policy": MAIL_POLICY}
                return web.Response(text=mail.html, content_type="text/html", headers=headers)
        return web.Response(status=404, text="This mail is gone.")

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Always to be saved, never shown: what is in it is not the page's."""
        file = self._world.slack.store.files.get(request.match_info["id"])
        if file is None or not file.shares:
            return web.Response(status=404, text="This file is gone.")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return web.Response(
            body=self._world.slack.content_of(file.id), content_type="application/octet-stream", headers=headers
        )

    async def static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        path = STATIC / name
        if path.suffix not in _TYPES or not path.is_file():
            return web.Response(status=404, text="There is no such file.")
        return web.Response(text=path.read_text("utf-8"), content_type=_TYPES[path.suffix])


def mount(app: web.Application, world: World) -> None:
    """Serve the page on the application of the stand-in."""
    routes = Routes(world)
    app.cleanup_ctx.append(routes.live.running)
    app.on_response_prepare.append(harden)
    app.router.add_get("/", guarded(routes.front))
    app.router.add_get("/static/{name:[a-z_]+\\.[a-z]+}", guarded(routes.static))
    app.router.add_get("/files/{id}", guarded(routes.file))
    app.router.add_get("/mail/{id}", guarded(routes.mail))
    app.router.add_get("/as/{user}/{place:[A-Za-z0-9]*}", guarded(routes.page))
    app.router.add_get("/live/{user}/{place:[A-Za-z0-9]*}", guarded(routes.stream))
    app.router.add_post("/as/{user}/acts", guarded(routes.act))


def _address(request: web.Request) -> Address:
    return Address.of(request.match_info["user"], request.match_info["place"], request.query)


async def _json_object(request: web.Request) -> dict[str, Any] | None:
    if (request.content_length or 0) > LARGEST_ACT:
        return None
    try:
        given = from_json(await request.read())
    except ValueError:
        return None
    return given if isinstance(given, dict) else None
