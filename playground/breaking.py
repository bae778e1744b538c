"""How a fault that was told strikes one request."""

import asyncio

from aiohttp import web

from playground.faults import Fault
from playground.records import ApiCall


async def before(request: web.Request, fault: Fault, record: ApiCall) -> web.StreamResponse | None:
    """What happens before the call takes effect: the answer that ends it, or None where it goes on."""
    record.fault = fault.name
    if fault.seconds:
        await asyncio.sleep(fault.seconds)
    if fault.drop == "before":
        return cut(request)
    if not fault.error and fault.status == 200:
        return None
    record.status = fault.status
    record.response = {"ok": False, "error": fault.error or f"status {fault.status}"}
    if not fault.error:
        return web.Response(status=fault.status, text="the stand-in was told to fail")
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return web.json_response(record.response, status=fault.status, headers=headers)


def cut(request: web.Request) -> web.StreamResponse:
    """Close the connection with no answer on it."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
