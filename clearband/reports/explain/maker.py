"""From the signals of a record to its maker and its kind, in words."""

from __future__ import annotations

from typing import Final

from clearband.reports.explain.step import Lines, Row, shown
from clearband.reports.plain_text import count, visible
from clearband.reports.strength import percent, strength
from clearband.reports.vocabulary import category_title, signal_words

_TEXT_SIGNALS: Final = (
    "manufacturer", "brand", "model", "part_number", "description", "sys_object_id", "sys_descr", "sys_name",
    "fcc_id", "cpe", "purl", "hw_version", "firmware",
)  # fmt: skip
_BESIDE: Final = {
    "serial": "serial number",
    "category": "kind",
    "site": "site",
    "purpose": "purpose",
    "made_in": "country of production",
}
"""What else sources say that may differ."""
_NO_SIGNAL: Final = "no signal of its maker: neither a name nor a model, address, identifier or banner"


def what_was_read(row: Row) -> Lines:
    """The source, the signals, and the cells that could not be read."""
    source = shown(row, "source", 120) or "an unnamed source"
    lines: Lines = [(0, f"Record {shown(row, 'record_id', 120)}, from {source}")]
    if row["parent_id"]:
        lines.append((0, f"It is a part of {shown(row, 'parent_id', 120)}"))
    if row.get("merged_from"):
        lines += _of_each_source(row)
    else:
        lines += [(1, signal) for signal in _signals(row)] or [(1, _NO_SIGNAL)]
    lines += [(0, f"Kept apart: {visible(reason, 600)}") for reason in row.get("kept_apart") or ()]
    for cell in row["invalid"] or ():
        value = f"{shown(cell, 'column', 80)} “{shown(cell, 'value', 120)}”"
        lines.append((0, f"Not readable: {value} {shown(cell, 'problem')}"))
    return lines


def _of_each_source(row: Row) -> Lines:
    """What each source says of a record that several told of; all of it is heard."""
    seen = count(len(row["merged_from"]), "source")
    lines: Lines = [(0, f"Seen by {seen}, and one record: {shown(row, 'merged_because', 700)}")]
    for said in row["merged_from"]:
        lines.append((0, f"{shown(said, 'source', 120)} says, as record {shown(said, 'record_id', 120)}"))
        told = [
            *_signals(said),
            *(f"{word}: {shown(said, name)}" for name, word in _BESIDE.items() if said[name]),
        ]
        lines += [(1, one) for one in told] or [(1, _NO_SIGNAL)]
    return lines


def _signals(row: Row) -> list[str]:
    signals = [f"{signal_words(name)}: {shown(row, name)}" for name in _TEXT_SIGNALS if row[name]]
    if row["macs"]:
        signals.append(f"MAC addresses: {visible(', '.join(row['macs']), 300)}")
    for part in row["ent_physical"] or ():
        stated = " ".join(shown(part, key, 80) for key in ("mfg", "model", "descr") if part[key])
        signals.append(f"ENTITY-MIB: {stated}")
    signals += [
        f"banner ({shown(banner, 'protocol', 20)}): {shown(banner, 'text')}"
        for banner in row["banners"] or ()
    ]
    return signals


def what_signals_say(row: Row) -> Lines:
    """The evidence, heaviest first: value, rule, maker, weight and the source of the fact."""
    pieces = sorted(row["evidence"] or (), key=lambda piece: -abs(piece["weight"] or 0))
    return [(0, _piece(piece)) for piece in pieces] or [(0, "No signal speaks for a maker.")]


def _piece(piece: Row) -> str:
    signal = f"{signal_words(piece['signal'])} “{shown(piece, 'value', 160)}”"
    maker = shown(piece, "maker", 80) or "any maker"
    text = f"{signal} {strength(piece['weight'])} {maker}: {shown(piece, 'rule', 160)}"
    if piece["note"]:
        text += f"; {shown(piece, 'note')}"
    weight = f"weight {piece['weight']:+.1f}" if piece["weight"] is not None else "no weight"
    source = f"source {shown(piece, 'source', 120)}" if piece["source"] else "no source named"
    return f"{text} ({weight}, {source})"


def what_was_not_evidence(row: Row) -> Lines:
    """Mentions, addresses that name nobody, and neighbours."""
    lines: Lines = []
    for mention in row["mentions"] or ():
        named = f"{shown(mention, 'maker', 80)} is named in {signal_words(mention['signal'])}"
        lines.append((0, f"{named} “{shown(mention, 'text', 160)}”: {shown(mention, 'why')}"))
    for mac in row["macs"] or ():
        if why := _silent(mac):
            lines.append((0, f"MAC address {visible(mac, 40)}: {why}"))
    if row["neighbors"]:
        neighbors = count(len(row["neighbors"]), "neighbour")
        lines.append((0, f"{neighbors}: what they are says nothing of this device"))
    return lines or [(0, "Nothing was set aside.")]


def _silent(mac: str) -> str | None:
    """Why a MAC address says nothing of a maker, when that is so."""
    # Loaded late: only a record with addresses needs it.
    from clearband.identify.mac_addresses import why_no_evidence

    return why_no_evidence(mac)


def who_made_it(row: Row) -> Lines:
    """The verdict with its confidence and the runner-up."""
    lines = _named(row) if row["maker"] else _not_named(row)
    if row["brand"]:
        lines.append((0, f"Brand on the box: {shown(row, 'brand', 80)}"))
    if row["contradiction"]:
        lines.append((0, "The signals contradict each other, which lowers the confidence: look at the item."))
    if row["would_help"]:
        lines.append((0, f"Would help most: {shown(row, 'would_help')}"))
    return lines


def _runner_up(row: Row) -> str:
    confidence = percent(row["runner_up_confidence"])
    return shown(row, "runner_up", 80) + (f" ({confidence})" if confidence else "")


def _named(row: Row) -> Lines:
    name = shown(row, "maker_name", 160) or shown(row, "maker", 80)
    lines: Lines = [(0, f"{name} ({shown(row, 'maker', 80)}), confidence {percent(row['confidence'])}")]
    if row["maker_status"] == "named":
        lines.append(
            (0, "The register does not know this maker: nobody has checked who owns it or makes for it.")
        )
    if row["runner_up"]:
        lines.append((0, f"Runner-up: {_runner_up(row)}"))
    return lines


def _not_named(row: Row) -> Lines:
    lines: Lines = [(0, "Unidentified: the signals do not tell the maker. The record is not cleared.")]
    if row["runner_up"]:
        lines.append((0, f"Most likely, below the threshold: {_runner_up(row)}"))
    return lines


def what_it_is(row: Row) -> Lines:
    """Category with its basis, purpose and country of production."""
    category = shown(row, "category", 80)
    basis = f", known from: {shown(row, 'category_basis', 80)}" if row["category_basis"] else ""
    return [
        (0, f"Category: {category_title(category) + basis if category else 'not known'}"),
        (0, f"Purpose: {shown(row, 'purpose', 120) or 'not stated'}"),
        (0, f"Country of production: {shown(row, 'made_in', 40) or 'not stated'}"),
    ]
