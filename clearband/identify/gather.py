"""Read every signal of an equipment table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from clearband.identify import weights
from clearband.identify.bags import BAG, bag_signal
from clearband.identify.entity_rows import read_entity_rows
from clearband.identify.families import FamilyHit, family_index, user_agent_index
from clearband.identify.fingerprints import match_fingerprints
from clearband.identify.free_text import (
    model_like_part,
    observe_description,
    observe_self_description,
)
from clearband.identify.identifiers import observe_chassis, observe_cpe, observe_enterprise, observe_fcc_id
from clearband.identify.mac_addresses import observe_registrants
from clearband.identify.mac_columns import address_bags
from clearband.identify.mentions import mentions_in
from clearband.identify.model_forms import number_forms
from clearband.identify.model_text import model_number_forms, observe_combined, observe_model
from clearband.identify.observation import NOTHING, Observation
from clearband.identify.signal_columns import SignalColumn, ids_of, numbered_values, text_signal
from clearband.identify.stated import observe_stated
from clearband.identify.user_agents import PROTOCOLS, observe_user_agent, read_user_agent
from clearband.model.equipment import EXTRA_PREFIX
from clearband.model.fingerprint import ENT_PHYSICAL, FIRMWARE, SYS_DESCR
from clearband.register import Register

_MOST_VALUES = 20_000
"""A column that was not understood is looked at for makers' names up to so many distinct values."""
_MENTION_COLUMNS = ("notes", "owner", "site", "network", "sys_name")


def gather_signals(equipment: pl.DataFrame, register: Register) -> list[SignalColumn]:
    """All signals of a table, each read once a distinct value.

    Args:
        equipment: The equipment table (`clearband.model.equipment.EQUIPMENT_SCHEMA`).
    """
    return [
        *_names(equipment, register),
        _addresses(equipment["macs"], register),
        _each("sys_object_id", equipment, lambda text: observe_enterprise(text, register)),
        _self_description("sys_descr", SYS_DESCR, equipment["sys_descr"], register),
        *_chassis(equipment["ent_physical"], register),
        _banners(equipment["banners"], register),
        _self_description("firmware", FIRMWARE, equipment["firmware"], register),
        _each("fcc_id", equipment, lambda text: observe_fcc_id(text, register)),
        _each("cpe", equipment, lambda text: observe_cpe(text, register)),
    ]


def gather_mentions(equipment: pl.DataFrame, register: Register) -> list[SignalColumn]:
    """The makers named where a name is no evidence."""

    def read(name: str) -> SignalColumn:
        return _each(name, equipment, partial(_observe_mentions, name, register))

    maker = equipment["manufacturer"].str.to_lowercase()
    signals = [read(name) for name in _MENTION_COLUMNS]
    # A second maker's column that says the same, or was taken for the blank, tells nothing new.
    signals += [
        read(name).only_where(equipment[name].str.to_lowercase().ne_missing(maker))
        for name in _unread_columns(equipment)
    ]
    parts = bag_signal(
        "ent_physical",
        read_entity_rows(equipment["ent_physical"]).parts,
        lambda texts: [_observe_mentions("ent_physical", register, text) for text in texts],
    )
    return [*signals, parts, _neighbors(equipment["neighbors"], register)]


def _unread_columns(equipment: pl.DataFrame) -> list[str]:
    """Columns that were kept and not understood; one of nearly unique values (serials) names no makers."""
    return [
        name
        for name, kind in equipment.schema.items()
        if name.startswith(EXTRA_PREFIX) and kind == pl.String and equipment[name].n_unique() <= _MOST_VALUES
    ]


def _observe_mentions(name: str, register: Register, text: str) -> Observation:
    return Observation((), mentions_in(name, text, register))


def _each(name: str, equipment: pl.DataFrame, observe: Callable[[str], Observation]) -> SignalColumn:
    return _observed(name, equipment[name], observe)


def _observed(name: str, column: pl.Series, observe: Callable[[str], Observation]) -> SignalColumn:
    return text_signal(name, column, lambda texts: map(observe, texts))


def _names(equipment: pl.DataFrame, register: Register) -> list[SignalColumn]:
    manufacturer = _each(
        "manufacturer", equipment, lambda text: observe_stated("manufacturer", text, register)
    )
    brand = _each("brand", equipment, lambda text: observe_stated("brand", text, register))
    beside = SignalColumn("brand", brand.ids, tuple(map(_as_second_name, brand.observations)))
    stated = manufacturer.says_something()
    nothing_stated = (manufacturer.ids == 0) & (brand.ids == 0)
    model, combined = _models(equipment["model"], nothing_stated, register)
    return [
        manufacturer,
        brand.only_where(~stated),
        _renamed(beside.only_where(stated), "brand_beside"),
        model,
        combined,
        _part_number(equipment["part_number"], register),
        _each("description", equipment, lambda text: observe_description(text, register)),
    ]


def _renamed(signal: SignalColumn, name: str) -> SignalColumn:
    return replace(signal, name=name)


def _as_second_name(observation: Observation) -> Observation:
    """A brand beside a stated maker: the label of the box, and only weakly its maker."""
    evidence = tuple(
        replace(piece, weight=min(piece.weight, weights.STATED_BRAND_OTHER)) for piece in observation.evidence
    )
    return replace(observation, evidence=evidence) if evidence else observation


