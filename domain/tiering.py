"""Which tier a client's part of the revenue suggests, and when it is time to look at the tiers again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.client import Client
from domain.policy import Policy
from domain.words import Tier
from domain.working_days import WorkWeek

REVIEWED_AT = time(9, 0)
"""The hour, in the member's zone, at which the quarter's question comes; later where that is a quiet one."""
STILL_WORTH = timedelta(days=21)
"""After the due moment; a question that is later than this waits for the next quarter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a client's tier stands to its part of the revenue."""

    share: float
    """0 to 1."""
    reckoned: bool
    """From the revenues that are known, rather than typed in."""
    suggested: Tier
    fits: bool
    """The tier is the one that is suggested."""


def shares(revenues: Mapping[str, float]) -> dict[str, float]:
    """By the same ids, each one's part of the whole; none where nothing is earned at all."""
    total = sum(revenues.values())
    return {name: round(one / total, 8) for name, one in revenues.items()} if total > 0 else {}


def suggested_tier(share: float, policy: Policy) -> Tier:
    if share >= policy.tier_a_share:
        return Tier.A
    return Tier.B if share >= policy.tier_b_share else Tier.C


def standing(client: Client, policy: Policy) -> Standing | None:
    """None where nobody knows what part of the revenue the client brings."""
    if client.revenue_share is None:
        return None
    suggested = suggested_tier(client.revenue_share, policy)
    return Standing(
        share=client.revenue_share,
        reckoned=client.revenue is not None,
        suggested=suggested,
        fits=suggested is client.tier,
    )


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Quarter:
    year: int
    number: int
    """1 to 4."""

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(year=day.year, number=(day.month + 2) // 3)

    @classmethod
    def parse(cls, name: str) -> "Quarter":
        """From `name`. Raises ValueError."""
        year, mark, number = name.partition("q")
        if not (mark and year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
            raise ValueError(f"not a quarter: {name[:20]!r}")
        return cls(year=int(year), number=int(number))

    @property
    def name(self) -> str:
        """`2026q2`: part of ids."""
        return f"{self.year:04}q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    def starts_at(self, week: WorkWeek) -> datetime:
        """Its first moment where the member lives, in UTC."""
        return week.at(self.first_day, time.min)

    def review_at(self, week: WorkWeek) -> datetime:
        """On the first working day, in waking hours."""
        eve = self.first_day - timedelta(days=1)
        return week.next_working(week.at(week.working_day(eve, 1), REVIEWED_AT))


def question_key(user_id: str, quarter: Quarter) -> str:
    """The one message with the quarter's question to this lead."""
    return f"tiers-{user_id}-{quarter.name}"


def reviews_to_plan(now: datetime, week: WorkWeek) -> list[tuple[Quarter, datetime]]:
    """The quarters to ask about that are due, or will be in two days, and when each is asked; never in the night."""
    today = week.local(now).date()
    quarters = sorted({Quarter.of(today), Quarter.of(today + timedelta(days=2))})
    due = [(quarter, quarter.review_at(week)) for quarter in quarters]
    return [(quarter, max(at, week.next_working(now))) for quarter, at in due if now - at <= STILL_WORTH]


def needs_review(client: Client, quarter: Quarter, week: WorkWeek) -> bool:
    """Nobody has looked at its tier since the quarter began."""
    if client.archived_at is not None:
        return False
    return client.tier_reviewed_at is None or client.tier_reviewed_at.astimezone(UTC) < quarter.starts_at(week)
