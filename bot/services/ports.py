"""What the use cases need from outside, as narrow Protocols; `bot.assembly` gives the real ones."""

from typing import Protocol


class Jobs(Protocol):
    def poke(self) -> None:
        """Something was put into the outbox: carry it out now rather than at the next round."""
        ...
