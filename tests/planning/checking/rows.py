"""A network and a plan as plain rows, and the files they would stand in."""

import copy
import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, Any]
COLUMNS = {
    "sites": ("site", "cluster", "criticality", "latitude", "longitude"),
    "clusters": ("cluster", "region", "market", "owner", "after"),
    "installed": (
        *(
            "item",
            "site",
            "role",
            "product",
            "maker",
            "quantity",
            "bands",
            "generation",
            "must_go",
            "remove_by",
        ),
        *("yearly_cost", "why"),
    ),
    "products": (
        *("product", "maker", "role", "bands", "generations", "price_low", "price_average", "price_high"),
        *("yearly_cost", "install_hours", "lead_quarters", "approved", "price_source", "price_grade"),
    ),
    "pairs": ("radio", "baseband", "certificate"),
    "supply": ("maker", "role", "quarter", "units"),
    "crews": ("region", "quarter", "hours"),
    "money": ("owner", "quarter", "amount"),
}
WORK = (
    *("item", "site", "cluster", "group", "role", "old_product", "old_maker", "quantity", "product", "maker"),
    *("quarter", "removed"),
)


@dataclass(repr=False)
class MadeUp:
    """A network as it would stand in its files."""

    settings: Row
    tables: dict[str, list[Row]]

    def __getattr__(self, name: str) -> list[Row]:
        if name not in COLUMNS:
            raise AttributeError(name)
        return self.tables[name]

    def copy(self) -> "MadeUp":
        return copy.deepcopy(self)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "network.yaml").write_text(yaml.safe_dump(self.settings), encoding="utf-8")
        for name, rows in self.tables.items():
            write_csv(folder / f"{name}.csv", COLUMNS[name], rows)
        return folder


@dataclass(repr=False)
class MadePlan:
    """A plan as it would stand in its files."""

    work: list[Row]
    claims: Row = field(default_factory=dict)

    def copy(self) -> "MadePlan":
        return copy.deepcopy(self)

    def row(self, item: str) -> Row:
        return next(row for row in self.work if row["item"] == item)

    def unit(self, cluster: str, group: str) -> list[Row]:
        return [row for row in self.work if (row["cluster"], row["group"]) == (cluster, group)]

    def move(self, cluster: str, group: str, quarter: int) -> None:
        """Replace a unit in another quarter."""
        for row in self.unit(cluster, group):
            row["quarter"], row["removed"] = text(quarter), text(quarter + 1)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        write_csv(folder / "work.csv", WORK, self.work)
        (folder / "plan.json").write_text(json.dumps(self.claims), encoding="utf-8")
        return folder


def write_csv(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def text(quarter: int) -> str:
    return f"{2027 + quarter // 4}-Q{quarter % 4 + 1}"


def number(quarter: str) -> int:
    return (int(quarter[:4]) - 2027) * 4 + int(quarter[6]) - 1
