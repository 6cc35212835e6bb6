"""What ``clearband screen --stream`` is asked: inventories, or an earlier run once more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from clearband.cli.dates import today
from clearband.cli.facts_option import LawInUse
from clearband.cli.inputs import Inputs

if TYPE_CHECKING:
    from clearband.runs.again import Earlier
    from clearband.runs.run import Columns
    from clearband.screening.settings import Settings
    from clearband.sources.stream import Dataset
    from clearband.sources.stream.sizes import Sizes


class AskedFirst:
    """Inventories, screened for the first time.

    Args:
        begun: Folder of the run that is to go on; its day is asked about.
    """

    columns: Columns = "all"
    earlier: Earlier | None = None

    def __init__(self, inputs: Inputs, use: LawInUse, said: dict[str, Any], begun: Path | None) -> None:
        from clearband.runs.journal import begun_on
        from clearband.screening.settings import settings_for

        self._inputs = inputs
        day = begun_on(begun) if begun is not None else None
        self.settings: Settings = settings_for(
            use.law, **said, reading=inputs.said(), own_facts=use.own_facts, today=day or today()
        )

    def dataset(self) -> Dataset:
        """The inventories."""
        from clearband.sources.stream import open_dataset
        from clearband.sources.stream.partitions import with_columns_of_paths

        dataset = open_dataset(self._inputs.names, self._inputs.columns, self._inputs.options())
        return with_columns_of_paths(dataset, self._inputs.names)

    def sizes(self, chunk_rows: int | None) -> Sizes:
        """Sizes of chunks."""
        from clearband.sources.stream.sizes import Sizes, sizes_for

        return sizes_for(chunk_rows or Sizes().rows)


class AskedAgain:
    """An earlier run in parts, as it was asked unless options say otherwise."""

    def __init__(self, folder: Path, inputs: Inputs, use: LawInUse, said: dict[str, Any]) -> None:
        from clearband.errors import UsageError
        from clearband.runs.again import read_earlier
        from clearband.screening.earlier import settings_again

        if inputs.said() and not inputs.names:
            raise UsageError(
                "options on how inputs are read do not go with --again alone",
                remedy="name the inputs, or leave the options out",
            )
        self._inputs = inputs
        self.earlier: Earlier | None = read_earlier(folder)
        self._record = self.earlier.record
        settings = settings_again(use.law, self.earlier.run, **said, own_facts=use.own_facts)
        if inputs.said():
            from dataclasses import replace

            settings = replace(settings, reading=inputs.said())
        self.settings: Settings = settings
        self.columns: Columns = self._record["columns"]

    def dataset(self) -> Dataset:
        """The inventories, or the records of the earlier run."""
        from clearband.sources import ColumnMapping, ReadOptions
        from clearband.sources.stream import open_dataset
        from clearband.sources.stream.partitions import with_columns_of_paths

        assert self.earlier is not None
        if not self._inputs.names:
            return self.earlier.dataset()
        reading = self.settings.reading
        options = ReadOptions(
            encoding=reading.get("encoding"),
            delimiter=reading.get("delimiter"),
            date_order=reading.get("date_order"),
        )
        mapping = ColumnMapping(dict(reading.get("columns", {})))
        return with_columns_of_paths(open_dataset(self._inputs.names, mapping, options), self._inputs.names)

    def sizes(self, chunk_rows: int | None) -> Sizes:
        """Sizes of chunks, as in the earlier run where it has any."""
        from clearband.sources.stream.sizes import Sizes, sizes_for

        rows, size = self._record.get("chunk_rows"), self._record.get("chunk_bytes")
        if chunk_rows is None and isinstance(rows, int) and isinstance(size, int):
            return Sizes(rows, size)
        return sizes_for(chunk_rows or Sizes().rows)


Asked = AskedFirst | AskedAgain
