"""Settings: one table, all faults at once, the nearest name for a misspelt variable, and where material lies."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from limits import parse_many

from assistant.errors import SettingsError
from assistant.setting_rules import Link
from assistant.settings import TABLE, Settings, material, unknown_variables

ROOT = Path(__file__).resolve().parents[1]


def read(**given: str) -> Settings:
    return Settings.from_environment({f"ASSISTANT_{name}": value for name, value in given.items()})


def test_the_table_and_the_attributes_are_the_same() -> None:
    assert [setting.attribute for setting in TABLE] == [field.name for field in dataclasses.fields(Settings)]
    assert all(setting.help.endswith(".") for setting in TABLE)


def test_defaults_of_a_checkout() -> None:
    settings = read()

    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 2)
    assert settings.corpus == ROOT / "corpus"
    assert settings.index == ROOT / "index" / "built"
    assert settings.model == str(ROOT / "index" / "model")
    assert settings.ranking == ROOT / "index" / "ranking"
    assert material("web") == ROOT / "web"
    assert settings.rate_limit == "60 per minute"
    assert settings.feedback == ROOT / "feedback.sqlite"
    assert (settings.redis_url, settings.contact, settings.cors_origins) == ("", "", ())
    assert (settings.trusted_proxies, settings.frame_ancestors, settings.log_format) == (0, ("'none'",), "text")


def test_an_empty_variable_means_the_default() -> None:
    assert read(**{setting.name: "" for setting in TABLE}) == read()
    assert read(PORT=" 8001 ").port == 8001


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("HOST", "::1", "::1"),
        ("HOST", "assistant.example", "assistant.example"),
        ("PORT", "0", 0),
        ("PORT", "65535", 65535),
        ("WORKERS", "64", 64),
        ("CORPUS", "/a/b", Path("/a/b")),
        ("MODEL", "~/model", str(Path.home() / "model")),
        (
            "DATABASE_URL",
            "postgresql:///assistant?host=/run/postgresql",
            "postgresql:///assistant?host=/run/postgresql",
        ),
        ("RATE_LIMIT", "10/minute", "10/minute"),
        ("RATE_LIMIT", "5 per 2 seconds; 100 per hour", "5 per 2 seconds; 100 per hour"),
        ("RATE_LIMIT", "off", ""),
        ("REDIS_URL", "rediss://:secret@cache.example:6380/1", "rediss://:secret@cache.example:6380/1"),
        ("REDIS_URL", "unix:///run/redis.sock", "redis+unix:///run/redis.sock"),
        ("TRUSTED_PROXIES", "2", 2),
        ("TRUSTED_PROXIES", "10", 10),
        ("REMEMBER", "0", 0),
        ("REMEMBER", "100000", 100_000),
        ("CONTACT", "x" * 200, "x" * 200),
        ("CORS_ORIGINS", "https://a.dk, http://localhost:3000", ("https://a.dk", "http://localhost:3000")),
        ("FRAME_ANCESTORS", "self https://a.dk", ("'self'", "https://a.dk")),
        ("FRAME_ANCESTORS", "none", ("'none'",)),
        ("CONTACT", "Ring på 70 10 15 90", "Ring på 70 10 15 90"),
        ("FEEDBACK", "~/feedback.sqlite", Path.home() / "feedback.sqlite"),
        ("FEEDBACK", "OFF", None),
        ("LOG_FORMAT", "json", "json"),
    ],
)
def test_values_that_are_taken(name: str, text: str, value: object) -> None:
    assert getattr(read(**{name: text}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HOST", "a b"),
        ("HOST", "http://a"),
        ("HOST", "999.1.1.1"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("PORT", "8e3"),
        ("PORT", "٨٠"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("CORPUS", "a\0b"),
        ("RATE_LIMIT", "many"),
        ("RATE_LIMIT", "0 per minute"),
        ("RATE_LIMIT", "60 per minute;"),
        ("RATE_LIMIT", "60 per fortnight"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://h:abc/0"),
        ("REDIS_URL", "redis://h:99999/0"),
        ("TRUSTED_PROXIES", "11"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "null"),
        ("CORS_ORIGINS", "https://a.dk/"),
        ("CORS_ORIGINS", "https://A.dk"),
        ("CORS_ORIGINS", "a.dk"),
        ("CORS_ORIGINS", "https://*.a.dk"),
        ("CORS_ORIGINS", "https://user@a.dk"),
        ("CORS_ORIGINS", "https://a.dk:99999"),
        ("FRAME_ANCESTORS", "'none' https://a.dk"),
        ("FRAME_ANCESTORS", "https://a.dk; script-src *"),
        ("CONTACT", "x" * 201),
        ("CONTACT", "two\nlines"),
        ("CONTACT", "k\udcf8benhavn"),
        ("INDEX", "k\udcf8benhavn"),
        ("CORPUS", "~nosuchuser/corpus"),
        ("MODEL", "~nosuchuser/model"),
        ("REMEMBER", "-1"),
        ("REMEMBER", "100001"),
        ("REDIS_URL", "redis://h:6379/0?foo=bar"),
        ("CORS_ORIGINS", "https://a.dk:443"),
        ("MODEL", "a\tb"),
        ("LOG_FORMAT", "JSON"),
    ],
)
def test_values_that_are_refused_name_the_variable_and_the_mend(name: str, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(**{name: text})

    (fault,) = caught.value.faults
    assert fault.startswith(f"ASSISTANT_{name}=")
    assert re.search(r": .*(give|write) ", fault)


@pytest.mark.parametrize(
    "text", ["60 per minute", "1/second", "5 per 2 seconds; 100 per hour", "7 per day", "10/ 3 minutes"]
)
def test_rate_limits_that_are_taken_can_be_applied(text: str) -> None:
    assert parse_many(read(RATE_LIMIT=text).rate_limit)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read(PORT="x", WORKERS="x", RATE_LIMIT="x", LOG_FORMAT="x")

    assert [fault.split("=")[0] for fault in caught.value.faults] == [
        "ASSISTANT_PORT",
        "ASSISTANT_WORKERS",
        "ASSISTANT_RATE_LIMIT",
        "ASSISTANT_LOG_FORMAT",
    ]


@pytest.mark.parametrize("place", ["", "built"])
def test_an_index_inside_of_the_corpus_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(SettingsError, match="outside of the corpus"):
        read(CORPUS=str(tmp_path), INDEX=str(tmp_path / place))


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        read(REDIS_URL="http://user:secret@cache.example")

    assert "secret" not in str(caught.value)


def test_unknown_variables_are_warned_of_with_the_nearest_name() -> None:
    warnings = unknown_variables({"ASSISTANT_PROT": "1", "ASSISTANT_ZZZZ": "1", "ASSISTANT_PORT": "1", "OTHER": "1"})

    assert len(warnings) == 2
    assert "ASSISTANT_PROT is not a setting" in warnings[0]
    assert "did you mean ASSISTANT_PORT?" in warnings[0]
    assert "the names are HOST, PORT, WORKERS" in warnings[1]


@pytest.mark.parametrize(
    ("environ", "cache"),
    [
        ({"XDG_CACHE_HOME": "/somewhere/cache", "HOME": "/home/x"}, "/somewhere/cache"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/x"}, "/home/x/.cache"),
        ({"HOME": "/home/x"}, "/home/x/.cache"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the custom of Linux")
def test_an_installed_package_uses_its_copies_and_the_users_cache(
    tmp_path: Path, environ: dict[str, str], cache: str
) -> None:
    package = tmp_path / "site-packages" / "assistant"
    package.mkdir(parents=True)
    for name in ("__init__.py", "settings.py", "setting_rules.py", "errors.py"):
        shutil.copy(ROOT / "assistant" / name, package)
    code = (
        "import os; from assistant.settings import Settings; settings = Settings.from_environment(os.environ); "
        "print(settings.corpus, settings.model, settings.ranking, settings.index, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        str(package / "material" / "corpus"),
        str(package / "material" / "index" / "model"),
        str(package / "material" / "index" / "ranking"),
        f"{cache}/agreement-assistant/index",
    ]


def test_the_environment_is_read_in_one_place() -> None:
    """The command line hands it to the settings; only the name that prometheus_client reads is ever set."""
    users = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "assistant").rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert users <= {"assistant/cli.py", "assistant/server/running/gunicorn_server.py"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Region Midtjylland", Link("Region Midtjylland", "Region Midtjylland", "")),
        ("Region | https://www.rm.dk", Link("Region", "Region", "https://www.rm.dk")),
        ("Regionen | The region | https://rm.dk/en", Link("Regionen", "The region", "https://rm.dk/en")),
        ("Regionen|The region", Link("Regionen", "The region", "")),
    ],
)
def test_an_owner_has_two_names_and_an_address(text: str, found: Link) -> None:
    assert read(OWNER=text).owner == found


def test_links_have_labels_and_addresses() -> None:
    links = read(LINKS="Privatliv | Privacy | https://a.dk/p; Ring | tel:+4587285000;").links
    assert links == (Link("Privatliv", "Privacy", "https://a.dk/p"), Link("Ring", "Ring", "tel:+4587285000"))
    assert [link.label("en") for link in links] == ["Privacy", "Ring"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("OWNER", "a | b | c | https://a.dk"),
        ("OWNER", "https://a.dk"),
        ("OWNER", "a | javascript:alert(1) | b | c"),
        ("LINKS", "Privatliv"),
        ("LINKS", "Privatliv | javascript:alert(1)"),
        ("LINKS", 'Privatliv | https://a.dk/"><script>'),
        ("LINKS", "| https://a.dk"),
    ],
)
def test_an_owner_or_link_that_is_none_is_refused(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read(**{name: text})
