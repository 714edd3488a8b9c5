"""Production refuses to start with anything missing or unsafe, and names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "k" * 40
WHOLE = {
    "SECRET_KEY": SECRET,
    "FIELD_KEYS": SECRET,
    "DIGEST_KEY": SECRET,
    "ALLOWED_HOSTS": "example.org,.example.org",
    "DATABASE_URL": "postgres://yin@db.example/ling",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "desk@example.org",
    "PLATFORM_URL": "https://example.org",
}


def start(**over: str) -> subprocess.CompletedProcess[str]:
    """Import the production settings in a process whose environment holds nothing else."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", **WHOLE, **over}
    command = "import portal.settings.production as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE)"
    return subprocess.run(
        [sys.executable, "-c", command],
        env={key: value for key, value in environment.items() if value},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_whole_environment_starts_without_debug_and_with_safe_cookies() -> None:
    done = start()
    assert (done.returncode, done.stdout.strip()) == (0, "False True"), done.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "FIELD_KEYS", "DIGEST_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_HOST", "PLATFORM_URL"]
)
def test_each_missing_secret_is_named(name: str) -> None:
    done = start(**{name: ""})
    assert done.returncode != 0
    assert name in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "1"), ("ALLOWED_HOSTS", "*"), ("SECRET_KEY", "short"), ("DIGEST_KEY", "short"), ("FIELD_KEYS", "short")],
)
def test_an_unsafe_value_is_refused_by_name(name: str, value: str) -> None:
    done = start(**{name: value})
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert name in done.stderr


CLUSTER = {"ELASTICSEARCH_URL": "https://a.example:9200,https://b.example:9200", "ELASTICSEARCH_API_KEY": "key"}


def test_a_cluster_behind_tls_and_a_key_is_accepted() -> None:
    assert start(**CLUSTER).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELASTICSEARCH_URL", "https://a.example:9200,http://b.example:9200"),
        ("ELASTICSEARCH_API_KEY", ""),
        ("ELASTICSEARCH_CA", "/nowhere/ca.pem"),
    ],
)
def test_an_open_cluster_is_refused_by_name(name: str, value: str) -> None:
    done = start(**{**CLUSTER, name: value})
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert name in done.stderr
