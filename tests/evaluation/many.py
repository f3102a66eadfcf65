"""Questions to seven documents at once: `python -m tests.evaluation.many` asks them of the agreement and the six.

For each kind it prints how often the first citation stands in a right section, in the right document, and what is
refused: questions that name their document in people's words, those that name none, those that ask a named one for what
it does not say, and those that none answers. With `-v` it prints every reply that fails.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from assistant.evaluation.measures import judge_all
from assistant.evaluation.sets import read_sets
from tests.evaluation.beside import documents, with_others
from tests.evaluation.received import failed, rows
from tests.questions import FOLDER


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        assistant = with_others(Path(name), documents())
        judged = judge_all(assistant, read_sets([FOLDER / "many"]))
    for kind in dict.fromkeys(each.case.kind for each in judged):
        sys.stdout.write(f"{kind}\n")
        some = [each for each in judged if each.case.kind == kind]
        for told, right, total in rows(some):
            if total:
                sys.stdout.write(f"  {told:32}{right:4} of {total:3}  {right / total:.2f}\n")
        if "-v" in sys.argv:
            sys.stdout.write("".join(f"    {line}\n" for line in failed(some)))


if __name__ == "__main__":
    main()
