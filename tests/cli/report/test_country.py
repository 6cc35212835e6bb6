"""A brief about a country, from the facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.facts.store import compiled
from clearband.impact.market import market_rows
from clearband.impact.places import jurisdictions_of, regions_of
from tests.cli.conftest import Clearband
from tests.cli.report.conftest import Filed, pages_of, squeezed, tables_of, texts_of

DAY = ("--on", "2026-11-24")


@pytest.mark.parametrize("country", ["US", "DE", "GB", "IN"])
def test_every_measure_of_the_country_is_there_with_its_force_and_dates(country: str, filed: Filed) -> None:
    tables = tables_of(filed("country", "--country", country, *DAY))
    homes = jurisdictions_of({"GB": "UK"}.get(country, country))
    held = {one["short_title"]: one for one in compiled().read("directives") if one["jurisdiction"] in homes}
    assert {row["measure"] for row in tables["measures"]} == held.keys()
    for row in tables["measures"]:
        measure = held[str(row["measure"])]
        assert row["force"] == measure["force"]
        assert row["verified"] == ("yes" if measure["verified"] else "no")
        for doubt in measure["unverified_parts"]:
            assert doubt in str(row["not verified, or disputed"])
    dates = [(row["day"], row["measure"]) for row in tables["dates"]]
    assert len(dates) == sum(len(one["timeline"]) for one in held.values())
    assert dates == sorted(dates)
    assert all(str(row["day"]) >= "2026-11-24"[: len(str(row["day"]))] for row in tables["days to come"])


def test_where_a_measure_stands_follows_the_day(filed: Filed) -> None:
    def standing(day: str) -> str | None:
        tables = tables_of(filed("country", "--country", "DE", "--on", day))
        return next(row["standing"] for row in tables["measures"] if row["measure"] == "Germany 5G contracts")

    assert standing("2024-07-10") == "from 2024-07-11"
    assert standing("2026-11-24") == "in force since 2024-07-11"
    made = filed("country", "--country", "DE", *DAY)
    assert ("2026-12-31", "core begins: prohibits") in {
        (row["day"], row["what"]) for row in tables_of(made)["days to come"]
    }
    assert made["title"] == "Country brief: Germany (DE)"


def test_shares_stand_with_year_region_and_source(filed: Filed) -> None:
    made = filed("country", "--country", "SE", *DAY)
    shares = tables_of(made)["shares"]
    assert shares
    assert all(row["year"] and row["region"] and row["source"] for row in shares)
    assert "No share is published here for SE itself: those below are of European Union" in " ".join(
        texts_of(made)
    )
    of_sources = {one["id"] for one in made["sources"]}
    assert {source for row in shares for source in str(row["source"]).split(", ")} <= of_sources
    studies = tables_of(made)["studies"]
    wanted = [
        row
        for row in (*market_rows("ban_costs"), *market_rows("price_gaps"))
        if row["region"] in regions_of("SE")
    ]
    assert len(studies) == len(wanted)
    assert all(row["paid by"] for row in studies)


def test_an_allegation_is_called_one(filed: Filed) -> None:
    made = filed("country", "--country", "US", *DAY)
    held = {one["summary"]: one for one in compiled().read("events")["events"]}
    rows = tables_of(made)["matters"]
    assert len(rows) > 10
    for row in rows:
        status = next(
            one["status"] for summary, one in held.items() if str(row["what is said"]).startswith(summary)
        )
        assert str(row["state of the matter"]).startswith(status.replace("-", " "))
        if status in ("allegation", "investigation", "charge"):
            assert str(row["state of the matter"]).endswith("(no finding)")
        assert row["the company's answer"]
    assert "not a finding of guilt" in " ".join(texts_of(made))


def test_a_country_without_measures_is_not_said_to_have_none(filed: Filed) -> None:
    made = filed("country", "--country", "BR", *DAY)
    words = " ".join(texts_of(made))
    assert "These facts hold no measure of BR. That does not say that there is none." in words
    assert "exposure is not known" in words


def test_a_run_is_told_under_the_measures_of_the_country_alone(filed: Filed, carrier: Path) -> None:
    tables = tables_of(filed("country", "--country", "US", "--run", carrier))
    assert {row["answer"] for row in tables["inventory"]} >= {"prohibited", "review"}
    assert not tables_of(filed("country", "--country", "DE", "--run", carrier))["inventory"]


def test_a_code_that_is_none_is_refused(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband("report", "country", "--country", "XX", "--out", tmp_path / "made.html")
    assert ended.status == 2
    assert "is no code of a country" in ended.one_line


def test_the_pdf_names_every_measure(clearband: Clearband, filed: Filed, tmp_path: Path) -> None:
    made = tables_of(filed("country", "--country", "US", *DAY))
    for form in ("pdf", "html"):
        assert (
            clearband("report", "country", "--country", "US", *DAY, "--out", tmp_path / f"made.{form}").status
            == 0
        )
    found = squeezed("".join(pages_of(tmp_path / "made.pdf")))
    for row in made["measures"]:
        assert squeezed(str(row["measure"])) in found
