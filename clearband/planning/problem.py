"""What the optimiser sees of a network: arrays of work, of the ways to do it, and of limits.

Work units that are alike are one class. A class has options (which products), and each of its units is
done with one option in one quarter. Rules 4 to 11 and 14 of docs/adr/0010-the-way-out.md are arrays here,
rules 12 and 13 rows over families; a family is a maker in a role. Which makers hold a least share is open
(``Floor``), until a choice is made (``optimise/makers.py``).

Shapes: C classes, U units, O options, J families an option may use, R regions, F families, W owners,
S rows over families, E ways of refunding, T quarters, H quarters with spending (T and the overlap).
Money is in units of the currency, crews in hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of alike work units, [C] each.

    Attributes:
        count: Units of the class; a sample of a problem has broken numbers.
        parent: Class whose one unit is done no later; -1 for none.
        first, last: First and last quarter of work.
        exposure: Money for one unit that waits one quarter more (price of exposure x points).
        sites: Sites of a unit that count for service in its region.
        running: Money a quarter that the old equipment of a unit costs while it runs.
        way: Row of ``Money.balance`` and ``Money.worth``: owner and refunds.
    """

    count: Floats
    parent: Ints
    first: Ints
    last: Ints
    exposure: Floats
    region: Ints
    sites: Floats
    owner: Ints
    way: Ints
    running: Floats


@dataclass(frozen=True, slots=True)
class Options:
    """Ways to do a unit, sorted by class: those of class c are ``start[c]:start[c + 1]``. [O] but ``start``.

    Attributes:
        now, later: Money spent in the quarter of work, and ``Problem.overlap`` quarters after it.
        running: Money a quarter that the new equipment costs from the quarter of work on.
        hours, later_hours: Crew hours, likewise.
        family, amount: [O, J]: families and units bought of them; amount 0 fills up.
        first: First quarter, by lead time.
    """

    start: Ints
    of: Ints
    now: Floats
    later: Floats
    running: Floats
    hours: Floats
    later_hours: Floats
    family: Ints
    amount: Floats
    first: Ints


@dataclass(frozen=True, slots=True)
class Money:
    """Money over time.

    Attributes:
        new: [W, T] new money by quarter.
        balance: [E, H, T] what a unit of money spent in quarter h does to all money up to quarter t: -1 from
            h on, and refunds from their quarter on.
        worth: [E, H] its present cost, refunds taken off.
        discount: [H] of a quarter.
    """

    new: Floats
    balance: Floats
    worth: Floats
    discount: Floats


@dataclass(frozen=True, slots=True)
class Floor:
    """Rule 13 for one role: some of its makers have at least a share each; which ones is open.

    Attributes:
        rows: [N] of ``Problem.rows``, one a maker that could have it: what is bought of the maker, counted
            below zero. Its limit is 0, and ``-need`` for a maker that is chosen.
        need: [N] units to buy of the maker, beyond what stays.
        makers: How many of them must have it; more than N where there is no plan.
    """

    rows: Ints
    need: Floats
    makers: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A network, as the optimiser sees it.

    Attributes:
        overlap: Quarters between work and taking down.
        crews, supply, service: [R, T], [F, T] and [R, T]: limits by quarter.
        rows, limit: [S, F] and [S]: rows @ units bought <= limit.
        unit_class: [U] class of each unit; units of a class are alike.
        parents: Units done no later than unit u (rule 6): ``parents[parent_start[u]:parent_start[u + 1]]``.
            ``Classes.parent`` holds the class of at most one of them.
        floors: Least shares of makers that are still to be chosen.
        every: Whether options are all there are; if not, those that no prices make the best are left out, so
            that prices prove a bound all the same, and an integer programme does not.
    """

    quarters: int
    overlap: int
    classes: Classes
    options: Options
    crews: Floats
    supply: Floats
    service: Floats
    money: Money
    rows: Floats
    limit: Floats
    unit_class: Ints
    parent_start: Ints
    parents: Ints
    floors: tuple[Floor, ...] = ()
    every: bool = True

    @property
    def too_few_makers(self) -> bool:
        """Whether fewer makers could have their least share than must, so that there is no plan."""
        return any(floor.makers > len(floor.rows) for floor in self.floors)
