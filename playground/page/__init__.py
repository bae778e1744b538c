"""The page: the stand-in Slack as a chat client in a browser, with the panes of the playground beside it."""

from playground.page.routes import mount
from playground.page.world import World

__all__ = ["World", "mount"]
