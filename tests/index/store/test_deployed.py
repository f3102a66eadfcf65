"""What is told of more than one machine: the commands of the page run, and the compose file names what there is."""

from __future__ import annotations

import getpass
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from assistant.settings import TABLE, Settings
from tests.postgres import Server
from tests.server.live import ROOT, clean_environment, free_port
from tests.server.running.test_deploy import MAIN, NGINX

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


def test_the_services_take_their_settings_passwords_and_roles() -> None:
    text = (COMPOSE / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    for service in services.values():
        given = {name: value for name, value in service.get("environment", {}).items() if name.startswith("ASSISTANT_")}
        Settings.from_environment({**given, "ASSISTANT_CORPUS": "", "ASSISTANT_INDEX": ""})
    page, script = PAGE.read_text(encoding="utf-8"), (COMPOSE / "primary.sh").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+):\?\}", text))
    assert asked == {f"{name}_PASSWORD" for name in re.findall(r"for name in ([A-Z ]+);", page)[0].split()}
    assert set(re.findall(r"getenv \w+ (\w+)", script)) == asked - {"ADMIN_PASSWORD"}
    made = re.findall(r"CREATE ROLE (\w+)", script + (ROOT / "deploy/postgres/roles.sql").read_text(encoding="utf-8"))
    assert set(re.findall(r"postgresql://(\w+)@", text)) <= set(made)
    assert re.findall(r"--username=(\w+) --pgdata", (COMPOSE / "replica.sh").read_text(encoding="utf-8"))[0] in made
    assert services["nginx"]["ports"] == ["80:80"]
    for command in (each["command"] for each in services.values() if each.get("command", [""])[0] == "assistant"):
        done = subprocess.run(
            [sys.executable, "-m", *command, "--help"], env=clean_environment(), capture_output=True, check=False
        )
        assert done.returncode == 0, command


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_takes_the_file_of_the_containers(tmp_path: Path) -> None:
    text = (COMPOSE / "nginx.conf").read_text(encoding="utf-8")
    port = Settings.from_environment({}).port
    assert set(re.findall(r"server assistant-\d:(\d+)", text)) == {str(port)}
    # The names are those of containers; as many addresses of this machine stand for them.
    filled = re.sub(r"assistant-(\d):", r"127.0.0.\1:", text).replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    (tmp_path / "assistant.conf").write_text(filled, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path, user=getpass.getuser()), encoding="utf-8")
    assert NGINX is not None
    command = [NGINX, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "warn" not in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["primary.sh", "replica.sh"])
def test_the_scripts_of_the_containers_are_sound(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(COMPOSE / name)], check=False).returncode == 0
