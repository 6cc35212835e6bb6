"""Worksheet for the representations of FAR 52.204-24: what the data says of each, and the disclosures asked.

No representation is chosen here. While a record is open, or an input was not read, "does not" is not what the
data says, and the worksheet tells what would decide.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.directives.equipment_classes import EquipmentClasses
from clearband.directives.truth import TRUE
from clearband.facts.store import compiled
from clearband.reports.filings.form import Block, Filing, Line, Lines, Said, Section
from clearband.reports.filings.left_over import not_reached, open_records
from clearband.reports.filings.record_table import (
    BRAND,
    FROM,
    MAKER,
    MODEL,
    PART,
    QUANTITY,
    RECORD,
    SITE,
    Shown,
    item_description,
    purpose,
    record_table,
)
from clearband.reports.filings.remarks import remarks
from clearband.reports.filings.screened import Screened
from clearband.reports.filings.section_889_choices import providing, using
from clearband.reports.filings.section_889_law import limbs, sources, together
from clearband.reports.filings.sorted_out import State, of_state

_FOUND: Final = (State.COVERED, State.EXEMPT, State.LATER)


def section_889(screened: Screened) -> Filing:
    """The worksheet.

    Raises:
        UsageError: The run did not ask for a federal contractor.
    """
    provide, use = limbs(screened)
    both = together(provide, use)
    return Filing(
        kind="section-889",
        title="Section 889: worksheet for the representations of FAR 52.204-24",
        subtitle="What an inventory says of covered telecommunications equipment or services",
        on=screened.on,
        rests_on=screened.rests_on(),
        sections=(
            _about(screened),
            Section(title="Representations", cite="FAR 52.204-24(d)", blocks=(
                providing(provide, screened), using(use, screened)
            )),
            _disclosures(both),
            open_records(both),
            not_reached(both, "section 889"),
            remarks(screened),
        ),
        sources=sources(),
    )  # fmt: skip


def _about(screened: Screened) -> Section:
    return Section(
        title="What this is",
        blocks=(
            Said(
                text="A worksheet for the provision FAR 52.204-24, made of one inventory. The offeror "
                "represents, after a reasonable inquiry, and nobody else does: nothing here is a "
                "representation. Paragraph (d)(1) is not completed where the offeror has represented in "
                "52.204-26(c)(1) or 52.212-3(v)(2)(i) that it does not provide any, and (d)(2) where it has "
                "represented in (c)(2) or (v)(2)(ii) that it does not use any. Compare with the provision of "
                "your solicitation.",
                sources=("FAR 52.204-24 (Nov 2021)", "FAR 52.204-26 (Oct 2020)"),
            ),
            Said(
                text="Where an agency has issued a class deviation, 52.240-90 and 52.240-91 stand in the "
                "place of this provision and clause: look into the solicitation.",
                sources=("far-52-204-24-25-26",),
            ),
            Lines(
                title="Offeror and solicitation",
                lines=(
                    Line(label="Legal name of the offeror", needed="fill in; the name of a profile is not "
                    "taken for it"),
                    Line(label="Unique entity identifier", needed="fill in"),
                    Line(label="CAGE code", needed="fill in"),
                    Line(label="Solicitation or contract number", needed="fill in"),
                    Line(
                        label="SAM searched for entities excluded for covered equipment or services",
                        cite="52.204-24(c)",
                        needed="search, and note the day; no such search is in the data",
                    ),
                    Line(
                        label="Inventory",
                        value="; ".join(one["file"] for one in screened.run.record["inputs"]) or None,
                        basis="the run",
                    ),
                    Line(label="Law asked as of", value=screened.on.isoformat(), basis="the run"),
                    Line(
                        label="Services, leased equipment, equipment of others on the premises",
                        needed="whether the inventory holds them all; the data does not say",
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def _is_service() -> pl.Expr:
    """Records that are a service."""
    classes = EquipmentClasses.from_facts(compiled().read("equipment"))
    return pl.col("category").map_batches(
        lambda values: values.is_in(
            [one for one in values.drop_nulls().unique() if classes.membership(one, "services") == TRUE]
        ).fill_null(value=False),
        return_dtype=pl.Boolean,
    )


def _disclosures(both: pl.DataFrame) -> Section:
    found, law = _numbered(of_state(both, *_FOUND))
    service = _is_service()
    return Section(
        title="Disclosures",
        cite="FAR 52.204-24(e)",
        wide=True,
        blocks=(
            Said(
                text="As part of the offer, for what is provided (e)(1) and for what is used (e)(2). A "
                "shaded column is empty because the data does not say it.",
                sources=("FAR 52.204-24 (Nov 2021)",),
            ),
            record_table(
                found.filter(~service),
                (
                    RECORD,
                    FROM,
                    Shown("entity that produced it", "maker_name", 1.6),
                    Shown("its UEI", None, 0.8),
                    Shown("its CAGE code", None, 0.8),
                    Shown("OEM or distributor", None, 1, choices=("OEM", "distributor", "not known")),
                    BRAND,
                    MODEL,
                    PART,
                    Shown("item description", item_description(), 1.4),
                    QUANTITY,
                    SITE,
                    Shown("purpose stated", purpose(), 1.1),
                    Shown("provide (d)(1)", "provide", 1.1),
                    Shown("use (d)(2)", "use", 1.1),
                    Shown("law", "law number", 0.4),
                    Shown("proposed use, and factors", None, 1.4),
                ),
                title="Covered equipment: (e)(1)(i) and (e)(2)(i)",
                short="equipment",
                empty="No equipment in the inventory is covered for certain; open records follow.",
                note="Asked: the entity that produced it (name, unique entity identifier, CAGE code, OEM or "
                "distributor, if known); brand, model number (OEM number, manufacturer part number or "
                "wholesaler number) and item description; the proposed use, and factors that bear on "
                "whether it is permitted. The maker of the record stands as the entity that produced it.",
            ),
            record_table(
                found.filter(service),
                (
                    RECORD,
                    FROM,
                    MAKER,
                    Shown("service", item_description(), 1.6),
                    Shown("if maintenance: brand, model, item maintained", None, 1.6),
                    Shown("if not: Product Service Code", None, 1),
                    SITE,
                    Shown("provide (d)(1)", "provide", 1.1),
                    Shown("use (d)(2)", "use", 1.1),
                    Shown("law", "law number", 0.4),
                    Shown("if not: proposed use, and factors", None, 1.6),
                ),
                title="Covered services: (e)(1)(ii) and (e)(2)(ii)",
                short="services",
                empty="No service in the inventory is covered for certain. Inventories of equipment hold "
                "few services.",
                note="Asked of maintenance: the service, with brand, model number and description of the "
                "item maintained. Asked of any other: the Product Service Code, the proposed use, and "
                "factors that bear on whether it is permitted. Whose service it is is not asked, and "
                "the maker of a record is not always who provides it.",
            ),
            *_factors(law),
        ),
    )  # fmt: skip


def _numbered(found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records with the number of the law that reaches them, and that law, once for all that share it."""
    shared = ("law", "factors")
    found = found.with_columns(pl.col(name).list.join("; ") for name in shared)
    law = (
        found.filter(pl.col("law").str.len_chars() > 0)
        .group_by(shared, maintain_order=True)
        .agg(pl.len().alias("records"))
        .with_row_index("law number", offset=1)
    )
    numbers = law.select("law number", *shared)
    return found.join(numbers, on=shared, how="left", nulls_equal=True, maintain_order="left"), law


def _factors(law: pl.DataFrame) -> list[Block]:
    if law.is_empty():
        return []
    table = record_table(
        law,
        (
            Shown("law", "law number", 0.3),
            Shown("which", "law", 2),
            Shown(
                "what bears on it: exceptions and conditions",
                pl.when(pl.col("factors") != "").then("factors"),
                4,
            ),
            Shown("records", "records", 0.5, number=True),
        ),
        title="Law, and factors that bear on whether the use is permitted",
        short="law and factors",
        empty="",
    )
    return [table]
