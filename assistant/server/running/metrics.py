"""Prometheus metrics: counts and times, with labels from closed sets only."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from assistant.server.routes.asking import outcome
from assistant.server.routes.feedback import verdict_of_request
from assistant.server.routes.service import Service, service
from assistant.server.running.logs import method, route

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
# Bytes that a worker's counts of one type take at most: every route, method and status, and some to spare.
ROOM = 1 << 18

blueprint = Blueprint("metrics", __name__)


class Metrics:
    """All counters of one application; `shared` is the folder that worker processes share them through."""

    def __init__(self, shared: Path | None) -> None:
        self.shared = shared
        if shared is not None:  # somebody may have cleaned it away since the server began
            shared.mkdir(parents=True, exist_ok=True)
            _reserve(shared)
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "assistant_requests", "Requests.", ("route", "method", "status"), registry=self.registry
        )
        self.answers = Counter("assistant_answers", "Answers.", ("status", "language"), registry=self.registry)
        self.refusals = Counter(
            "assistant_refusals", "Questions that got no answer.", ("reason",), registry=self.registry
        )
        self.feedback = Counter(
            "assistant_feedback", "Answers that helped or not.", ("helpful", "reason", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "assistant_request_seconds", "Time to respond.", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self.answer_seconds = Histogram(
            "assistant_answer_seconds", "Time to find an answer.", buckets=_SECONDS, registry=self.registry
        )

    def whole(self) -> CollectorRegistry:
        """Return a registry that knows the counts of all workers."""
        if self.shared is None or not self.shared.is_dir():
            return self.registry  # of this worker alone
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self.shared))  # type: ignore[no-untyped-call]
        return registry

    def count(self, response: Response) -> Response:
        """Count one request."""
        self.requests.labels(route(), method(), str(response.status_code)).inc()
        self.seconds.labels(route()).observe(time.perf_counter() - g.started)
        if found := outcome():
            self.answers.labels(found.status, found.language).inc()
            self.answer_seconds.observe(found.seconds)
            if found.status in ("not_in_source", "unsupported_language"):
                self.refusals.labels(found.status).inc()
        elif "refused" in g:
            self.refusals.labels(g.refused).inc()
        if verdict := verdict_of_request():
            self.feedback.labels(str(verdict.helpful).lower(), verdict.reason, verdict.status).inc()
        return response


def _reserve(shared: Path) -> None:
    """Take the room for this process's counts, by the file names that prometheus_client gives them.

    It maps its files into memory: a page that a full disk cannot give would end the worker in the middle of a request.
    """
    for kind in ("counter", "histogram"):
        with (shared / f"{kind}_{os.getpid()}.db").open("ab") as counts:
            try:
                os.posix_fallocate(counts.fileno(), 0, ROOM)
            except AttributeError:  # no such call on this system
                return
            except OSError as error:
                logging.getLogger("assistant.server").warning("no room for counts in %s: %s", shared, error.strerror)


class _State:
    """What is true at this moment in this worker; read from the service, so that it is never stale."""

    def __init__(self, held: Service) -> None:
        self._held = held

    def collect(self) -> Iterable[Metric]:
        """Yield readiness and the version of the index in service."""
        ready = GaugeMetricFamily("assistant_ready", "1 while questions can be answered.")
        ready.add_metric([], float(self._held.version is not None))
        yield ready
        stale = GaugeMetricFamily("assistant_index_stale", "1 while a newer index cannot be loaded.")
        stale.add_metric([], float(self._held.problem is not None))
        yield stale
        version = GaugeMetricFamily("assistant_index_info", "The index in service.", labels=["version"])
        if self._held.version is not None:
            version.add_metric([self._held.version], 1.0)
        yield version


@blueprint.get("/metrics")
def show() -> Response:
    """Return the metrics of all workers in the text format of Prometheus."""
    state = CollectorRegistry()
    state.register(_State(service()))
    metrics: Metrics = current_app.extensions["metrics"]
    text = generate_latest(metrics.whole()) + generate_latest(state)
    return Response(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def install(app: Flask, shared: Path | None) -> None:
    """Count every request and serve `/metrics`."""
    metrics = Metrics(shared)
    app.extensions["metrics"] = metrics
    app.after_request(metrics.count)
    app.register_blueprint(blueprint)
