"""Who asks, and what the server has: given to each handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

from sqlalchemy.engine import Connection
from starlette.requests import Request

from clearband.web.settings import Settings
from clearband.workspace import roles
from clearband.workspace.database import reading, writing
from clearband.workspace.ledger import Actor, Ledger
from clearband.workspace.looking import Looking
from clearband.workspace.place import Workspace
from clearband.workspace.preview import Previews

if TYPE_CHECKING:
    from clearband.reports.plan.write import DrawnPlan
    from clearband.web.approved_list import ApprovedList
    from clearband.web.facts import Facts
    from clearband.web.signing_in.provider import Provider


@dataclass
class Server:
    """What one running server has.

    Attributes:
        workspace: Of the team.
        settings: How it runs.
        navigation: Title and address of each section that has pages.
        administration: The same of the pages of admins.
        local_token: The form token of local mode, where there are no sessions; new at each start.
        stopping: Whether answers that would go on for long are to end.
    """

    workspace: Workspace
    settings: Settings
    navigation: list[tuple[str, str]] = field(default_factory=list)
    administration: list[tuple[str, str]] = field(default_factory=list)
    local_token: str = field(default="", repr=False)
    stopping: bool = False

    @cached_property
    def facts(self) -> Facts:
        """The law and the register, loaded at first use."""
        from clearband.web.facts import load_facts

        return load_facts()

    @cached_property
    def looking(self) -> Looking:
        """Opens runs, and keeps what was looked at lately."""
        return Looking(self.workspace)

    @cached_property
    def previews(self) -> Previews:
        """Looks at uploads."""
        return Previews(self.workspace)

    def close(self) -> None:
        """End what it started."""
        if "previews" in self.__dict__:
            self.previews.close()

    @cached_property
    def approved(self) -> ApprovedList | None:
        """The approved list; None where none was given."""
        if self.settings.approved is None:
            return None
        from clearband.web.approved_list import ApprovedList

        return ApprovedList(self.settings.approved)

    @cached_property
    def provider(self) -> Provider | None:
        """The OpenID provider; None in local mode."""
        if self.settings.provider is None:
            return None
        from clearband.web.signing_in.provider import Provider

        return Provider(self.settings.provider, f"{self.settings.origin}/sign-in/back")

    @cached_property
    def plan(self) -> DrawnPlan | None:
        """The plan that was given, drawn at first use.

        Raises:
            InputError: It, or its network, cannot be read.
        """
        if self.settings.plan is None or self.settings.network is None:
            return None
        from clearband.planning.checking import read_plan
        from clearband.planning.network import read_network
        from clearband.reports.plan.write import draw_plan

        return draw_plan(read_network(self.settings.network), read_plan(self.settings.plan))


@dataclass(frozen=True)
class Here:
    """One request: who asks, by what, and the server.

    Attributes:
        by: ``local``, ``session`` (a cookie) or ``token`` (an API token).
        form_token: What each form of a page must carry; empty for a token, which fills in no forms.
    """

    server: Server
    request: Request
    actor: Actor
    by: str
    form_token: str

    @property
    def workspace(self) -> Workspace:
        """Of the team."""
        return self.server.workspace

    @property
    def facts(self) -> Facts:
        """The law and the register."""
        return self.server.facts

    def require(self, role: str) -> None:
        """Go on only for somebody who has the role.

        Raises:
            RefusedError: They do not.
        """
        roles.require(self.actor, role)

    def may(self, role: str) -> bool:
        """Whether they have the role."""
        return role in self.actor.roles or (role == roles.VIEWER and bool(self.actor.roles))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that reads one state of the database."""
        with reading(self.workspace.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """A ledger of a transaction of its own, for changes that are not the one of the handler."""
        with writing(self.workspace.engine) as connection:
            yield Ledger(connection, self.actor)


def server_of(request: Request) -> Server:
    """The server that a request came to."""
    return cast(Server, request.app.state.server)


def here_for(role: str) -> Callable[[Request], Here]:
    """A dependency that finds out who asks, before anything of the request's body is read.

    Args:
        role: What they must have.
    """

    def here(request: Request) -> Here:
        from clearband.web.signing_in.who import who_asks

        found = who_asks(request, server_of(request))
        request.state.here = found
        found.require(role)
        return found

    return here
