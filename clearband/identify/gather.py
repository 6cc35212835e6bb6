"""Read every signal of an equipment table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from clearband.identify import weights
from clearband.identify.bags import BAG, bag_signal, in_lists
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
from clearband.identify.mac_columns import AddressBags
from clearband.identify.memory import Memory
from clearband.identify.model_columns import ModelForms, with_leading_words
from clearband.identify.model_forms import number_forms
from clearband.identify.model_text import model_number_forms, observe_combined, observe_model
from clearband.identify.number_words import with_numbers_alike
from clearband.identify.observation import Observation
from clearband.identify.reported import GUESS, LOOKED_UP, as_guess
from clearband.identify.signal_columns import (
    Forms,
    SignalColumn,
    derived_signal,
    numbered_signal,
    only_where,
    text_signal,
)
from clearband.identify.stated import observe_stated
from clearband.identify.texts import Numbers
from clearband.identify.user_agents import PROTOCOLS, observe_user_agent, read_user_agent
from clearband.model.fingerprint import ENT_PHYSICAL, FIRMWARE, SYS_DESCR
from clearband.register import Register

SIGNALS = (
    "manufacturer", "brand", "brand_beside", "model", "combined", "part_number", "description", "macs",
    "sys_object_id", "sys_descr", "ent_physical", "ent_physical_model", "ent_physical_text", "banners",
    "firmware", "fcc_id", "cpe",
)  # fmt: skip
"""Names of the signals, in their order."""


class Gatherer:
    """Reads the signals of batch after batch; each distinct value is read once."""

    def __init__(self, register: Register, memory: Memory) -> None:
        self._register = register
        self._memory = memory
        self._models = ModelForms(register)
        self._bags = AddressBags(memory.heard("macs").texts, register)

    def signals(self, equipment: pl.DataFrame) -> list[SignalColumn]:
        """All signals of a table, `SIGNALS`.

        Args:
            equipment: The equipment table (`clearband.model.equipment.EQUIPMENT_SCHEMA`). A column ``mac``
                beside ``macs`` has the one address of a record as a number.
        """
        register = self._register
        return [
            *self._names(equipment),
            self._addresses(equipment),
            self._each("sys_object_id", equipment, lambda text: observe_enterprise(text, register)),
            self._self_description("sys_descr", SYS_DESCR, equipment["sys_descr"]),
            *self._chassis(equipment["ent_physical"]),
            self._banners(equipment["banners"]),
            self._self_description("firmware", FIRMWARE, equipment["firmware"]),
            self._each("fcc_id", equipment, lambda text: observe_fcc_id(text, register)),
            self._each("cpe", equipment, lambda text: observe_cpe(text, register)),
        ]

    def _each(
        self, name: str, equipment: pl.DataFrame, observe: Callable[[str], Observation]
    ) -> SignalColumn:
        return self._texts(name, equipment[name], lambda texts: map(observe, texts))

    def _texts(
        self, name: str, column: pl.Series, observe: Callable[[list[str]], Iterable[Observation]]
    ) -> SignalColumn:
        return text_signal(name, column, observe, self._memory)

    def _names(self, equipment: pl.DataFrame) -> list[SignalColumn]:
        register = self._register
        manufacturer = self._each(
            "manufacturer", equipment, lambda text: observe_stated("manufacturer", text, register)
        )
        brand = self._each("brand", equipment, lambda text: observe_stated("brand", text, register))
        stated = manufacturer.says_something()
        beside = derived_signal("brand_beside", brand, _as_second_name, self._memory)
        nothing_stated = equipment["manufacturer"].is_null() & equipment["brand"].is_null()
        model = equipment["model"]
        return [
            manufacturer,
            brand.only_where(~stated),
            beside.only_where(stated),
            self._numbers("model", model),
            # Its leading words count only when no maker is stated apart.
            self._combined(only_where(nothing_stated, model)),
            self._numbers("part_number", equipment["part_number"]),
            self._description(equipment["description"]),
        ]

    def _description(self, column: pl.Series) -> SignalColumn:
        def observe(texts: list[str]) -> Iterable[Observation]:
            return (observe_description(text, self._register) for text in texts)

        forms = Forms(lambda texts: with_numbers_alike(texts, self._register), observe)
        return text_signal("description", column, observe, self._memory, forms)

    def _numbers(self, name: str, column: pl.Series) -> SignalColumn:
        """Numbers of models and parts."""

        def observe(texts: list[str]) -> Iterable[Observation]:
            for text, met in zip(texts, self._family_hits(texts), strict=True):
                yield observe_model(name, text, met, self._register)

        forms = Forms(self._models.of, lambda forms: self._models.observe(name, forms))
        return text_signal(name, column, observe, self._memory, forms)

    def _combined(self, column: pl.Series) -> SignalColumn:
        """Maker and model in one text."""

        def observe(texts: list[str]) -> Iterable[Observation]:
            for text, met in zip(texts, self._family_hits(texts), strict=True):
                yield observe_combined("model", text, met, self._register)

        return text_signal("combined", column, observe, self._memory, Forms(with_leading_words, observe))

    def _family_hits(self, texts: list[str]) -> list[tuple[FamilyHit, ...]]:
        index = family_index(self._register)
        return [index.match(model_number_forms(text, self._register)) for text in texts]

    def _addresses(self, equipment: pl.DataFrame) -> SignalColumn:
        def observe(bags: list[str]) -> Iterable[Observation]:
            for bag in bags:
                codes, count = bag.split("|")
                yield observe_registrants(tuple(map(int, codes.split(BAG))), int(count), self._register)

        ids = self._bags.numbers(equipment["macs"], equipment.get_column("mac", default=None))
        return numbered_signal("macs", Numbers(ids), observe, self._memory)

    def _short_text_hits(self, texts: Sequence[str]) -> list[tuple[FamilyHit, ...]]:
        index = family_index(self._register)
        return [index.match(number_forms(model_like_part(text))) for text in texts]

    def _self_description(self, name: str, protocol: str, column: pl.Series) -> SignalColumn:
        return self._texts(name, column, lambda texts: self._read_out(name, [protocol] * len(texts), texts))

    def _read_out(self, name: str, protocols: list[str], texts: list[str]) -> list[Observation]:
        """What each of some distinct texts of devices says of its device."""
        prints = match_fingerprints(protocols, texts, self._register)
        # A version of firmware, and the description of a part, name others' software and parts.
        plain = name in ("sys_descr", "banners")
        schemes = self._short_text_hits(texts) if plain else [()] * len(texts)
        return [
            observe_self_description(name, text, met, hits, self._register, names=plain)
            for text, met, hits in zip(texts, prints, schemes, strict=True)
        ]

    def _chassis(self, rows: pl.Series) -> list[SignalColumn]:
        """What ENTITY-MIB says of the device; its parts may be anybody's."""
        device = read_entity_rows(rows)
        fields = ("descr", "model", "name")
        joined = pl.concat_str(
            [pl.element().struct.field(name) for name in fields], separator=" ", ignore_nulls=True
        )
        # Most inventories have no such rows: of each record, there is nothing to take the first of.
        absent = rows.null_count() == len(rows)
        descr = device.model if absent else in_lists(rows, joined).list.first()

        def observe_models(texts: list[str]) -> Iterable[Observation]:
            for text, met in zip(texts, self._family_hits(texts), strict=True):
                yield observe_model("ent_physical", text, met, self._register)

        def observe_makers(texts: list[str]) -> Iterable[Observation]:
            for text in texts:
                yield observe_chassis(text, self._register)

        return [
            self._texts("ent_physical", device.mfg, observe_makers),
            self._texts("ent_physical_model", device.model, observe_models),
            self._self_description("ent_physical_text", ENT_PHYSICAL, descr),
        ]

    def _banners(self, column: pl.Series) -> SignalColumn:
        joined = (
            pl.element().struct.field("protocol").fill_null("") + "\n" + pl.element().struct.field("text")
        )
        texts = in_lists(column, joined)

        def observe(values: list[str]) -> list[Observation]:
            pairs = [
                (protocol.strip().lower(), text) for protocol, text in (v.split("\n", 1) for v in values)
            ]
            agents = iter(self._user_agents([text for protocol, text in pairs if protocol in PROTOCOLS]))
            others = [pair for pair in pairs if pair[0] not in PROTOCOLS and pair[0] not in LOOKED_UP]
            rest = iter(self._read_out("banners", [p for p, _ in others], [text for _, text in others]))
            return [self._of_banner(protocol, text, agents, rest) for protocol, text in pairs]

        return bag_signal("banners", texts, observe, self._memory)

    def _of_banner(
        self, protocol: str, text: str, agents: Iterator[Observation], rest: Iterator[Observation]
    ) -> Observation:
        if look_up := LOOKED_UP.get(protocol):
            return look_up(text, self._register)
        seen = next(agents if protocol in PROTOCOLS else rest)
        return as_guess(seen) if protocol == GUESS else seen

    def _user_agents(self, texts: list[str]) -> Iterable[Observation]:
        index = user_agent_index(self._register)
        hits = [index.match(read_user_agent(text).forms()) for text in texts]
        for text, met in zip(texts, hits, strict=True):
            yield observe_user_agent(text, met, self._register)


def _as_second_name(observation: Observation) -> Observation:
    """A brand beside a stated maker: the label of the box, and only weakly its maker."""
    evidence = tuple(
        replace(piece, weight=min(piece.weight, weights.STATED_BRAND_OTHER)) for piece in observation.evidence
    )
    return replace(observation, evidence=evidence) if evidence else observation
