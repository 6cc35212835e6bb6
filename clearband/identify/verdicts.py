"""Identify the makers of a whole equipment table.

Nothing is done once a record: signals are read once a distinct value, verdicts are reached once a distinct
set of claims, and both are joined back by number. A record's verdict depends on its own values only, so
neither the order of the table nor other records change it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from clearband.identify.categories import (
    category_of_model,
    category_of_text,
    contradicts,
    is_finer,
    is_weak_kind,
)
from clearband.identify.combine import combine
from clearband.identify.decision import Decision
from clearband.identify.gather import gather_mentions, gather_signals
from clearband.identify.kinship import kinship
from clearband.identify.observation import Claim, Evidence
from clearband.identify.piece_lists import PieceLists
from clearband.identify.signal_columns import (
    ClaimSets,
    SignalColumn,
    claim_numbers,
    ids_of,
    numbered_values,
    text_signal,
)
from clearband.identify.would_help import Present, would_help
from clearband.model.equipment import EQUIPMENT_SCHEMA, EXTRA_PREFIX
from clearband.model.evidence import EVIDENCE, MENTIONS, VERDICT_SCHEMA
from clearband.register import Register

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the steps done and all steps."""

_STEPS = 4
_MENTIONED = "mentioned"
_KIND = "stated kind"


@dataclass(frozen=True)
class _Verdicts:
    """Verdicts of all distinct signatures, and which record has which."""

    table: pl.DataFrame
    extra: list[tuple[Evidence, ...]]
    numbers: pl.Series


def identify(
    equipment: pl.DataFrame, register: Register, *, on: date | None = None, progress: Progress | None = None
) -> pl.DataFrame:
    """Who made each piece of equipment.

    Args:
        equipment: The equipment table; columns of `EQUIPMENT_SCHEMA` that are absent count as all null. In
            ``x_`` columns only mentions are looked for: they change no verdict.
        register: The organisations.
        on: Day on which ownership is looked at, to add up evidence for companies of one house (default:
            today).
        progress: Told of each step.

    Returns:
        `VERDICT_SCHEMA`, one row a record, in the same order.
    """
    tell = progress or _quiet
    equipment = _with_all_columns(equipment)
    tell("reading signals", 0, _STEPS)
    signals = gather_signals(equipment, register)
    tell("reading mentions", 1, _STEPS)
    mentions = gather_mentions(equipment, register)
    tell("weighing evidence", 2, _STEPS)
    verdicts = _decide(signals, mentions, equipment["category"], register, on or date.today())  # noqa: DTZ011 - a calendar day
    tell("joining", 3, _STEPS)
    table = _join(equipment, signals, mentions, verdicts, register)
    tell("done", _STEPS, _STEPS)
    return table


def _quiet(what: str, done: int, steps: int) -> None:
    del what, done, steps


def _with_all_columns(equipment: pl.DataFrame) -> pl.DataFrame:
    known = [
        pl.col(name) if name in equipment.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in EQUIPMENT_SCHEMA.items()
    ]
    return equipment.select(*known, *(name for name in equipment.columns if name.startswith(EXTRA_PREFIX)))


