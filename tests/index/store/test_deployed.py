"""What is told of more than one machine: the commands of the page run, and the compose file names what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from assistant.settings import TABLE
from tests.postgres import Server
from tests.server.live import ROOT, clean_environment

PAGE = ROOT / "docs" / "beyond-one-machine.md"
COMPOSE = ROOT / "deploy" / "compose"


def commands() -> str:
    """Return the first block of commands, without that which installs."""
    block = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    return "\n".join(line[2:] for line in block.splitlines() if not line.startswith("$ pip"))


def test_the_commands_of_the_page_run(postgres: Server, small_corpus: Path, tmp_path: Path) -> None:
    environ = clean_environment(CORPUS=small_corpus, INDEX=tmp_path / "built", PORT=0)
    own = f"{Path(sys.executable).parent}{os.pathsep}{postgres.process.bin_path}{os.pathsep}{environ['PATH']}"
    environ |= {"PGHOST": str(postgres.folder), "PATH": own}
    script = "set -e\nexport PGUSER=postgres\n" + commands().replace("wind programme", "cycle paths")
    try:
        done = subprocess.run(
            ["bash", "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "12 km" in done.stdout or "»" in done.stdout
        assert "in the database" in done.stdout
    finally:
        postgres.execute("DROP DATABASE IF EXISTS assistant WITH (FORCE)")
        for role in ("assistant_build", "assistant_read"):
            postgres.execute(f"DROP ROLE IF EXISTS {role}")


def test_the_compose_file_names_settings_and_files_that_there_are() -> None:
    found = yaml.safe_load((COMPOSE / "compose.yaml").read_text(encoding="utf-8"))
    services = found["services"]
    known = {setting.variable for setting in TABLE}
    for service in services.values():
        given = {name for name in service.get("environment", {}) if name.startswith("ASSISTANT_")}
        assert given <= known
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (COMPOSE / source).exists() if source.startswith(".") else source in found["volumes"], volume
        assert set(service.get("depends_on", [])) <= set(services)
    assert (
        COMPOSE / services["assistant-1"]["build"]["context"] / services["assistant-1"]["build"]["dockerfile"]
    ).exists()
    answering = re.findall(r"server (\S+):8000", (COMPOSE / "nginx.conf").read_text(encoding="utf-8"))
    assert answering == [name for name, each in services.items() if each.get("command") == ["assistant", "serve"]]


@pytest.mark.parametrize("name", ["primary.sh", "replica.sh"])
def test_the_scripts_of_the_containers_are_sound(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(COMPOSE / name)], check=False).returncode == 0
