"""``clearband screen --engine spark``: by the workers of a cluster, into a folder of parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from clearband.cli.dates import today
from clearband.cli.engine_option import Engine
from clearband.cli.enterprise_option import enterprise_list
from clearband.cli.facts_option import law_in_use, own_files
from clearband.cli.inputs import Inputs
from clearband.cli.screen_stream import refuse_parts_among_inputs, show
from clearband.errors import InterruptedRunError, UsageError


def screen_spark(
    inputs: Inputs,
    out: Path | None,
    engine: Engine,
    facts: tuple[Path, ...],
    enterprise_numbers: Path | None,
    said: dict[str, Any],
    columns: Literal["all", "ids"],
    *,
    as_json: bool,
) -> dict[str, Any]:
    """Screen on a cluster, and show what was found.

    Returns:
        The summary.

    Raises:
        InterruptedRunError: The run was interrupted; nothing of it is left.
    """
    from dataclasses import replace

    from clearband.runs.run import Job, refuse_strangers
    from clearband.screening.settings import settings_for
    from clearband.sources.stream import open_dataset
    from clearband.spark.partitions import with_columns_of_paths
    from clearband.spark.payload import OwnFacts
    from clearband.spark.run import run_on_spark
    from clearband.spark.session import session
    from clearband.spark.table import parquet_only

    if out is None:
        raise UsageError("--engine spark needs a folder for its parts", remedy="name one with --out DIR")
    refuse_parts_among_inputs(inputs.names, out)
    use = law_in_use(facts)
    listed = enterprise_list(enterprise_numbers)
    own = OwnFacts([file.raw for file in own_files(facts)], listed)
    settings = settings_for(use.law, **said, reading=inputs.said(), own_facts=use.own_facts, today=today())
    settings = replace(settings, enterprise_numbers=listed.record if listed else None)
    dataset = open_dataset(inputs.names, inputs.columns, inputs.options())
    dataset = with_columns_of_paths(dataset, inputs.names)
    # Asked before a cluster is: it takes seconds to start.
    refuse_strangers(out, resume=False)
    parquet_only(dataset)
    job = Job(dataset, settings, own.register(), use.law, columns)
    assert engine.master is not None
    try:
        with session(engine.master, engine.conf) as spark:
            finished = run_on_spark(spark, job, own, out)
    except KeyboardInterrupt:
        raise InterruptedRunError(
            "interrupted; nothing of the run is kept", where=str(out), remedy="run it again"
        ) from None
    show(finished, out, as_json=as_json)
    return finished.concluded.summary