def _decide(
    signals: list[SignalColumn],
    mentions: list[SignalColumn],
    kinds: pl.Series,
    register: Register,
    on: date,
) -> _Verdicts:
    """The verdicts of all distinct signatures.

    Args:
        kinds: What each record is stated to be, shape (n,).
    """
    sets = ClaimSets()
    mentioned = _mentioned([*signals, *mentions])
    stated = _category_column(kinds, category_of_text)
    kind_of = numbered_values(stated)
    numbered = [
        *(claim_numbers(signal, sets) for signal in signals),
        ids_of(stated, kind_of).alias(_KIND),
        mentioned.ids.alias(_MENTIONED),
    ]
    keys = pl.DataFrame(numbered)
    distinct = keys.unique(maintain_order=True).with_row_index("signature")
    numbers = keys.join(distinct, on=keys.columns, how="left", maintain_order="left")["signature"]
    claims = sets.by_number()
    categories = [None, *kind_of["value"].to_list()]
    houses = kinship(register, on)
    decisions: list[Decision] = []
    helps: list[str | None] = []
    names = [signal.name for signal in signals]
    remembered: dict[tuple[int, ...], Decision] = {}
    for row in distinct.drop("signature").iter_rows():
        key, said = row[:-1], row[:-2]
        decision = remembered.get(key)
        if decision is None:
            kind = categories[row[-2]]
            decision = remembered[key] = combine(_all_claims(said, claims), houses, register, kind=kind)
        decisions.append(decision)
        present = _present(dict(zip(names, said, strict=True)), mentioned.makers[row[-1]])
        helps.append(would_help(decision, present, register))
    return _Verdicts(_decision_table(decisions, helps), [decision.extra for decision in decisions], numbers)


def _all_claims(numbers: tuple[int, ...], claims: tuple[tuple[Claim, ...], ...]) -> list[Claim]:
    return [claim for number in numbers for claim in claims[number]]


def _present(said: dict[str, int], makers: tuple[str, ...]) -> Present:
    return Present(
        manufacturer=bool(said["manufacturer"] or said["brand"]),
        model=bool(said["model"] or said["part_number"]),
        macs=bool(said["macs"]),
        agent=bool(said["sys_descr"] or said["banners"] or said["ent_physical"]),
        mentioned=makers,
    )


@dataclass(frozen=True)
class _Mentioned:
    ids: pl.Series
    makers: list[tuple[str, ...]]


def _mentioned(signals: list[SignalColumn]) -> _Mentioned:
    """The makers that each record mentions, over all signals, numbered by distinct set."""
    texts = []
    for signal in signals:
        makers = [
            ",".join(dict.fromkeys(mention.maker for mention in o.mentions)) for o in signal.observations
        ]
        if any(makers):
            texts.append(pl.Series(signal.name, makers).gather(signal.ids))
    if not texts:
        return _Mentioned(
            pl.Series(_MENTIONED, [0], dtype=pl.UInt32).new_from_index(0, len(signals[0].ids)), [()]
        )
    joined = pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator=",")).to_series()
    numbered = text_signal(_MENTIONED, joined.str.strip_chars(","), lambda values: [])
    distinct = joined.str.strip_chars(",").drop_nulls().unique().sort().to_list()
    makers_of = [tuple(dict.fromkeys(part for part in text.split(",") if part)) for text in distinct]
    return _Mentioned(numbered.ids, [(), *makers_of])


def _decision_table(decisions: list[Decision], helps: list[str | None]) -> pl.DataFrame:
    fields = ("maker", "maker_name", "brand", "category", "confidence", "runner_up", "runner_up_confidence")
    columns = {name: [getattr(decision, name) for decision in decisions] for name in fields}
    columns["maker_status"] = [decision.status.value for decision in decisions]
    columns["contradiction"] = [decision.contradiction for decision in decisions]
    columns["category_sure"] = [decision.category_sure for decision in decisions]
    columns["would_help"] = helps
    schema = {**VERDICT_SCHEMA, "category_sure": pl.Boolean}
    return pl.DataFrame(columns, schema={name: schema[name] for name in columns})


def _join(
    equipment: pl.DataFrame,
    signals: list[SignalColumn],
    mentions: list[SignalColumn],
    verdicts: _Verdicts,
    register: Register,
) -> pl.DataFrame:
    rows = len(equipment)
    table = verdicts.table[verdicts.numbers] if rows else verdicts.table.clear()
    evidence = PieceLists("evidence", EVIDENCE, rows)
    mentioned = PieceLists("mentions", MENTIONS, rows)
    for signal in (*signals, *mentions):
        evidence.add([observation.evidence for observation in signal.observations], signal.ids)
        mentioned.add([observation.mentions for observation in signal.observations], signal.ids)
    evidence.add(verdicts.extra, verdicts.numbers)
    return table.with_columns(
        equipment["record_id"],
        evidence.column(),
        mentioned.column(),
        *_category(equipment, table, register),
    ).select(pl.col(name).cast(dtype) for name, dtype in VERDICT_SCHEMA.items())


