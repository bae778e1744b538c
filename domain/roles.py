"""Whose decisions a member may see: their own, their people's, and an administrator those of the whole workspace."""

from dataclasses import dataclass, field
from enum import StrEnum


class Circle(StrEnum):
    """How far somebody looks, from near to far."""

    MINE = "mine"
    PEOPLE = "people"
    """Those whose manager they are, and the people of those."""
    WORKSPACE = "workspace"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What a member's role lets them see."""

    member_id: str
    people: frozenset[str] = field(default_factory=frozenset)
    """Ids of those who have this member as their manager, directly or through others; never the member's own."""
    is_admin: bool = False

    @property
    def circles(self) -> tuple[Circle, ...]:
        """What there is to choose from; `MINE` always."""
        people = (Circle.PEOPLE,) if self.people else ()
        return (Circle.MINE, *people, *((Circle.WORKSPACE,) if self.is_admin else ()))

    def owners(self, circle: Circle) -> frozenset[str] | None:
        """The owners of the decisions in a circle; None: everybody's. One that is not theirs narrows to `MINE`."""
        if circle is Circle.WORKSPACE and self.is_admin:
            return None
        if circle is Circle.PEOPLE and self.people:
            return self.people
        return frozenset({self.member_id})

    def sees(self, owner_id: str) -> bool:
        return self.is_admin or owner_id == self.member_id or owner_id in self.people
