"""A verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearband.register import Register


def explain_record(row: Mapping[str, Any], register: Register) -> list[str]:
    """All that led to one record's verdict, a line each.

    Args:
        row: One row of `identify`'s table, as a mapping.
    """
    lines = [_verdict(row)]
    if row["brand"]:
        lines.append(f"Brand on the box: {row['brand']}.")
    if row["category"]:
        lines.append(f"Category: {row['category']} (by {row['category_basis']}).")
    pieces = sorted(
        row["evidence"] or (), key=lambda piece: (-abs(piece["weight"]), piece["signal"], piece["maker"])
    )
    lines.extend(_piece(piece, register) for piece in pieces)
    lines.extend(
        f"Mention in {mention['signal']}: {_name(mention['maker'], register)} in “{mention['text']}” - "
        f"{mention['why']}."
        for mention in row["mentions"] or ()
    )
    if row["runner_up"]:
        lines.append(f"Next likely: {_name(row['runner_up'], register)} ({row['runner_up_confidence']:.2f}).")
    if row["contradiction"]:
        lines.append("The signals contradict each other.")
    if row["would_help"]:
        lines.append(f"Would help: {row['would_help']}.")
    return lines


def _verdict(row: Mapping[str, Any]) -> str:
    if row["maker"] is None:
        return "Unidentified: the signals do not tell the maker."
    known = "in the register" if row["maker_status"] == "identified" else "not in the register"
    return f"Made by {row['maker_name']} ({row['maker']}, {known}), confidence {row['confidence']:.2f}."


def _piece(piece: Mapping[str, Any], register: Register) -> str:
    side = "for" if piece["weight"] >= 0 else "against"
    note = f"; {piece['note']}" if piece["note"] else ""
    return (
        f"{piece['weight']:+.1f} {side} {_name(piece['maker'], register)}: "
        f"{piece['signal']} “{piece['value']}” - "
        f"{piece['rule']} (source: {piece['source']}{note})."
    )


def _name(maker: str, register: Register) -> str:
    organisation = register.organisations.get(maker)
    return organisation.name if organisation else maker
