"""What is counted, in the words of Prometheus; one registry for each server, so that tests do not share."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

_ACK_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds, up to the three in which Slack wants its answer."""
_LONG_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """No label holds anything of a person, a client or a workspace."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "meetdown_requests_total",
            "Requests of Slack's, by kind and status",
            ("kind", "status"),
            registry=self.registry,
        )
        self._acks = Histogram(
            "meetdown_ack_seconds",
            "From the request to its answer",
            ("kind",),
            buckets=_ACK_BUCKETS,
            registry=self.registry,
        )
        self._refused = Counter(
            "meetdown_refused_total", "Requests that the guard refused", ("reason",), registry=self.registry
        )
        self._repeated = Counter(
            "meetdown_repeated_total",
            "Requests that Slack sent again after they were done",
            ("kind",),
            registry=self.registry,
        )
        self._calls = Histogram(
            "meetdown_slack_call_seconds",
            "Web API calls, by method and outcome",
            ("method", "outcome"),
            buckets=_LONG_BUCKETS,
            registry=self.registry,
        )
        self._jobs = Histogram(
            "meetdown_job_seconds",
            "Jobs, by name and outcome",
            ("job", "outcome"),
            buckets=_LONG_BUCKETS,
            registry=self.registry,
        )

    def request(self, kind: str, status: int, seconds: float) -> None:
        self._requests.labels(kind, str(status)).inc()
        self._acks.labels(kind).observe(seconds)

    def refused(self, reason: str) -> None:
        self._refused.labels(reason).inc()

    def repeated(self, kind: str) -> None:
        self._repeated.labels(kind).inc()

    def slack_call(self, method: str, outcome: str, seconds: float) -> None:
        self._calls.labels(method, outcome).observe(seconds)

    def job(self, name: str, outcome: str, seconds: float) -> None:
        self._jobs.labels(name, outcome).observe(seconds)

    def render(self) -> bytes:
        return generate_latest(self.registry)