def _models(
    column: pl.Series, nothing_stated: pl.Series, register: Register
) -> tuple[SignalColumn, SignalColumn]:
    """The model text, and its leading words, which count only when no maker is stated apart."""
    numbered = numbered_values(column)
    texts: list[str] = numbered["value"].to_list()
    hits = _family_hits(texts, register)
    model = SignalColumn("model", ids_of(column, numbered), ())
    combined = replace(model, name="combined").only_where(nothing_stated)
    looked_at = set(combined.ids.unique().to_list())
    plain = (observe_model("model", text, met, register) for text, met in zip(texts, hits, strict=True))
    split = (
        observe_combined("model", text, met, register) if number in looked_at else NOTHING
        for number, (text, met) in enumerate(zip(texts, hits, strict=True), start=1)
    )
    return (
        replace(model, observations=(NOTHING, *plain)),
        replace(combined, observations=(NOTHING, *split)),
    )


def _family_hits(texts: list[str], register: Register) -> list[tuple[FamilyHit, ...]]:
    index = family_index(register)
    return [index.match(model_number_forms(text, register)) for text in texts]


def _part_number(column: pl.Series, register: Register) -> SignalColumn:
    def observe(texts: list[str]) -> Iterable[Observation]:
        for text, met in zip(texts, _family_hits(texts, register), strict=True):
            yield observe_model("part_number", text, met, register)

    return text_signal("part_number", column, observe)


def _addresses(macs: pl.Series, register: Register) -> SignalColumn:
    def observe(bags: list[str]) -> Iterable[Observation]:
        for bag in bags:
            codes, count = bag.split("|")
            yield observe_registrants(tuple(map(int, codes.split(BAG))), int(count), register)

    return text_signal("macs", address_bags(macs, register), observe)


def _short_text_hits(texts: Sequence[str], register: Register) -> list[tuple[FamilyHit, ...]]:
    index = family_index(register)
    return [index.match(number_forms(model_like_part(text))) for text in texts]


def _self_description(name: str, protocol: str, column: pl.Series, register: Register) -> SignalColumn:
    return text_signal(name, column, lambda texts: _read_out(name, [protocol] * len(texts), texts, register))


def _read_out(name: str, protocols: list[str], texts: list[str], register: Register) -> list[Observation]:
    """What each of some distinct texts of devices says of its device."""
    prints = match_fingerprints(protocols, texts, register)
    # A version of firmware, and the description of a part, name others' software and parts.
    plain = name in ("sys_descr", "banners")
    schemes = _short_text_hits(texts, register) if plain else [()] * len(texts)
    return [
        observe_self_description(name, text, met, hits, register, names=plain)
        for text, met, hits in zip(texts, prints, schemes, strict=True)
    ]


def _chassis(rows: pl.Series, register: Register) -> list[SignalColumn]:
    """What ENTITY-MIB says of the device; its parts may be anybody's."""
    device = read_entity_rows(rows)
    fields = ("descr", "model", "name")
    joined = pl.concat_str(
        [pl.element().struct.field(name) for name in fields], separator=" ", ignore_nulls=True
    )
    descr = rows.to_frame("rows").select(pl.col("rows").list.eval(joined).list.first()).to_series()

    def observe_models(texts: list[str]) -> Iterable[Observation]:
        for text, met in zip(texts, _family_hits(texts, register), strict=True):
            yield observe_model("ent_physical", text, met, register)

    return [
        _observed("ent_physical", device.mfg, lambda text: observe_chassis(text, register)),
        text_signal("ent_physical_model", device.model, observe_models),
        _self_description("ent_physical_text", ENT_PHYSICAL, descr, register),
    ]


def _banners(column: pl.Series, register: Register) -> SignalColumn:
    joined = pl.element().struct.field("protocol").fill_null("") + "\n" + pl.element().struct.field("text")
    texts = column.to_frame("b").select(pl.col("b").list.eval(joined)).to_series()

    def observe(values: list[str]) -> list[Observation]:
        pairs = [(protocol.strip().lower(), text) for protocol, text in (v.split("\n", 1) for v in values)]
        agents = iter(_user_agents([text for protocol, text in pairs if protocol in PROTOCOLS], register))
        others = [pair for pair in pairs if pair[0] not in PROTOCOLS]
        rest = iter(_read_out("banners", [p for p, _ in others], [text for _, text in others], register))
        return [next(agents if protocol in PROTOCOLS else rest) for protocol, _ in pairs]

    return bag_signal("banners", texts, observe)


def _user_agents(texts: list[str], register: Register) -> Iterable[Observation]:
    index = user_agent_index(register)
    hits = [index.match(read_user_agent(text).forms()) for text in texts]
    for text, met in zip(texts, hits, strict=True):
        yield observe_user_agent(text, met, register)


def _neighbors(column: pl.Series, register: Register) -> SignalColumn:
    fields = ("sys_name", "sys_descr", "port_descr")
    text = pl.concat_str(
        [pl.element().struct.field(name) for name in fields], separator=" ", ignore_nulls=True
    )
    texts = column.to_frame("n").select(pl.col("n").list.eval(text)).to_series()

    def observe(values: list[str]) -> list[Observation]:
        return [Observation((), mentions_in("neighbors", value, register)) for value in values]

    return bag_signal("neighbors", texts, observe)
