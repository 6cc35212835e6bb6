"""A real NetBox on loopback, with a PostgreSQL and a Redis of its own; nothing of the machine's is touched.

Installing it takes half a minute and 456 MB, and migrating its empty database five minutes of processor
time, so both are kept in ``CLEARBAND_NETBOX_HOME`` (default: ``~/.cache/clearband-netbox``); from then on a
server is up in seconds.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import CannotStartError, cluster, free_port, programs

VERSION = "4.7.3"
UV = Path(sys.executable).parent / "uv"

CONFIGURATION = """
ALLOWED_HOSTS = ['127.0.0.1', 'localhost']
DATABASE = {{'NAME': 'netbox', 'USER': 'postgres', 'HOST': '127.0.0.1', 'PORT': '{postgres}'}}
REDIS = {{kind: {{'HOST': '127.0.0.1', 'PORT': {redis}, 'DATABASE': number, 'SSL': False}}
         for number, kind in enumerate(('tasks', 'caching'))}}
SECRET_KEY = '{secret}'
API_TOKEN_PEPPERS = {{1: '{secret}'}}
RELEASE_CHECK_URL = None
CENSUS_REPORTING_ENABLED = False
ISOLATED_DEPLOYMENT = True
LOGIN_REQUIRED = True
"""

USERS = """
from django.contrib.auth import get_user_model
from users.models import Token
User = get_user_model()
for name, superuser in (('keeper', True), ('stranger', False)):
    user = User.objects.create_user(name, password=None)
    user.is_superuser = superuser
    user.save()
    for version in (1, 2):
        token = Token(user=user, version=version)
        token.save()
        said = token.token
        print('TOKEN', name, version, 'nbt_%s.%s' % (token.key, said) if version == 2 else said)
"""


@dataclass(frozen=True)
class RealNetBox:
    """A running server.

    Args:
        url: Its address on loopback.
        tokens: ``keeper 2`` may do everything, ``stranger 2`` nothing; 1 and 2 are the versions of tokens.
    """

    url: str
    tokens: dict[str, str]


def python_312() -> str:
    """A Python that NetBox 4.7 runs on."""
    names = ["python3.14", "python3.13", "python3.12", "python3"]
    found = [path for name in names if (path := shutil.which(name))]
    found += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python3"))]
    for path in found:
        asked = [path, "-c", "import sys, venv, ssl; sys.exit(sys.version_info < (3, 12))"]
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return path
    raise CannotStartError("NetBox needs Python 3.12 or newer, and there is none (Debian 12 has 3.11)")


def redis_server() -> str:
    """Where redis-server lies."""
    found = shutil.which("redis-server")
    if found is None:
        raise CannotStartError("Redis is missing: apt-get install redis-server")
    return found


def home() -> Path:
    """Where the installation and the migrated database are kept."""
    folder = os.environ.get("CLEARBAND_NETBOX_HOME")
    path = Path(folder) if folder else Path.home() / ".cache" / "clearband-netbox"
    path.mkdir(parents=True, exist_ok=True)
    return path


def _run(command: Sequence[str | Path], **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise CannotStartError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-800:]}")
    return str(done.stdout)


def installed() -> Path:
    """The environment that NetBox is installed in, made when it is not there."""
    venv = home() / f"venv-{VERSION}"
    stamp = venv / ".ready"
    if not stamp.exists():
        shutil.rmtree(venv, ignore_errors=True)
        _run([UV, "venv", "-q", "--python", python_312(), venv])
        _run([UV, "pip", "install", "-q", "--python", venv / "bin" / "python", f"netbox=={VERSION}"])
        stamp.touch()
    return venv


@contextmanager
def _process(command: Sequence[str | Path], log: Path, **options: object) -> Iterator[None]:
    with log.open("ab") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, **options)  # type: ignore[call-overload]
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def _services(database: Path, folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """PostgreSQL, Redis and a configuration; gives NetBox's programs and their environment."""
    venv = installed()
    postgres, redis = free_port(), free_port()
    root = folder / "root"
    with ExitStack() as stack:
        stack.enter_context(cluster(database, postgres))
        flags = ["--port", str(redis), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        stack.enter_context(_process([redis_server(), *flags], folder / "redis.log"))
        _run([venv / "bin" / "netbox", "setup", "--target", root])
        secret = secrets.token_urlsafe(60)
        text = CONFIGURATION.format(postgres=postgres, redis=redis, secret=secret)
        (root / "conf" / "configuration.py").write_text(text, encoding="utf-8")
        yield venv / "bin", {**os.environ, "NETBOX_ROOT": str(root), "PYTHONDONTWRITEBYTECODE": ""}


def migrated() -> Path:
    """A cluster, stopped, with NetBox's empty tables."""
    ready = home() / f"database-{VERSION}"
    if not ready.exists():
        with tempfile.TemporaryDirectory(prefix="migrate.", dir=home()) as name:
            Path(name).chmod(0o755)
            database = Path(name) / "database"
            with _services(database, Path(name)) as (programs_, environment):
                port = _configured_port(environment)
                where = programs()
                _run([where / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "netbox"])
                _run([programs_ / "netbox", "migrate", "--no-input"], env=environment)
            database.rename(ready)
    return ready


def _configured_port(environment: dict[str, str]) -> str:
    text = (Path(environment["NETBOX_ROOT"]) / "conf" / "configuration.py").read_text(encoding="utf-8")
    return text.split("'PORT': '")[1].split("'")[0]


@contextmanager
def real_netbox() -> Iterator[RealNetBox]:
    """An empty NetBox, for as long as the block lasts.

    Raises:
        CannotStartError: Something is missing here; says what.
    """
    python_312()
    programs()
    redis_server()
    source = migrated()
    with tempfile.TemporaryDirectory(prefix="clearband-netbox.") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        database = folder / "database"
        _run(["cp", "-a", source, database])
        binaries, environment = stack.enter_context(_services(database, folder))
        said = _run([binaries / "netbox", "shell", "-c", USERS], env=environment)
        told = [line.split() for line in said.splitlines() if line.startswith("TOKEN ")]
        tokens = {f"{name} {version}": token for _, name, version, token in told}
        if len(tokens) != 4:
            raise CannotStartError(f"NetBox made no tokens: {said[-400:]}")
        port = free_port()
        flags = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--timeout", "120"]
        serve = [binaries / "gunicorn", *flags, "netbox.wsgi:application"]
        stack.enter_context(_process(serve, folder / "netbox.log", env=environment, cwd=folder))
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, folder / "netbox.log")
        yield RealNetBox(url, tokens)


def _wait_for(url: str, log: Path) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{url}/login/", timeout=20):
                return
        except OSError:
            time.sleep(0.5)
    raise CannotStartError(f"NetBox did not come up: {log.read_text(errors='replace')[-800:]}")


if __name__ == "__main__":
    with real_netbox() as server:
        print(server.url, server.tokens, flush=True)
        signal_wait = input
        signal_wait()
