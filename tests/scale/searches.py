"""A search of many rows: in files, and in PostgreSQL at one connection and at as many as two workers have."""

from __future__ import annotations

import dataclasses
import multiprocessing
import threading
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import psutil

from assistant.index import recent
from assistant.index.build import build_index
from assistant.index.built import load_built
from assistant.index.embedder import load_embedder
from assistant.index.search import Query, Searcher
from assistant.index.store import store_of
from assistant.server.running.listening import THREADS
from assistant.settings import Settings
from tests.load.trials import processor_time
from tests.postgres import Server, server
from tests.scale.measures import asked, most_memory, percentiles, private, tell
from tests.scale.synthetic import base, exact, write_synthetic

COMPARED, TOP, WORKERS, CROWD = 100, 10, 2, 200
BIG = ("shared_buffers = '2GB'", "max_wal_size = '8GB'", "fsync = off", "full_page_writes = off")


def prepare(template: Settings) -> None:
    """Build the index of the agreement, and embed what rows are put together from."""
    embedder = load_embedder(template.model)
    np.save(template.index.with_name("base.npy"), base(build_index(template, embedder=embedder), embedder).vectors)


def make(place: Settings, template: Settings, count: int) -> None:
    """Write so many rows into files."""
    embedder, built = load_embedder(template.model), store_of(template).current()
    found = base(built, embedder, np.load(template.index.with_name("base.npy")))
    begun = time.perf_counter()
    write_synthetic(place, found, count, built)
    tell(f"{count:,} rows written and indexed with {most_memory():,.0f} MB, analysing and embedding apart", begun)


def opened(place: Settings, texts: Sequence[str]) -> Searcher:
    """Open an index, embed questions and make a few searches."""
    recent.KEPT = len(texts)
    searcher = load_built(store_of(place).current(), load_embedder(place.model)).searcher
    for text in texts:
        searcher.vector(text)
    searches(searcher, texts[:20])
    return searcher


def searches(searcher: Searcher, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of the search of each question, and those of this thread on a processor."""
    clock, processor = [], []
    for text in texts:
        begun, before = time.perf_counter(), time.thread_time()
        searcher.search(Query(text, "da"))
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.thread_time() - before) * 1000)
    return clock, processor


def search_files(place: Settings, count: int) -> None:
    """Measure opening, memory, search and recall over files."""
    embedder, texts = load_embedder(place.model), asked()
    before, begun = private(), time.perf_counter()
    load_built(store_of(place).current(), embedder)
    tell(f"files, {count:,} rows: opening {time.perf_counter() - begun:.2f} s")
    searcher = opened(place, texts)
    clock, processor = map(percentiles, searches(searcher, texts))
    tell(f"files, {count:,} rows: search p50 / p95 {clock} ms, on a processor {processor} ms")
    tell(f"files, {count:,} rows: private memory {private():.0f} MB, of which the index {private() - before:.0f} MB")
    tell(f"files, {count:,} rows: recall@{TOP} {recall(searcher, place, texts):.3f}")


def recall(searcher: Searcher, files: Settings, texts: Sequence[str]) -> float:
    """Return the share of the truly nearest that are the best of the candidates, whose exact cosines are known."""
    view, found = searcher.views["da"], 0
    vectors = [searcher.vector(text) for text in texts[:COMPARED]]
    wanted = exact(store_of(files).current(), vectors, TOP)
    for vector, near in zip(vectors, wanted, strict=True):
        rows = view.candidates(vector, None)
        best = rows[np.argsort(-view.cosines(rows, vector)[0])[: len(near)]]
        found += len(near & set(best.tolist()))
    return found / sum(map(len, wanted))


def search_database(place: Settings, count: int) -> None:
    """Write the version into PostgreSQL; measure search at one and at many connections, and recall."""
    files, texts = store_of(place).current(), asked()
    with server(BIG) as postgres:
        postgres.stop()  # the size of its memory is read at the start
        postgres.start()
        there = dataclasses.replace(place, database_url=postgres.url(), index=place.index / "replica")
        begun = time.perf_counter()
        store_of(there).write(files.folder, files.manifest, lambda *_: None)
        tell(f"PostgreSQL, {count:,} rows: written, read back and fetched with {most_memory():,.0f} MB", begun)
        for name, kind in (("tables", "LIKE 'version%'"), ("files that travel", "= 'assistant'")):
            tell(f"PostgreSQL, {count:,} rows: {name} {_size(postgres, kind) / 1e6:,.0f} MB")
        begun = time.perf_counter()
        store_of(there).current()
        tell(f"PostgreSQL, {count:,} rows: opening what was fetched {time.perf_counter() - begun:.2f} s")
        searcher = opened(there, texts)
        clock, processor = map(percentiles, searches(searcher, texts))
        tell(f"PostgreSQL, {count:,} rows: search p50 / p95 {clock} ms, on a processor here {processor} ms")
        _crowded(postgres, there, texts[:CROWD], count)
        tell(f"PostgreSQL, {count:,} rows: recall@{TOP} {recall(searcher, place, texts):.3f}")


def _size(postgres: Server, schemas: str) -> int:
    size = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
    return int(postgres.execute(size + f"WHERE relkind = 'r' AND nspname {schemas}")[0][0])


def _crowded(postgres: Server, there: Settings, texts: Sequence[str], count: int) -> None:
    """Search from workers with as many threads each as those of the service."""
    apart, head = multiprocessing.get_context("spawn"), psutil.Process(postgres.process.get_pid())
    ready, told = apart.Barrier(WORKERS + 1), apart.Queue()
    workers = [apart.Process(target=_work, args=(there, texts, ready, told)) for _ in range(WORKERS)]
    for each in workers:
        each.start()
    ready.wait()
    before = processor_time(head)
    found = [told.get() for _ in workers]
    database = processor_time(head) - before
    ready.wait()
    for each in workers:
        each.join()
    spent = [one for clock, *_ in found for one in clock]
    rate = len(spent) / max(seconds for _, seconds, _ in found)
    here, away = (each * 1000 / len(spent) for each in (sum(own for *_, own in found), database))
    name = f"{WORKERS * THREADS} connections of {WORKERS} workers"
    of = f"of a search {here:.1f} ms on processors here, {away:.1f} in the database"
    tell(f"PostgreSQL, {count:,} rows: {name} p50 / p95 {percentiles(spent)} ms, {rate:.0f} a second; {of}")


def _work(there: Settings, texts: Sequence[str], ready: Any, told: Any) -> None:
    searcher, spent = opened(there, texts), list[float]()
    turns = [[*texts[number::THREADS], *texts[:number]] for number in range(THREADS)]
    threads = [threading.Thread(target=lambda turn=turn: spent.extend(searches(searcher, turn)[0])) for turn in turns]
    ready.wait()
    begun, before = time.perf_counter(), time.process_time()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    told.put((spent, time.perf_counter() - begun, time.process_time() - before))
    ready.wait()  # its connections end with it, and what they took
