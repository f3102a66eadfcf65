"""`make soak`: the long trials, each with its limit, in one table. Exits 1 where a limit is missed.

`python -m tests.soak kills damage` runs some parts alone; `--requests 5000` makes the long run shorter.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable

from tests.server.live import ROOT
from tests.soak.damage import damage
from tests.soak.database import database
from tests.soak.kills import kills
from tests.soak.load import load, ratio
from tests.soak.long import long
from tests.soak.replicas import replicas
from tests.soak.report import Figure, Options
from tests.soak.swaps import swaps
from tests.soak.systems import feedback, overhead, streams


def schema(options: Options) -> list[Figure]:
    """Run the Schemathesis test with many examples."""
    environ = {**os.environ, "SCHEMATHESIS_EXAMPLES": str(options.examples)}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/server/routes/test_schemathesis.py",
    ]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
    name = f"Schemathesis, {options.examples} examples an operation"
    return [Figure(name, done.stdout.strip().splitlines()[-1].strip("= "), "no failure", done.returncode == 0)]


PARTS: dict[str, Callable[[Options], list[Figure]]] = {
    "kills": kills,
    "damage": damage,
    "swaps": swaps,
    "database": database,
    "replicas": replicas,
    "schema": schema,
    "load": load,
    "ratio": ratio,
    "streams": streams,
    "overhead": overhead,
    "feedback": feedback,
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
        figures = PARTS[name](options)
        for figure in figures:
            missed += not figure.held
            verdict = "" if figure.held else "   MISSED"
            print(f"{figure.name:58}{figure.measured:60} limit {figure.limit}{verdict}", flush=True)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
