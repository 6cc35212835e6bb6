"""The first page of an evidence pack: what is in it, what it rests on, how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from clearband.reports.filings.evidence.manifest import PackedFile
from clearband.reports.filings.form import CitedSource, Column, Filing, Line, Lines, Said, Section, Table
from clearband.reports.filings.screened import Screened
from clearband.reports.plain_text import count

HOW: Final = (
    "Unpack the archive into an empty folder.",
    (
        "In that folder run: sha256sum --check SHA256SUMS. Every line must end with OK. A file that "
        "SHA256SUMS does not name, but for SHA256SUMS itself, is no part of this pack."
    ),
    (
        "Compare the SHA-256 of SHA256SUMS, or of the archive, with the one that you were given by another "
        "way: who can change a file can change the list of hashes too."
    ),
    "The hashes of the files in run/ stand in run/run.json under outputs as well, as the run wrote them.",
    (
        "To make the run again: install the version of Clearband named below, with facts of the hash named "
        "below (clearband data status prints it), take input files of the hashes in run/run.json, and "
        "screen with the settings there. The same inputs, facts and settings give the same bytes, but for "
        "created in run.json, which SOURCE_DATE_EPOCH fixes."
    ),
    (
        "Read the clauses (facts/clauses.json, and in index.html) in their sources; what is marked not "
        "verified was not read there by who wrote the facts."
    ),
)


def index(
    screened: Screened,
    files: Sequence[PackedFile],
    clauses: Sequence[Mapping[str, Any]],
    sources: Sequence[CitedSource],
    left_out: Sequence[str],
) -> Filing:
    """The first page."""
    record = screened.run.record
    blocks = [
        Said(
            text=f"A run of Clearband over {count(screened.summary['records'], 'record')}, as it was "
            f"written, with what it rested "
            "on. The hash of each of its files was compared with run.json when this pack was made."
        ),
        Lines(
            title="The run",
            lines=(
                Line(label="Law asked as of", value=screened.on.isoformat(), basis="run.json"),
                Line(
                    label="With what was known on",
                    value=record["settings"].get("known_on"),
                    basis="run.json",
                    needed="nothing: no other day was named, so all that the facts hold was used",
                ),
                Line(label="Made on", value=record.get("created"), basis="run.json", needed="not recorded"),
                Line(label="Asked for", value=_named(record, "actors_asked"), basis="run.json"),
                Line(label="Actions", value=_named(record, "actions_asked"), basis="run.json"),
            ),
        ),
    ]  # fmt: skip
    if left_out:
        blocks.append(
            Said(text=f"Not packed, because the run did not write it: {', '.join(left_out)}.", tone="open")
        )
    return Filing(
        kind="evidence",
        title="Evidence pack: a screening and what it rests on",
        on=screened.on,
        rests_on=screened.rests_on(),
        sections=(
            Section(title="What this is", blocks=tuple(blocks)),
            Section(
                title="How to check it",
                blocks=tuple(Said(text=f"{at}. {one}") for at, one in enumerate(HOW, 1)),
            ),
            Section(title="Inputs", blocks=(_inputs(record),)),
            Section(title="Files", blocks=(_files(files),)),
            Section(title="Clauses relied on", wide=True, blocks=(_clauses(clauses),)),
        ),
        sources=tuple(sources),
    )


def _named(record: Mapping[str, Any], what: str) -> str | None:
    return ", ".join(record["settings"][what]) or None


def _inputs(record: Mapping[str, Any]) -> Table:
    rows = [
        (one["file"], one["sha256"], None if one.get("bytes") is None else f"{one['bytes']:,}")
        for one in record["inputs"]
    ]
    rows += [(f"{one['file']} (own directives)", one["sha256"], None) for one in record.get("own_facts", ())]
    return Table(
        title="",
        columns=(
            Column(title="file", width=2),
            Column(title="SHA-256", width=3),
            Column(title="bytes", number=True),
        ),
        rows=tuple(rows),
        empty="run.json names no input.",
        note="The inputs themselves are not in this pack: equipment.parquet holds what was read of them.",
        short="inputs",
    )


def _files(files: Sequence[PackedFile]) -> Table:
    return Table(
        title="",
        columns=(
            Column(title="file", width=1.6),
            Column(title="what it is", width=2.2),
            Column(title="bytes", number=True),
            Column(title="SHA-256", width=3),
        ),
        rows=tuple((one.path, one.what, f"{one.bytes:,}", one.sha256) for one in files),
        note="With index.html, index.json, manifest.json and SHA256SUMS, whose hashes stand in "
        "manifest.json and SHA256SUMS.",
        short="files",
    )


def _clauses(clauses: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        title="",
        columns=(
            Column(title="measure", width=1.6),
            Column(title="clause", width=1.2),
            Column(title="place", width=1.4),
            Column(title="says", width=3),
            Column(title="since"),
            Column(title="records by answer", width=1.4),
            Column(title="text at", width=2.4),
            Column(title="verified"),
        ),
        rows=tuple(
            (
                one["title"], one["clause"], one["cite"], one["says"], one["since"],
                ", ".join(f"{answer} {number:,}" for answer, number in one["answers"].items()),
                "; ".join(source["url"] for source in one["sources"]) or None,
                "own directive, not law" if one["own"] else "yes" if one["verified"] else "no",
            )
            for one in clauses
        ),
        empty="No clause reached a record.",
        short="clauses",
    )  # fmt: skip
