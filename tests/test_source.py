"""The source itself: layers import downwards only, nothing unsafe is called, modules stay small, names are exported."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from assistant.settings import material

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "assistant").rglob("*.py"))
TRAINING = sorted((ROOT / "index" / "training").glob("*.py"))
# A layer may import itself and what stands before it.
LAYERS = (
    "errors",
    "setting_rules",
    "settings",
    "language",
    "corpus",
    "index",
    "understanding",
    "answering",
    "citations",
    "feedback",
    "mcp",
    "evaluation",
    "server",
    "commands",
    "cli",
)
# The floors of the server, lowest first; `app.py` above puts them together.
SERVER_FLOORS = ("protection", "routes", "pages", "running")
MOST_MODULES = 13
CROWDED = {"index": 17}
FORBIDDEN_CALLS = {
    "eval",
    "exec",
    "pickle.load",
    "pickle.loads",
    "torch.load",
    "yaml.load",
    "os.system",
    "marshal.loads",
    "os.popen",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "yaml.unsafe_load",
    "yaml.full_load",
}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "commands"}
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs: all but the body of `if TYPE_CHECKING`."""
    for node in ast.iter_child_nodes(tree):
        only_typed = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        if not only_typed:
            yield node
            yield from run_nodes(node)


def imported(path: Path, modules: Collection[str]) -> Iterator[str]:
    """Yield the modules that a module imports anywhere; `from package import module` is an import of the module."""
    for node in run_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            names = [f"{node.module}.{name.name}" for name in node.names]
            yield from (name if name in modules else str(node.module) for name in names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def layer_of(module: str) -> int | None:
    parts = module.split(".")
    if parts[0] != "assistant" or len(parts) < 2:
        return None
    return LAYERS.index(parts[1]) if parts[1] in LAYERS else None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lower_layer_never_imports_a_higher_one(path: Path) -> None:
    own = layer_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    if own is None:
        return
    higher = [m for m in imports(path) if (found := layer_of(m)) is not None and found > own]
    # The evaluation asks the answering layer; the command line asks all.
    assert higher == []


def test_the_floors_of_the_server_import_downwards() -> None:
    for number, floor in enumerate(SERVER_FLOORS):
        higher = tuple(f"assistant.server.{each}" for each in SERVER_FLOORS[number + 1 :])
        for path in (ROOT / "assistant" / "server" / floor).glob("*.py"):
            assert [module for module in imports(path) if module.startswith(higher)] == [], path


def test_folders_stay_small() -> None:
    package = ROOT / "assistant"
    held = Counter(path.parent.relative_to(package).as_posix() for path in SOURCES)
    assert {folder: count for folder, count in held.items() if count > CROWDED.get(folder, MOST_MODULES)} == {}


def test_modules_import_each_other_without_a_circle() -> None:
    modules = {module_name(path): path for path in SOURCES}
    graph = {name: {each for each in imported(path, modules) if each != name} for name, path in modules.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("path", [*SOURCES, *TRAINING], ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_unsafe_is_called(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        assert ast.unparse(node.func) not in FORBIDDEN_CALLS
        name = ast.unparse(node.func)
        # `np.load(path, mode, True)` allows pickles too, and `**options` can hide anything.
        assert not (name.endswith((".load", "fromfile")) and len(node.args) > 2)
        loads = name.startswith(("np.", "numpy.", "subprocess.", "torch.", "yaml."))
        for keyword in node.keywords:
            assert not (loads and keyword.arg is None)
            if keyword.arg in ("allow_pickle", "shell"):
                assert ast.unparse(keyword.value) == "False"
    assert not FORBIDDEN_MODULES & {module.split(".")[0] for module in imports(path)}
    taken = {
        f"{node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert not FORBIDDEN_CALLS & taken


def test_browser_code_never_writes_markup() -> None:
    for path in (*(ROOT / "web").rglob("*.js"), *(ROOT / "web").rglob("*.html")):
        assert not MARKUP.search(path.read_text(encoding="utf-8")), path


def test_templates_escape_everything() -> None:
    for path in (ROOT / "web" / "templates").iterdir():
        assert "|safe" not in path.read_text(encoding="utf-8").replace(" ", "")


def test_faiss_files_are_read_in_one_place_after_their_checksum() -> None:
    readers = [path.name for path in SOURCES if "read_index(" in path.read_text(encoding="utf-8")]
    assert readers == ["vectors.py"]
    loaders = [path.name for path in SOURCES if "VectorIndex.load(" in path.read_text(encoding="utf-8")]
    # It is given the folder of a Generation, which only `open_generation` makes, after it compared every checksum.
    assert loaders == ["mapped.py"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_environment_is_read_in_one_place() -> None:
    # One library is told its folder by a variable; that is written, not read.
    pattern = re.compile(r"os\.environ(?!\[\"[A-Z_]+\"\] = )|getenv")
    readers = {path.name for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))}
    assert readers <= {"settings.py", "cli.py"}


def test_the_bundled_model_is_small() -> None:
    size = sum(path.stat().st_size for path in material("index/model").rglob("*") if path.is_file())
    assert size <= 28_000_000
