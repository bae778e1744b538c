from datetime import UTC, datetime


class MovableClock:
    def __init__(self) -> None:
        self.moment = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment
