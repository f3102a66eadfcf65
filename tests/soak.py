"""`make soak`: the long trials, each with its limit, in one table. Exits 1 where a limit is missed.

`python -m tests.soak kills damage` runs some parts alone; `--requests 5000` makes the long run shorter.
"""

from __future__ import annotations

import argparse
import functools
import os
import platform
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from assistant.answering import Assistant, Question
from assistant.errors import IndexDamaged, IndexMissing
from assistant.index import build as build_module
from assistant.index.build import build_index
from assistant.index.embedder import Embedder, load_embedder
from assistant.index.store import current_name, open_current, open_last_good
from assistant.settings import Settings
from tests.conftest import SMALL, write_document
from tests.load import trials
from tests.load.keepalive import throughput
from tests.load.mix import chat, questions
from tests.server.live import ROOT, Live, clean_environment, live, wait_until

# Connections that ask as soon as they are answered: more than two workers serve within a second.
CROWD = 1800
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True)
class Options:
    """How much of each trial."""

    trials: int
    offsets: int
    swaps: int
    examples: int
    requests: int
    rate: float
    seed: int


@dataclass(frozen=True)
class Figure:
    """One line of the report."""

    name: str
    measured: str
    limit: str
    held: bool


class Corpus:
    """The small document in a folder of its own, with an index beside it; `mark` is a number that all its texts hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_document(folder / "corpus" / "cykler")
        places = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
        self.settings = Settings.from_environment(places)

    def write(self, mark: int) -> None:
        """Write the mark into every sentence and title, in both languages."""
        for name, text in SMALL.items():
            marked = re.sub(r"(?m)^(?=[A-ZÆØÅ])", f"No{mark} ", text)
            marked = re.sub(r"(?<=[|#\"] )(?=Cyk|Cyc|Aft|Agr)|(?<== \")(?=Aft|Agr|Cyk|the)", f"No{mark} ", marked)
            (self.folder / "corpus" / "cykler" / name).write_text(marked, encoding="utf-8")


def kills(options: Options) -> list[Figure]:
    """Kill builders before one of their changes to the disk, and at any moment; the next start must serve by itself."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        embedder = load_embedder(corpus.settings.model)
        corpus.write(0)
        build_index(corpus.settings)
        chooser = random.Random(options.seed)
        corpus.write(1)
        begun = time.monotonic()
        steps = _build_in_child(corpus.settings, None)
        seconds = time.monotonic() - begun
        killed, mark, faults = 0, 1, []
        for trial in range(options.trials):
            if trial % 3 == 0:
                corpus.write(mark := mark + 1)
            elif trial % 3 == 2:  # the third makes, to the same name, what the second made again and is in service
                build_index(corpus.settings)
                build_index(corpus.settings)
            before = current_name(corpus.settings.index)
            at = chooser.randrange(2 * steps) if trial % 4 else -chooser.random() * seconds
            killed += _build_in_child(corpus.settings, at) == -signal.SIGKILL
            if fault := _unservable(corpus.settings, embedder, before, mark):
                faults.append(f"trial {trial}, killed at {at:.2f}: {fault}")
        build_index(corpus.settings)
        left = list((corpus.settings.index / "generations").glob(".*"))
    for fault in faults[:5]:
        print(f"  {fault}", file=sys.stderr)
    told = f"{options.trials} trials, {killed} killed, of {steps} steps"
    return [
        Figure(
            "killed builders: next start serves old or new, whole", f"{len(faults)} faults ({told})", "0", not faults
        ),
        Figure("unfinished folders after the next build", str(len(left)), "0", not left),
    ]


def _build_in_child(settings: Settings, at: float | None) -> int:
    """Build in a process that is killed before its change number `at`, or after -`at` seconds; None counts the changes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        done = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal done
            if not _changes(event, arguments, str(settings.index)):
                return
            if at is not None and at >= 0 and done == at:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

        sys.addaudithook(watch)
        try:
            build_module.build_index(settings)
            os.write(writing, str(done).encode())
        finally:
            os._exit(0)
    os.close(writing)
    if at is not None and at < 0:
        time.sleep(-at)  # the trial itself: any moment
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as counted:
        steps = counted.read()
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    return int(steps or 0) if at is None else ended


def _changes(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    """Tell whether an event of the interpreter changes something in the folder."""
    if event == "open":
        path, _, flags = arguments[:3]
        return folder in str(path) and isinstance(flags, int) and bool(flags & CHANGES)
    if event in ("os.remove", "os.rmdir"):  # removing a tree names its files from within
        return folder in str(arguments[0]) or arguments[1] != -1
    told = event in ("os.rename", "os.mkdir", "shutil.rmtree", "shutil.copyfile")
    return told and any(folder in str(each) for each in arguments)


def _unservable(settings: Settings, embedder: Embedder, before: str | None, mark: int) -> str | None:
    """Return what is wrong with what the next start would serve."""
    try:
        generation, warning = open_last_good(settings.index)
        assistant = Assistant.open(settings, embedder, generation)
        answer = assistant.ask(Question("hvor mange km cykelsti?"))
    except Exception as error:  # whatever it is, the trial failed
        return f"{type(error).__name__}: {error}"
    if warning:
        return warning
    marks = _marks(str(answer.to_json()))
    if len(marks) > 1 or (assistant.version != before and marks - {mark}):
        return f"index {assistant.version} after {before} holds the marks {marks}, not {mark}"
    return None


def _marks(text: str) -> set[int]:
    return {int(each) for each in re.findall(r"No(\d+)", text)}


def damage(options: Options) -> list[Figure]:
    """Flip a bit of every file at many offsets, or cut it off there; it must be noticed and the last index serve."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        versions = []
        for mark in (1, 2):
            corpus.write(mark)
            versions.append(build_index(corpus.settings).version)
        generation = open_current(corpus.settings.index)
        files = [generation.folder / name for name in (*generation.manifest.files, "manifest.json")]
        files.append(corpus.settings.index / "current")
        chooser = random.Random(options.seed)
        tried = missed = not_last = 0
        begun = time.monotonic()
        for path in files:
            whole = path.read_bytes()
            for trial in range(options.offsets):
                at = chooser.randrange(len(whole))
                flipped = whole[:at] + bytes([whole[at] ^ (1 << chooser.randrange(8))]) + whole[at + 1 :]
                path.write_bytes(flipped if trial % 2 else whole[:at])
                tried += 1
                missed += not _noticed(corpus.settings)
                if trial % 20 == 0:
                    not_last += not _last_serves(corpus.settings, versions[0])
            path.write_bytes(whole)
        sound = open_current(corpus.settings.index).version == versions[1]
    told = f"{missed} ({tried} damages of {len(files)} files in {time.monotonic() - begun:.0f} s)"
    return [
        Figure("damaged index files that went unnoticed", told, "0", not missed and sound),
        Figure("damage after which the last whole index did not serve", str(not_last), "0", not not_last),
    ]


def _noticed(settings: Settings) -> bool:
    """Tell whether the damage ends in one of the two errors that say how to mend it, before any file is parsed."""
    try:
        open_current(settings.index)
    except (IndexDamaged, IndexMissing) as error:
        return "assistant index build" in str(error)
    return False


def _last_serves(settings: Settings, version: str) -> bool:
    generation, warning = open_last_good(settings.index)
    # A pointer that is damaged leaves both generations whole: then the newest serves.
    pointed = current_name(settings.index)
    whole = pointed is None or not (settings.index / "generations" / pointed).exists()
    return (whole or generation.version == version) and warning is not None and "stays in service" in warning


def swaps(options: Options) -> list[Figure]:
    """Rebuild again and again under a running server that is asked all the time."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        corpus.write(1000)
        build_index(corpus.settings)
        places = {"CORPUS": corpus.settings.corpus, "INDEX": corpus.settings.index}
        environ = clean_environment(**places, WORKERS=2, RATE_LIMIT="off")
        asking = Asking()
        with live(Path(folder) / "server", environ) as server:
            threads = [threading.Thread(target=asking.keep_asking, args=(server, number)) for number in range(4)]
            for each in threads:
                each.start()
            settled = 0
            for swap in range(options.swaps):
                corpus.write(1001 + swap)
                version = build_index(corpus.settings).version
                settled += wait_until(functools.partial(_settled, server, version), 20)
            asking.stop.set()
            for each in threads:
                each.join()
    told = f"{len(asking.failures)} of {asking.answered} ({settled} swaps, {len(asking.seen)} versions seen)"
    for fault in (*asking.failures[:3], *asking.mixed[:3]):
        print(f"  {fault}", file=sys.stderr)
    everything = settled == options.swaps and len(asking.seen) > options.swaps // 2
    return [
        Figure("failed requests during swaps", told, "0", not asking.failures and everything),
        Figure("answers that mix two versions", str(len(asking.mixed)), "0", not asking.mixed),
    ]


def _settled(server: Live, version: str) -> bool:
    return all(server.health()["index"]["version"] == version for _ in range(8))


class Asking:
    """Clients that ask until they are stopped, and what they saw."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.answered = 0
        self.failures: list[str] = []
        self.mixed: list[str] = []
        self.seen: set[int] = set()

    def keep_asking(self, server: Live, number: int) -> None:
        """Ask in one language or look at the document; note what failed and what mixes marks."""
        texts = ("hvor mange km cykelsti anlægger Regionen?", "who is involved in the cycle paths?")
        call = chat("chat", texts[number % 2])
        while not self.stop.is_set():
            try:
                if number == 3:
                    status, _, content = server.request("GET", "/api/documents/cykler")
                else:
                    status, _, content = server.request("POST", call.path, call.body, Content_Type="application/json")
            except OSError as error:
                self.failures.append(repr(error))
                continue
            self.answered += 1
            marks = _marks(content.decode())
            self.seen |= marks
            if status != 200 or not marks:
                self.failures.append(f"{status}: {content[:200]!r}")
            if len(marks) > 1:
                self.mixed.append(f"{marks}: {content[:200]!r}")


def schema(options: Options) -> list[Figure]:
    """Run the Schemathesis test with many examples."""
    environ = {**os.environ, "SCHEMATHESIS_EXAMPLES": str(options.examples)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/server/test_schemathesis.py"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
    name = f"Schemathesis, {options.examples} examples an operation"
    return [Figure(name, done.stdout.strip().splitlines()[-1].strip("= "), "no failure", done.returncode == 0)]


def long(options: Options) -> list[Figure]:
    """Send many requests at a steady rate; memory, files and threads of the workers must stay as they are."""
    seconds = options.requests / options.rate
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder)) as server:
        workers = [psutil.Process(number) for number in server.workers()]
        # Every question once or more: what is learned from questions is bounded, and is learned here.
        trials.attack(server, (options.rate, max(30.0, seconds * 0.1)))
        watch = Watch(workers)
        found = trials.attack(server, (options.rate, seconds))["phases"][0]
        watch.end()
        alive = server.workers() == [worker.pid for worker in workers]
    statuses = {status: count for status, count in found["statuses"].items() if status != "200"}
    # A machine that is busy with something else may make a worker shed load; anything but that is a fault.
    shed = set(statuses) <= {"503"} and not found["without retry-after"]
    sent = sum(found["statuses"].values())
    hours = (watch.samples[-1][0] - watch.samples[0][0]) / 3600
    files, threads = (watch.samples[-1][n] - watch.samples[0][n] for n in (2, 3))
    return [
        Figure(
            "requests of the long run without 200",
            f"{sum(statuses.values())} of {sent} {statuses or ''}",
            "0 but 503 with Retry-After",
            shed,
        ),
        Figure("workers that lived through it", "all" if alive else "not all", "all", alive),
        Figure(
            "memory of the workers, slope",
            f"{watch.slope():.2f} MB an hour over {hours * 60:.1f} min",
            "1",
            watch.slope() <= 1,
        ),
        Figure(
            "memory of the workers, begin and end",
            f"{watch.samples[0][1]:.1f} to {watch.samples[-1][1]:.1f} MB",
            "",
            True,
        ),
        Figure("file descriptors gained", f"{files:g}", "0", files <= 0),
        Figure("threads gained", f"{threads:g}", "0", threads <= 0),
    ]


class Watch:
    """Looks once a second at the workers: time, memory in MB, open files that are no connections, and threads."""

    def __init__(self, workers: list[psutil.Process]) -> None:
        self.workers = workers
        self.samples = [self._look()]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _look(self) -> tuple[float, float, float, float]:
        memory = sum(worker.memory_info().rss for worker in self.workers) / 1e6
        files = sum(_open_files(worker.pid) for worker in self.workers)
        return time.monotonic(), memory, files, sum(worker.num_threads() for worker in self.workers)

    def _watch(self) -> None:
        while not self._stop.wait(1):
            self.samples.append(self._look())

    def end(self) -> None:
        """Stop looking, once the connections are closed."""
        self._stop.set()
        self._thread.join()
        self.samples.append(self._look())

    def slope(self) -> float:
        """Return the growth of memory after warm-up by least squares, in MB an hour."""
        kept = self.samples[len(self.samples) // 3 :]
        times, sizes = [each[0] / 3600 for each in kept], [each[1] for each in kept]
        middle, mean = sum(times) / len(times), sum(sizes) / len(sizes)
        spread = sum((each - middle) ** 2 for each in times)
        return sum((at - middle) * (size - mean) for at, size in zip(times, sizes, strict=True)) / spread


def _open_files(process: int) -> int:
    """Return how many files a process has open, connections left out."""
    found = 0
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            found += not str(link.readlink()).startswith("socket:")
    return found


def load(options: Options) -> list[Figure]:
    """Find the rate that holds, double it, and look how soon all is normal again: as served, and with nothing remembered.

    Visitors on the same machine run short before the server does, so that it is also asked by cheaper clients.
    """
    return _loaded("") + _loaded(", nothing remembered", REMEMBER=0) + _crowded()


def _crowded() -> list[Figure]:
    """Ask over more connections than can be answered in time: the rest must be told to come back, and soon."""
    asked = [chat("chat", text) for text in questions("questions.jsonl")]
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder)) as server:
        found = throughput(server.host, server.port, asked, CROWD, 15)
    bad = {status: count for status, count in found.statuses.items() if status not in ("200", "429", "503")}
    told = f"{found.statuses['200']} answered, {found.statuses['503']} refused, longest wait {found.longest:.1f} s"
    return [
        Figure(
            f"{CROWD} connections that ask all the time: bad statuses", f"{bad or 'none'} ({told})", "none", not bad
        ),
        Figure(
            "  429 or 503 without Retry-After",
            str(found.without_retry_after),
            "0",
            not found.without_retry_after,
        ),
    ]


def _loaded(case: str, **settings: object) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder), **settings) as server:
        rate, at_rate = trials.highest_rate(server)
        if not rate:
            return [Figure(f"rate with p99 under 50 ms, no error{case}", f"none ({at_rate})", "some", False)]
        above, recovered, after = trials.overload(server, rate)
    bad = {status: count for status, count in above["statuses"].items() if status not in ("200", "429", "503")}
    held = f"{rate:.0f} a second, p50 {at_rate['p50']:.1f} ms, p99 {at_rate['p99']:.1f} ms"
    told = f"{above['statuses']}, p99 {above['p99']:.0f} ms, {above['rate']:.0f} a second"
    back = "not" if recovered is None else f"after {recovered} s"
    unsaid = above["without retry-after"]
    in_time = recovered is not None and recovered <= trials.RECOVERY
    return [
        Figure(f"rate with p99 under 50 ms, no error{case}", held, "reported", True),
        Figure("  at twice that rate: statuses but 200, 429, 503", f"{bad or 'none'} ({told})", "none", not bad),
        Figure("  429 or 503 without Retry-After", str(unsaid), "0", not unsaid),
        Figure("  normal again after overload", f"{back} (then p99 {after['p99']:.0f} ms)", "10 s", in_time),
    ]


def ratio(options: Options) -> list[Figure]:
    """Compare /api/chat with a bare Flask route on the same server, for questions asked before and for new ones."""
    found = trials.speeds()
    bare, chat, new = (found[name] for name in ("bare", "chat", "new"))
    told = f"{chat.rate / bare.rate:.2f} ({chat.rate:.0f} and {bare.rate:.0f} a second)"
    spent = f"{chat.spent:.2f}, {new.spent:.2f} and {bare.spent:.2f} ms"
    return [
        Figure("throughput of /api/chat over bare Flask", told, "0.35 at least", chat.rate / bare.rate >= 0.35),
        Figure(
            "the same where no answer is remembered",
            f"{new.rate / bare.rate:.2f} ({new.rate:.0f} a second)",
            "reported",
            True,
        ),
        Figure("processor time of an answer: chat, new, bare", spent, "reported", True),
    ]


PARTS: dict[str, Callable[[Options], list[Figure]]] = {
    "kills": kills,
    "damage": damage,
    "swaps": swaps,
    "schema": schema,
    "load": load,
    "ratio": ratio,
    "long": long,
}


def main() -> int:
    """Run the parts asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="parts to run; all without")
    for name, default, text in (
        ("trials", 200, "builders to kill"),
        ("offsets", 200, "offsets of each index file to damage"),
        ("swaps", 20, "rebuilds under load"),
        ("examples", 2000, "Schemathesis examples for each operation"),
        ("requests", 100_000, "requests of the long run"),
        ("rate", 100, "requests a second of the long run"),
        ("seed", 5, "seed of what is chosen at random"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{text} ({default})")
    given = vars(parser.parse_args())
    chosen = given.pop("parts") or list(PARTS)
    options = Options(**given)
    cores = os.cpu_count()
    print(
        f"{platform.processor() or platform.machine()}, {cores} processors, Python {platform.python_version()}",
        flush=True,
    )
    missed = 0
    for name in chosen:
        begun = time.monotonic()
        print(f"{name} …", file=sys.stderr, flush=True)
        with redirect_stderr(sys.stderr):
            figures = PARTS[name](options)
        for figure in figures:
            missed += not figure.held
            verdict = "" if figure.held else "   MISSED"
            print(f"{figure.name:58}{figure.measured:60} limit {figure.limit}{verdict}", flush=True)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
