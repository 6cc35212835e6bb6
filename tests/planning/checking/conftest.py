"""The made-up network, its plan, and what the checker says of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearband.planning.checking import Checked, check, read_plan
from clearband.planning.network import read_network
from tests.planning.checking import by_hand, made_up
from tests.planning.checking.rows import MadePlan, MadeUp

Check = Callable[[MadeUp, MadePlan], Checked]


@pytest.fixture
def made() -> MadeUp:
    return made_up.network()


@pytest.fixture
def plan(made: MadeUp) -> MadePlan:
    """A valid plan, with true claims."""
    valid = made_up.plan(made)
    valid.claims = by_hand.claims(made, valid)
    return valid


@pytest.fixture
def checked(tmp_path: Path) -> Check:
    """Write both, read them and check them."""

    def of(made: MadeUp, plan: MadePlan) -> Checked:
        return check(read_network(made.write(tmp_path / "net")), read_plan(plan.write(tmp_path / "plan")))

    return of


def rules(checked: Checked) -> set[str]:
    """The names of the rules that are broken."""
    return set(checked.violations["rule"])
