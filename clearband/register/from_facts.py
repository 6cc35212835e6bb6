"""Organisations out of the compiled facts."""

from __future__ import annotations

from typing import Any

from clearband.model.fingerprint import Fingerprint
from clearband.model.organisation import (
    Alias,
    ControlLink,
    Designation,
    ModelFamily,
    Organisation,
    WhiteLabel,
)


def read_organisation(raw: dict[str, Any]) -> Organisation:
    """One organisation, from its entry in the facts."""
    return Organisation(
        id=raw["id"],
        name=raw["name"],
        group=raw["group"],
        country=raw.get("country"),
        country_verified=raw.get("country_verified", False),
        makes=tuple(raw.get("makes", ())),
        legal_names=tuple(raw["legal_names"]),
        aliases=tuple(
            Alias(
                alias["text"],
                alias["kind"],
                alias["verified"],
                alias.get("source"),
                alias.get("lang"),
                alias.get("ambiguous", False),
                alias.get("to"),
                alias.get("note"),
            )
            for alias in raw.get("aliases", ())
        ),
        oui_names=tuple(name["name"] for name in raw.get("oui_org_names", ())),
        designations=tuple(read_designation(entry) for entry in raw.get("designations", ())),
        model_families=tuple(
            ModelFamily(
                family["pattern"],
                family["kind"],
                family["family"],
                family["distinctive"],
                family["verified"],
                family.get("source"),
                family.get("category"),
                family.get("example"),
                family.get("note"),
                family.get("yields", False),
                family.get("read_in", "anywhere"),
                family.get("counter_example"),
                family.get("sure_as"),
            )
            for family in raw.get("model_families", ())
        ),
        white_label=tuple(
            WhiteLabel(
                label["brand"],
                label["relation"],
                label["verified"],
                label.get("source", ""),
                label.get("brand_id"),
                label.get("as_of"),
                label.get("note"),
                label.get("confidence"),
                tuple(label.get("products", ())),
            )
            for label in raw.get("white_label", ())
        ),
        notes=tuple(raw.get("notes", ())),
        sells_for=raw["sells_for"]["maker"] if "sells_for" in raw else None,
    )


def read_designation(raw: dict[str, Any]) -> Designation:
    """One place on a list."""
    return Designation(
        list_id=raw["list"],
        name_on_list=raw["name_on_list"],
        verified=raw["verified"],
        source=raw.get("source", ""),
        begins=raw.get("from"),
        ends=raw.get("to"),
        editions=tuple(raw.get("editions", ())),
        scope=raw.get("scope"),
        listed_under=raw.get("listed_under"),
    )


def read_link(owned: str, raw: dict[str, Any]) -> ControlLink:
    """One ownership link of the organisation ``owned``."""
    return ControlLink(
        owner=raw["owner"],
        owned=owned,
        kind=raw["kind"],
        relation=raw["relation"],
        verified=raw["verified"],
        source=raw.get("source"),
        share_pct=raw.get("share_pct"),
        begins=raw.get("from"),
        ends=raw.get("to"),
        known_from=raw.get("known_from"),
        note=raw.get("note"),
        end_known_from=raw.get("end_known_from"),
        share_verified=raw.get("share_verified", True),
    )


def read_fingerprint(raw: dict[str, Any]) -> Fingerprint:
    """One rule for what devices say of themselves."""
    return Fingerprint(
        id=raw["id"],
        fields=tuple(raw["fields"]),
        pattern=raw["pattern"],
        words=tuple(raw["words"]),
        strength=raw["strength"],
        maker=raw.get("maker"),
        brand=raw.get("brand"),
        product=raw.get("product"),
        category=raw.get("category"),
        unless=raw.get("unless"),
        model=raw.get("model"),
        version=raw.get("version"),
        serial=raw.get("serial"),
        case=raw["case"],
        source=raw.get("source"),
        note=raw.get("note"),
    )
