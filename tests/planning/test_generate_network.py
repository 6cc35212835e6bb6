"""Made-up networks: the same seed gives the same bytes, and every network can be read and planned."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from clearband.errors import OutputError, UsageError
from clearband.planning.network import Network, read_network
from clearband.planning.network.check import check
from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.write import write_network
from clearband.register import load_register


def made(folder: Path, asked: Asked) -> Network:
    write_network(generate(asked), folder)
    return read_network(folder)


@pytest.mark.parametrize(
    ("sites", "seed", "share", "quarters"),
    [(50, 0, 0.6, 20), (61, 5, 1, 12), (180, 2, 0.05, 12), (700, 3, 0.6, 20), (2_500, 4, 0.8, 28)],
)
def test_every_network_is_read_without_a_word_and_can_be_planned(
    tmp_path: Path, sites: int, seed: int, share: float, quarters: int
) -> None:
    network = made(tmp_path / "net", Asked(sites, seed, quarters, share))
    assert network.sites.height == sites
    assert network.warnings == ()
    checked = check(network)
    assert [one.one_line() for one in checked.errors] == []
    assert {one.check for one in checked.warnings} <= {"unknown-items"}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_network(generate(Asked(300, 9)), tmp_path / name)
    write_network(generate(Asked(300, 10)), tmp_path / "other")
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    sites = Path("installed.csv")
    assert (tmp_path / "a" / sites).read_bytes() != (tmp_path / "other" / sites).read_bytes()


def test_parquet_and_csv_are_the_same_network(tmp_path: Path) -> None:
    network = generate(Asked(120, 1))
    write_network(network, tmp_path / "csv")
    write_network(network, tmp_path / "parquet", "parquet")
    assert read_network(tmp_path / "csv").sha256 == read_network(tmp_path / "parquet").sha256


def test_it_is_built_like_a_carrier(tmp_path: Path) -> None:
    network = made(tmp_path / "net", Asked(3_000, 1))
    items, clusters = network.installed, network.clusters
    place = network.sites.join(clusters, on="cluster").select("site", "cluster", "market", "region", "owner")
    assert place.group_by("market").agg(pl.col("region", "owner").n_unique() == 1).select(
        pl.col("region", "owner").all()
    ).row(0) == (True, True)  # fmt: skip
    cores = items.filter(role="core").join(place, on="site")
    assert set(cores["market"]) == set(clusters["market"]), "each market has a core"
    assert cores.group_by("market").agg(pl.col("cluster").n_unique())["cluster"].to_list() == [1] * 6
    radios = items.filter(role="radio").group_by("site").agg(pl.col("quantity").sum())["quantity"]
    assert radios.is_between(3, 6).all()
    assert items.filter(role="baseband").height == 3_000
    sizes = place.group_by("cluster").len()["len"]
    assert sizes.max() <= 25
    assert 0.2 < clusters["after"].is_not_null().mean() < 0.45
    ran = items.filter(pl.col("role") == "radio").join(place, on="site")
    gone = ran.group_by("cluster").agg((pl.col("must_go") == "yes").any())["must_go"].mean()
    assert 0.5 < gone < 0.7


def test_it_says_of_itself_that_it_is_made_up(tmp_path: Path) -> None:
    network = made(tmp_path / "net", Asked(50, 1))
    assert "Made-up" in network.settings.title
    assert set(network.products["price_grade"]) <= {"C", "D"}
    assert network.pairs["certificate"].str.contains("illustration").all()
    register = load_register()
    known = {one.name.split()[0].casefold() for one in register.organisations.values()} | set(
        register.organisations
    )
    makers = set(network.products["maker"]) | set(network.installed["maker"].drop_nulls())
    assert {maker.casefold() for maker in makers} <= known, "makers are real"


def test_tight_scales_all_limits(tmp_path: Path) -> None:
    loose, tight = (made(tmp_path / str(factor), Asked(400, 1, tight=factor)) for factor in (1.0, 0.5))
    for name, column in (("crews", "hours"), ("money", "amount"), ("supply", "units")):
        ratio = getattr(tight, name)[column].sum() / getattr(loose, name)[column].sum()
        assert ratio == pytest.approx(0.5, rel=0.03), name


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        (Asked(49), "--sites: 49"),
        (Asked(200_001), "--sites: 200001"),
        (Asked(50, quarters=11), "--quarters: 11"),
        (Asked(50, share=0), "--share: 0"),
        (Asked(50, tight=0), "--tight: 0"),
    ],
)
def test_what_cannot_be_made_is_refused(asked: Asked, option: str) -> None:
    with pytest.raises(UsageError, match=f"^{option} is out of range"):
        generate(asked)


def test_a_network_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    network = generate(Asked(50))
    write_network(network, tmp_path / "net", "parquet")
    write_network(network, tmp_path / "net")
    assert not list((tmp_path / "net").glob("*.parquet")), "an earlier network is replaced as a whole"
    (tmp_path / "net" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not of it"):
        write_network(network, tmp_path / "net")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "photo.jpg").write_bytes(b"")
    with pytest.raises(OutputError, match="not empty and is no earlier network"):
        write_network(network, tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net", "other"]
