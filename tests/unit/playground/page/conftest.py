from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from tests.support.page import MemoryWorld


@pytest_asyncio.fixture
async def world() -> AsyncIterator[MemoryWorld]:
    async with MemoryWorld.running() as running:
        yield running


@pytest_asyncio.fixture
async def browser(world: MemoryWorld) -> AsyncIterator[aiohttp.ClientSession]:
    """Asks as a browser on this machine would; paths only."""
    async with aiohttp.ClientSession(base_url=world.base_url) as session:
        yield session
