"""A network is the same network in whatever format and order it is written."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from clearband.errors import InputError
from clearband.planning.network import Network, read_network
from clearband.planning.network.network import TABLE_NAMES
from clearband.planning.network.problems import NetworkError
from clearband.planning.network.tables import TABLES
from tests.planning.network_files import Tables, small, write_folder, write_json, write_workbook


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return read_network(write_folder(tmp_path / "net", *small()))


def read(tmp_path: Path, settings: dict[str, Any], tables: Tables) -> Network:
    return read_network(write_folder(tmp_path / "net", settings, tables))


def test_tables_have_the_columns_and_types_of_the_contract(network: Network) -> None:
    for name in TABLE_NAMES:
        assert dict(getattr(network, name).schema) == TABLES[name].schema
    assert network.warnings == ()
    assert network.settings.weights.core == 20
    assert network.settings.quarter_name(7) == "2028-Q4"
    assert network.settings.last_day(7).isoformat() == "2028-12-31"


def test_each_format_gives_the_same_network(network: Network, tmp_path: Path) -> None:
    settings, tables = small()
    others = [
        write_folder(tmp_path / "parquet", settings, tables, parquet=True),
        write_folder(tmp_path / "semicolons", settings, tables, delimiter=";"),
        write_json(tmp_path / "net.json", settings, tables),
        write_workbook(tmp_path / "net.xlsx", settings, tables),
    ]
    for path in others:
        other = read_network(path)
        assert other.settings == network.settings, path.name
        for name in TABLE_NAMES:
            assert getattr(other, name).equals(getattr(network, name)), (path.name, name)
        assert other.sha256 == network.sha256
        assert other.warnings == ()


def test_the_order_of_rows_and_columns_changes_nothing(network: Network, tmp_path: Path) -> None:
    settings, tables = small()
    mixer = random.Random(7)
    for rows in tables.values():
        mixer.shuffle(rows)
        columns = mixer.sample(list(rows[0]), len(rows[0]))
        rows[:] = [{column: row[column] for column in columns} for row in rows]
    other = read(tmp_path, settings, tables)
    assert other.sha256 == network.sha256
    assert other.installed.equals(network.installed)


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_change_of_a_table_changes_the_hash(network: Network, tmp_path: Path, table: str) -> None:
    settings, tables = small()
    row = tables[table][0]
    texts = {"clusters": "market", "pairs": "certificate"}
    column = texts.get(table) or next(name for name, cell in row.items() if isinstance(cell, int | float))
    row[column] = "another" if isinstance(row[column], str) else row[column] + 1
    assert read(tmp_path, settings, tables).sha256 != network.sha256


def test_an_empty_cell_means_what_the_contract_says(network: Network) -> None:
    assert network.sites["criticality"].to_list() == [3, 1, 1.5, 5]
    assert network.installed["yearly_cost"].to_list() == [300.5, 0, 0, 0, 9000]
    assert network.installed["bands"].to_list()[1] is None


def test_what_is_not_told_is_not_known_to_stay(tmp_path: Path) -> None:
    settings, tables = small()
    tables["installed"][2]["must_go"] = None
    tables["products"][0]["approved"] = None
    network = read(tmp_path, settings, tables)
    assert network.installed["must_go"].to_list()[2] == "unknown"
    assert network.products.filter(product="Nokia radio")["approved"].item() == "unknown"


def test_limits_are_spelt_out_by_quarter(network: Network) -> None:
    assert network.supply["units"].to_list() == [10, 4, 10, 10, 10, 10, 10, 10]
    assert network.supply["quarter"].to_list() == list(range(8))
    assert network.money["amount"].to_list() == [50000, 0, 25000.5, 0, 0, 0, 0, 0]
    assert set(network.supply["maker"]) == {"Nokia"}, "no other maker has a limit"


def test_a_row_without_a_number_is_no_limit(tmp_path: Path) -> None:
    settings, tables = small()
    tables["crews"][0]["hours"] = None
    tables["supply"][1]["units"] = None
    network = read(tmp_path, settings, tables)
    assert network.crews.height == 0
    assert network.supply["quarter"].to_list() == [0, 2, 3, 4, 5, 6, 7]


def test_rows_outside_of_the_horizon_are_told(tmp_path: Path) -> None:
    settings, tables = small()
    tables["crews"] = [{"region": "R1", "quarter": "2031-Q1", "hours": 400}]
    network = read(tmp_path, settings, tables)
    assert network.crews["hours"].to_list() == [0] * 8
    assert any("1 row lies outside of the horizon, 2027-Q1 to 2028-Q4" in line for line in network.warnings)
    assert any("R1 have quarters without a row, which count as 0" in line for line in network.warnings)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("b12, N71", "B12;n71"),
        ("B66|B2/b4", "B2;B4;B66"),
        ("band 12 band 66", "B12;B66"),
        ("n071 B012 b12", "B12;n71"),
    ],
)
def test_bands_have_one_form(tmp_path: Path, written: str, read_as: str) -> None:
    settings, tables = small()
    tables["installed"][0]["bands"] = written
    assert read(tmp_path, settings, tables).installed["bands"][0] == read_as


def test_spellings_of_a_maker_are_one_maker(tmp_path: Path) -> None:
    settings, tables = small()
    tables["installed"][2]["maker"] = "NOKIA "
    tables["supply"][0]["maker"] = "nokia"
    network = read(tmp_path, settings, tables)
    assert network.installed["maker"].to_list()[2] == "Nokia"
    assert set(network.supply["maker"]) == {"Nokia"}
    assert 'the maker "nokia" is read as "Nokia"' in network.warnings


def test_unknown_columns_and_files_are_left_out_and_told(tmp_path: Path) -> None:
    settings, tables = small()
    for row in tables["sites"]:
        row["Critcality"] = 9
    tables["crew"] = [{"region": "R1", "hours": 1}]
    network = read(tmp_path, settings, tables)
    assert network.sites.columns == list(TABLES["sites"].schema)
    assert network.warnings == (
        "crew.csv: is no table of a network; it is not read",
        'sites.csv: the column "Critcality" is not known and not read; nearest: criticality',
    )


def test_missing_hours_are_told_since_they_favour_the_plan(tmp_path: Path) -> None:
    settings, tables = small()
    for row in tables["products"][:2]:
        row["install_hours"] = None
    network = read(tmp_path, settings, tables)
    assert network.warnings == (
        "products.csv: 2 rows have no install_hours, which counts as 0 (first: row 2)",
    )


def test_tables_that_hold_limits_may_be_missing(tmp_path: Path) -> None:
    settings, tables = small()
    for name in ("pairs", "supply", "crews", "money"):
        del tables[name]
    network = read(tmp_path, settings, tables)
    assert network.money.schema == pl.Schema({"owner": pl.String, "quarter": pl.Int64, "amount": pl.Float64})
    assert network.money.height == 0


def test_a_table_alone_is_no_network(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "net", *small())
    with pytest.raises(InputError, match="name the folder that holds"):
        read_network(folder / "sites.csv")
    (folder / "network.yaml").unlink()
    with pytest.raises(InputError, match="holds no network"):
        read_network(folder)


def test_two_files_of_one_table_are_refused(tmp_path: Path) -> None:
    settings, tables = small()
    folder = write_folder(tmp_path / "net", settings, tables)
    pl.DataFrame(tables["crews"]).write_parquet(folder / "crews.parquet")
    with pytest.raises(InputError, match=r"crews\.csv and crews\.parquet are both here"):
        read_network(folder)


def test_a_missing_table_and_column_are_told_together(tmp_path: Path) -> None:
    settings, tables = small()
    del tables["clusters"]
    for row in tables["sites"]:
        row["klaster"] = row.pop("cluster")
    with pytest.raises(NetworkError) as caught:
        read(tmp_path, settings, tables)
    assert [line.rpartition(str(tmp_path / "net"))[2] for line in caught.value.lines()] == [
        "sites.csv: has no column cluster (columns: site, criticality, latitude, longitude, klaster); add it",
        ": has no table clusters; add it",
    ]
