"""Worksheet for a request to the reimbursement programme (47 CFR 1.50004; FCC Form 5640)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from clearband.errors import UsageError
from clearband.facts.store import compiled, content_hash
from clearband.planning.network.begin.roles import ROLE_OF
from clearband.planning.prices import Prices
from clearband.planning.programme import us_reimbursement
from clearband.reports.filings.cost_lines import catalogue
from clearband.reports.filings.form import Block, CitedSource, Filing, Line, Lines, RestsOn, Said, Section
from clearband.reports.filings.left_over import excepted, open_records
from clearband.reports.filings.plan_lines import PlanLines
from clearband.reports.filings.programme_lines import rules, window
from clearband.reports.filings.record_table import (
    FROM,
    MAKER,
    MODEL,
    QUANTITY,
    RECORD,
    SITE,
    Shown,
    category,
    record_table,
)
from clearband.reports.filings.remarks import remarks
from clearband.reports.filings.screened import Screened, cited_measures
from clearband.reports.filings.sorted_out import State, of_state, sorted_out, units
from clearband.reports.plain_text import count
from clearband.reports.sources import packaged_sources

ACTOR: Final = "advanced-communications-provider"
MEASURE: Final = "us-fcc-reimbursement-program"
_CLAUSE: Final = "removal"
_ACTIONS: Final = ("remove", "use", "report")
_FORM: Final = CitedSource(
    id="FCC Form 5640",
    what="application request for funding allocation (part C) and claim request (part G), OMB 3060-1270: the "
    "fields about the applicant were read, the later ones were not",
    url="https://docs.fcc.gov/public/attachments/DA-21-947A2.txt",
)


def reimbursement(screened: Screened | None, plan: PlanLines | None, prices: Prices, on: date) -> Filing:
    """The worksheet.

    Args:
        screened: The run, if there is one.
        plan: What a plan spends, if there is one.
        prices: The catalogue, with the user's own prices before it.
        on: The day that it is about.

    Raises:
        UsageError: There is neither run nor plan, or the run did not ask for a provider.
    """
    if screened is None and plan is None:
        raise UsageError(
            "neither a run nor a plan is named", remedy="add --run DIR, or --plan DIR --network NET"
        )
    records = _records(screened) if screened else None
    covered = of_state(records, State.COVERED) if records is not None else None
    sections = [_about(on, screened), rules(), _applicant()]
    if records is not None and covered is not None and screened is not None:
        sections.append(_equipment(covered))
    sections.append(catalogue(prices, _units_by_role(covered)))
    if plan is not None:
        sections.append(plan.section())
    if records is not None and screened is not None:
        sections += [excepted(records), open_records(records), remarks(screened)]
    return Filing(
        kind="reimbursement",
        title="Reimbursement programme: worksheet for a request",
        subtitle="Removal, replacement and disposal of equipment and services of Huawei and ZTE",
        on=on,
        rests_on=_rests_on(screened, plan),
        sections=tuple(sections),
        sources=(_FORM, *cited_measures((MEASURE,)), *_published(prices)),
    )


def _rests_on(screened: Screened | None, plan: PlanLines | None) -> RestsOn:
    from clearband import __version__

    sha256 = plan.sha256 if plan else None
    if screened is not None:
        return screened.rests_on(sha256)
    return RestsOn(clearband=__version__, facts_sha256=content_hash(), plan_sha256=sha256)


def _records(screened: Screened) -> pl.DataFrame:
    asked = screened.asks(ACTOR, _ACTIONS)
    if not asked:
        raise UsageError(
            "the run did not ask the law for a provider of advanced communications service",
            where=str(screened.folder),
            remedy=f"screen with --as {ACTOR} --action use --action remove",
        )
    measure = next(one for one in compiled().read("directives") if one["id"] == MEASURE)
    participates = next(one["asks"] for one in measure["clauses"] if one["id"] == _CLAUSE)
    records = sorted_out(screened, (MEASURE,), ACTOR, asked, sure=pl.col("question") == participates)
    last = date.fromisoformat(_rule("covered")["day"])
    obtained = pl.col("acquired_on")
    return records.with_columns(
        pl.when(obtained <= last)
        .then(pl.lit("yes"))
        .when(obtained > last)
        .then(pl.lit("no"))
        .alias("in time"),
        pl.col("category").replace_strict(ROLE_OF, default=None, return_dtype=pl.String).alias("role"),
    )


def _rule(name: str) -> Mapping[str, Any]:
    held: Mapping[str, Any] = next(one for one in us_reimbursement().raw["rules"] if one["id"] == name)
    return held


def _units_by_role(covered: pl.DataFrame | None) -> dict[str, int]:
    if covered is None:
        return {}
    counted = covered.drop_nulls("role").group_by("role").agg(pl.col("quantity").fill_null(0).sum())
    return dict(counted.iter_rows())


def _about(on: date, screened: Screened | None) -> Section:
    blocks: list[Block] = [
        Said(
            text="A worksheet for FCC Form 5640, made of what an inventory, a plan and the facts say. It is "
            "filed in "
            "the FCC's portal by the applicant. No cost is estimated here: the catalogue's ranges stand "
            "beside the units "
            "that the data holds, and the estimate is the applicant's.",
            sources=("FCC Form 5640",),
        ),
        Said(text=window(on), tone="open", sources=("us-reimbursement",)),
    ]
    if screened is not None and screened.summary["records"] == 0:
        blocks.append(Said(text="The inputs hold no record: nothing was screened.", tone="open"))
    return Section(title="What this is", wide=True, blocks=tuple(blocks))


def _applicant() -> Section:
    labels = (
        ("FCC Registration Number (FRN)", "Form 5640, 1"),
        ("Name of the applicant", "Form 5640, 2"),
        ("Address, telephone", "Form 5640, 3"),
        ("CAGE code", "Form 5640, 4"),
        ("DUNS number or unique entity identifier", "Form 5640, 5"),
    )
    lines = [Line(label=label, cite=cite, needed="fill in") for label, cite in labels]
    lines += [
        Line(
            label="Number of customers", needed="it decides whether the programme is open, and the priority"
        ),
        Line(
            label="Approved application, and its amount", needed="a claim is made on one; the data holds none"
        ),
        Line(
            label="First payment, and the end of the term for the work",
            needed="the term runs for each application",
        ),
    ]
    return Section(title="Applicant", wide=True, blocks=(Lines(title="Left empty here", lines=tuple(lines)),))


def _equipment(covered: pl.DataFrame) -> Section:
    sure = count(covered.height, "record is", "records are")
    told = f"{sure} of Huawei or ZTE for certain ({units(covered)})."
    table = record_table(
        covered,
        (
            RECORD,
            FROM,
            MAKER,
            MODEL,
            Shown("serial", "serial", 1.1),
            Shown("type", category(), 1.2),
            SITE,
            QUANTITY,
            Shown("obtained", "acquired_on", 1),
            Shown("by the last day", "in time", 0.7),
            Shown("role in a network", "role", 0.8),
            Shown("replaced by", None, 1.1),
            Shown("removed on", None, 0.8),
            Shown("disposed of on, and proof", None, 1.1),
        ),
        title="Equipment and services to be removed, replaced and disposed of",
        short="equipment",
        empty="No record is of Huawei or ZTE for certain; open records follow.",
        note=f"The programme is for what was obtained by {_rule('covered')['day']}. Participation decides "
        f"whether removal "
        "is owed.",
    )
    blocks: list[Block] = [Said(text=told), table]
    if unknown := covered.filter(pl.col("in time").is_null()).height:
        blocks.insert(
            1, Said(text=f"For {unknown:,} the data does not say when it was obtained.", tone="open")
        )
    return Section(title="Equipment", cite="47 CFR 1.50004", wide=True, blocks=tuple(blocks))


def _published(prices: Prices) -> tuple[CitedSource, ...]:
    """Sources of the programme's rules and of the prices shown."""
    held = packaged_sources()
    ids = {one for rule in us_reimbursement().raw["rules"] for one in rule["sources"]}
    ids |= {one for role in prices.roles for price in prices.candidates(role) for one in price.sources}
    return tuple(
        CitedSource(
            id=one,
            what=held[one]["what"],
            url=held[one].get("url"),
            verified=held[one].get("read") is not False,
        )
        for one in sorted(ids)
        if one in held
    )
