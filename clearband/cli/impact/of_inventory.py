"""The part of ``clearband impact`` about an inventory, as its options say."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearband.cli.inputs import Inputs
from clearband.errors import UsageError
from clearband.identify.meant import register_ids
from clearband.impact.form import SourceTold
from clearband.impact.inventory import inventory_told, under_the_draft
from clearband.impact.plan_cost import NothingToPlanError, way_out
from clearband.model.network import last_day, quarter_name, quarter_number
from clearband.planning.network.begin import Wanted
from clearband.planning.network.default_prices import default_prices
from clearband.planning.network.write import check_out, write_network
from clearband.planning.prices import load_prices, packaged_prices
from clearband.reports.folder.findings_csv import flat
from clearband.screening.settings import settings_for

if TYPE_CHECKING:
    from clearband.impact.draft import DraftInUse
    from clearband.impact.form import InventoryTold, PlanTold
    from clearband.impact.inventory import UnderTheDraft

_HOLDING: Final = ("use", "remove")
_ANY: Final = "any other maker"
"""Stands for whoever may be bought from, where nobody is named: default prices are the same for all."""


@dataclass(frozen=True)
class InventoryPart:
    """What is asked of an inventory.

    Attributes:
        day: From which one looks.
        said: The options of this part.
        given: What the user gave, by the id that figures cite it by; grows as files are read.
    """

    draft: DraftInUse
    files: tuple[str, ...]
    day: date
    said: Mapping[str, Any]
    given: dict[str, SourceTold] = field(default_factory=dict)

    def told(self) -> InventoryTold:
        """It, with the plan."""
        said, draft = self.said, self.draft
        first = said["first"] or quarter_name(self.day.year * 4 + (self.day.month - 1) // 3 + 1)
        try:
            first_day = last_day(quarter_number(first) - 1) + timedelta(days=1)
        except (ValueError, OverflowError):
            raise UsageError(
                f'"{first}" is no quarter', where="--from", remedy="write it like 2027-Q1"
            ) from None
        if said["network"] is not None:
            check_out(said["network"])
        makers = self._makers()
        settings = settings_for(
            draft.alone, profile=said["profile"], actors=said["actors"] or self._of_draft("actors"),
            actions=said["actions"] or self._holding(), on=draft.day_of_all(self.day), today=self.day,
            own_facts=tuple(one.record for one in draft.own),
        )  # fmt: skip
        inventory = Inputs(self.files, said["maps"], said["mapping"], None, None, None).read()
        names = ", ".join(f"{one.file} (sha256 {one.sha256[:16]})" for one in inventory.inputs)
        self.given["inventory"] = SourceTold(kind="input", what=f"the inventory {names}")
        found = under_the_draft(inventory, settings, draft, first_day)
        plan, reason = None, "none was asked for"
        if not found.touched.height:
            reason = "nothing has to go by the draft"
        elif not said["no_plan"]:
            plan, reason = self._plan(found, first, makers)
        return inventory_told(found, first_day, plan, None if plan else reason)

    def _of_draft(self, name: str) -> tuple[str, ...]:
        """Whom the draft binds, or what it speaks of; nothing where a profile says so."""
        if self.said["profile"] is not None:
            return ()
        return tuple(dict.fromkeys(one for limb in self.draft.limbs for one in sorted(getattr(limb, name))))

    def _holding(self) -> tuple[str, ...]:
        every = self._of_draft("actions")
        return tuple(one for one in every if one in _HOLDING) or every

    def _plan(self, found: UnderTheDraft, first: str, makers: list[str]) -> tuple[PlanTold | None, str]:
        """The plan, or why there is none."""
        said = self.said
        prices = load_prices(said["price_table"])
        by = "the user" if said["makers"] else "nobody: it stands for any maker that the draft does not mean"
        wanted = Wanted(
            f"What {self.draft.raw['short_title']} makes go", first, said["quarters"],
            dict.fromkeys(makers, (("yes", None),)), by, default_prices(prices),
        )  # fmt: skip
        travel = packaged_prices().of("travel")
        try:
            way = way_out(
                found, wanted, said["limits"], travel.sources if travel else (),
                can_solve=_can_solve(), own_prices=said["price_table"] is not None,
            )  # fmt: skip
        except NothingToPlanError as error:
            return None, error.what
        strange = [name for name in makers if name not in self._known_names() and name != _ANY]
        if strange:
            line = f"the register does not know {', '.join(strange)}: the draft may mean it all the same"
            way = replace(way, told=way.told.model_copy(update={"told": (*way.told.told, line)}))
        if said["price_table"] is not None:
            self.given["prices"] = _told("the price table", [said["price_table"]])
        if said["limits"] is not None:
            self.given["limits"] = _told("the limits", [said["limits"] / name for name in way.told.limits])
        if said["network"] is not None:
            network = way.begun.network
            # What inventories say may be a formula, and these tables are meant for spreadsheets.
            tables = {name: flat(table) for name, table in network.tables.items()}
            write_network(replace(network, tables=tables), said["network"])
        return way.told, ""

    def _known_names(self) -> set[str]:
        return {one.name for one in self.draft.register.organisations.values()}

    def _makers(self) -> list[str]:
        register, found = self.draft.register, []
        for name in self.said["makers"]:
            ids = register_ids(name, register)
            if len(ids) > 1 and name.casefold() not in ids:
                what = f'"{name}" can mean {", ".join(ids[:6])}'
                raise UsageError(what, where="--maker", remedy="name one of them")
            one = name.casefold() if name.casefold() in ids else (ids[0] if ids else None)
            if one is not None and self.draft.meant([one], self.day):
                what = f'"{name}" is a maker that the draft means, or may mean'
                raise UsageError(what, where="--maker", remedy="name makers that may be bought")
            found.append(register.organisations[one].name if one else name.strip())
        return found or [_ANY]


def _can_solve() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("highspy", "numba"))


def _told(what: str, files: list[Path]) -> SourceTold:
    hashed = (f"{file.name} (sha256 {sha256(file.read_bytes()).hexdigest()[:16]})" for file in files)
    return SourceTold(kind="input", what=f"{what} {', '.join(hashed)}")
