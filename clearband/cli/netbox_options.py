"""Options of the commands that speak to a NetBox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.telling import say

if TYPE_CHECKING:
    from clearband.discover.web import Web

TOKEN_VARIABLE: Final = "CLEARBAND_NETBOX_TOKEN"  # noqa: S105  # its name, not its value


@dataclass(frozen=True)
class Contact:
    """How a NetBox is spoken to."""

    url: str
    token_file: Path | None
    ca_file: Path | None
    allow_http: bool
    timeout: float
    rate: float
    page_size: int

    def web(self) -> Web:
        """The NetBox, not asked yet; warnings and waits are told on standard error.

        Raises:
            UsageError: The address, token or certificates cannot be used.
        """
        from clearband.discover.address import address_of
        from clearband.discover.netbox.api import authorization
        from clearband.discover.token import token_from
        from clearband.discover.web import Limits, Web

        address = address_of(self.url, allow_http=self.allow_http)
        token = token_from(TOKEN_VARIABLE, self.token_file)
        for warning in token.warnings:
            say(f"warning: {warning}")
        return Web(
            address,
            authorization(token),
            token,
            ca_file=self.ca_file,
            limits=Limits(timeout=self.timeout, rate=self.rate),
            said=say,
        )


_OPTIONS: Final = (
    click.argument("url", metavar="URL"),
    click.option(
        "--token-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"A file with the API token. Default: the environment variable {TOKEN_VARIABLE}.",
    ),
    click.option(
        "--ca-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Certificates (PEM) of an authority of your own, trusted besides the system's.",
    ),
    click.option(
        "--allow-http",
        is_flag=True,
        help="Also take an http:// address of another machine: anyone on the way can read the token.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1, 3600),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        help="How long the server may say nothing.",
    ),
    click.option(
        "--rate",
        type=click.FloatRange(0.01, 1000),
        default=20.0,
        show_default=True,
        metavar="N",
        help="Most requests a second.",
    ),
    click.option(
        "--page-size",
        type=click.IntRange(1, 10_000),
        default=500,
        show_default=True,
        metavar="N",
        help="Most objects a request.",
    ),
)
_NAMES: Final = ("url", "token_file", "ca_file", "allow_http", "timeout", "rate", "page_size")


def contact_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the address and the options; the command gets a ``contact``."""

    @wraps(function)
    def with_contact(**given: Any) -> Any:
        contact = Contact(**{name: given.pop(name) for name in _NAMES})
        return function(contact=contact, **given)

    decorated: Callable[..., Any] = with_contact
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
