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
    stated = _stated_names(row)
    lines = [_verdict(row)]
    if row["brand"]:
        lines.append(f"Brand on the box: {row['brand']}.")
    if row["category"]:
        lines.append(f"Category: {row['category']} (by {row['category_basis']}).")
    pieces = sorted(
        row["evidence"] or (), key=lambda piece: (-abs(piece["weight"]), piece["signal"], piece["maker"])
    )
    lines.extend(_piece(piece, register, stated) for piece in pieces)
    lines.extend(
        f"Mention in {mention['signal']}: {_name(mention['maker'], register, stated)} "
        f"in “{mention['text']}” - {mention['why']}."
        for mention in row["mentions"] or ()
    )
    if row["runner_up"]:
        lines.append(
            f"Next likely: {_name(row['runner_up'], register, stated)} ({row['runner_up_confidence']:.2f})."
        )
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


def _piece(piece: Mapping[str, Any], register: Register, stated: Mapping[str, str]) -> str:
    side = "for" if piece["weight"] >= 0 else "against"
    note = f"; {piece['note']}" if piece["note"] else ""
    return (
        f"{piece['weight']:+.1f} {side} {_name(piece['maker'], register, stated)}: "
        f"{piece['signal']} “{piece['value']}” - "
        f"{piece['rule']} (source: {piece['source']}{note})."
    )


def _stated_names(row: Mapping[str, Any]) -> dict[str, str]:
    """Makers by id, as the inventory writes them."""
    pieces = row["evidence"] or ()
    names = {
        piece["maker"]: piece["value"] for piece in pieces if piece["signal"] in ("manufacturer", "brand")
    }
    return names | ({row["maker"]: row["maker_name"]} if row["maker"] else {})


def _name(maker: str, register: Register, stated: Mapping[str, str]) -> str:
    organisation = register.organisations.get(maker)
    return organisation.name if organisation else stated.get(maker, maker)