def _category(equipment: pl.DataFrame, table: pl.DataFrame, register: Register) -> list[pl.Series]:
    """Category and its basis.

    A stated one comes first, then the one that the model's scheme implies, then words of the description and
    of the model. A scheme that only one maker has goes before a statement that it contradicts: roles in
    inventories are often those of the rack. So does the scheme of the maker that was found where it only says
    more than the statement ("Router"). Words of running text that name a weak kind count as none where a
    listed maker is found or likely: law then asks what the thing is.
    """
    stated, implied = _category_column(equipment["category"], category_of_text), table["category"]
    told = stated.is_not_null() | implied.is_not_null()
    described = _category_column(_where(~told, equipment["description"]), category_of_text)
    described = _where(~_weak(described, table, register), described)
    silent = ~told & described.is_null()
    worded = _category_column(_where(silent, equipment["model"]), category_of_model)
    worded = _where(~_weak(worded, table, register), worded)
    frame = pl.DataFrame(
        {
            "said": equipment["category"],
            "stated": stated,
            "model": implied,
            "description": described,
            "model words": worded,
        }
    )
    overruled = _where_pairs(frame, contradicts) & table["category_sure"]
    finer = _where_pairs(frame, lambda stated, model: is_finer(model, stated)) & table["maker"].is_not_null()
    names = ("stated", "model", "description", "model words")
    plain = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in names)
    against = pl.format("model family; the inventory says {}", "said")
    overruled |= finer
    return [
        frame.select(category=pl.when(overruled).then("model").otherwise(pl.coalesce(names))).to_series(),
        frame.select(category_basis=pl.when(overruled).then(against).otherwise(plain)).to_series(),
    ]


def _weak(kinds: pl.Series, table: pl.DataFrame, register: Register) -> pl.Series:
    """Where a kind told by running text is a weak one for the maker found, or the likely one, shape (n,)."""
    maker = pl.select(maker=pl.coalesce(table["maker"], table["runner_up"])).to_series()
    frame = pl.DataFrame({"kind": kinds, "maker": maker}, schema={"kind": pl.String, "maker": pl.String})
    pairs = frame.drop_nulls().unique(maintain_order=True)
    weak = pl.Series("weak", [is_weak_kind(*pair, register) for pair in pairs.iter_rows()], dtype=pl.Boolean)
    joined = frame.join(pairs.with_columns(weak), on=["kind", "maker"], how="left", maintain_order="left")
    return joined["weak"].fill_null(value=False)


def _where_pairs(frame: pl.DataFrame, holds: Callable[[str, str], bool]) -> pl.Series:
    """Where something holds for the stated category and the one that the model implies, shape (n,)."""
    both = pl.col("stated").is_not_null() & pl.col("model").is_not_null()
    pairs = frame.select("stated", "model").filter(both).unique()
    true = pairs.filter(
        pl.Series([holds(stated, model) for stated, model in pairs.iter_rows()], dtype=pl.Boolean)
    ).with_columns(holds=pl.lit(value=True))
    joined = frame.select("stated", "model").join(
        true, on=["stated", "model"], how="left", maintain_order="left"
    )
    return joined["holds"].fill_null(value=False)


def _where(condition: pl.Series, column: pl.Series) -> pl.Series:
    return pl.select(pl.when(condition).then(column)).to_series()


def _category_column(column: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    distinct = column.drop_nulls().unique()
    known = pl.DataFrame(
        {"value": distinct, "category": [read(text) for text in distinct.to_list()]},
        schema={"value": pl.String, "category": pl.String},
    )
    return (
        column.alias("value")
        .to_frame()
        .join(known, on="value", how="left", maintain_order="left")["category"]
    )
