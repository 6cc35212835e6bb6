"""``clearband serve``: pages and API of a workspace."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from clearband.errors import UsageError

if TYPE_CHECKING:
    from clearband.web.settings import OpenIdProvider

SECRET: Final = "CLEARBAND_OIDC_SECRET"  # noqa: S105  # the name of a variable
_DEFAULT: Final = Path("clearband-workspace")


@click.command("serve")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    envvar="CLEARBAND_WORKSPACE",
    metavar="DIR",
    help=f"The workspace; made where there is none. Default: {_DEFAULT}.",
)
@click.option(
    "--database",
    envvar="CLEARBAND_DATABASE",
    metavar="URL",
    help="postgresql://HOST/NAME. Default: a file in the workspace. With a password, use CLEARBAND_DATABASE.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8889, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option("--base-url", metavar="URL", help="Where browsers find it, such as https://clearband.example.")
@click.option("--demo", is_flag=True, help="A workspace for this time only, with an example inventory.")
@click.option("--approved", type=click.Path(path_type=Path), metavar="DIR", help="Show this approved list.")
@click.option("--network", type=click.Path(path_type=Path), metavar="NET", help="The network of --plan.")
@click.option("--plan", type=click.Path(path_type=Path), metavar="PLAN", help="Show this plan.")
@click.option("--oidc-issuer", metavar="URL", help="OpenID provider that people sign in with.")
@click.option("--oidc-client-id", metavar="ID", help="Who this server is to the provider.")
@click.option(
    "--oidc-secret-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"File with the client's secret. Or in the environment: {SECRET}.",
)
@click.option("--oidc-admin", metavar="SUBJECT", help="Who becomes admin at their first sign-in.")
@click.option(
    "--workers-of-runs",
    default=1,
    show_default=True,
    type=click.IntRange(0, 64),
    help="Processes that work on runs; 0 where others do.",
)
def command(
    workspace: Path | None,
    database: str | None,
    host: str,
    port: int,
    base_url: str | None,
    demo: bool,
    approved: Path | None,
    network: Path | None,
    plan: Path | None,
    oidc_issuer: str | None,
    oidc_client_id: str | None,
    oidc_secret_file: Path | None,
    oidc_admin: str | None,
    workers_of_runs: int,
) -> None:
    """Serve a workspace: pages for browsers, and the same addresses for programs.

    Without --oidc-issuer it listens on this machine only, asks for no password, and everybody is one person
    with all roles. It stops on Ctrl-C and SIGTERM, within seconds.
    """
    if demo and (workspace or database):
        raise UsageError("the demonstration has a workspace of its own", where="--demo")
    if (network is None) != (plan is None):
        raise UsageError(
            "a plan is shown with its network", where="--plan", remedy="give --network and --plan"
        )
    from clearband.web.allocator import give_memory_back
    from clearband.web.app import make_app
    from clearband.web.logs import log_to
    from clearband.web.serving import listen, serve
    from clearband.web.settings import Settings
    from clearband.web.workers import Workers
    from clearband.workspace.place import open_workspace

    settings = Settings(
        host=host,
        port=port,
        base_url=base_url,
        provider=_provider(oidc_issuer, oidc_client_id, oidc_secret_file, oidc_admin),
        approved=approved,
        network=network,
        plan=plan,
        demo=demo,
    )
    log = log_to()
    give_memory_back()
    with ExitStack() as stack:
        if demo:
            workspace = Path(stack.enter_context(TemporaryDirectory(prefix="clearband-demo-")))
        folder = workspace or _DEFAULT
        place = open_workspace(folder, database, make=True)
        stack.callback(place.engine.dispose)
        if demo:
            from clearband.web.demonstration import fill

            fill(place)
        at = stack.enter_context(listen(host, port))
        settings = replace(settings, port=at.getsockname()[1])
        workers = Workers(folder, database, workers_of_runs, log)
        stack.callback(workers.stop)
        workers.start()

        def ready() -> None:
            mode = (
                "local mode: this machine only, no password"
                if settings.local
                else "sign-in by OpenID Connect"
            )
            tables = "PostgreSQL" if place.engine.dialect.name == "postgresql" else "SQLite"
            click.echo(
                f"Clearband serves {folder}, in {tables}, at {settings.origin} ({mode}). Ctrl-C stops it."
            )

        serve(make_app(place, settings, log=log), at, log, ready=ready)
    click.echo("stopped")


def _provider(
    issuer: str | None, client_id: str | None, secret_file: Path | None, admin: str | None
) -> OpenIdProvider | None:
    from clearband.web.settings import OpenIdProvider

    if issuer is None:
        if client_id or secret_file or admin:
            raise UsageError("sign-in needs the provider", where="--oidc-issuer", remedy="give its URL")
        return None
    if client_id is None:
        raise UsageError(
            "the provider knows this server by an id", where="--oidc-client-id", remedy="give it"
        )
    secret = os.environ.get(SECRET)
    if secret_file is not None:
        try:
            secret = secret_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise UsageError("it cannot be read", where=str(secret_file), remedy="give a text file") from None
    return OpenIdProvider(issuer, client_id, secret or None, admin)
