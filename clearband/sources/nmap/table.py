"""From the hosts of a scan to a table of equipment."""

from __future__ import annotations

from typing import Final

import polars as pl

from clearband.errors import InputError
from clearband.model.equipment import BANNERS, INVALID
from clearband.sources.bounded_xml import CutOff, XmlLimits, read_xml
from clearband.sources.nmap.detect import FORMAT
from clearband.sources.nmap.host import Host
from clearband.sources.nmap.scan import Scan
from clearband.sources.nmap.told import warnings_of
from clearband.sources.object_ids import parse_object_ids
from clearband.sources.options import ReadOptions
from clearband.sources.raw_table import RawTable
from clearband.sources.text_cells import clean_cells

_BATCH: Final = 20_000
"""Hosts that are held as objects before they become columns."""
_EXTRAS: Final = ("x_ipv6", "x_host_names", "x_open_ports", "x_device_types")
"""Columns kept beside the equipment table's: for people, no evidence."""
_TEXTS: Final = ("record_id", "status", "category", "sys_name", "sys_descr", "sys_object_id", *_EXTRAS)


def read_nmap(utf8: bytes, file: str, options: ReadOptions) -> RawTable:
    """Read what nmap found: one record a host that answered.

    Args:
        utf8: The file's text.
        file: Its name as used in record ids.

    Returns:
        Hosts named by their address. Those that are down or did not answer are counted in its warnings, as
        is whatever else is missing.

    Raises:
        InputError: It is malformed, declares entities, exceeds a limit, or breaks off before the first host.
    """
    hosts = _Hosts()
    scan = Scan(file, hosts.take, most_hosts=options.max_hosts, most_characters=options.max_cell_characters)
    limits = XmlLimits(levels=options.max_xml_depth, tag_bytes=options.max_xml_tag_bytes)
    cut_off = read_xml(utf8, file, scan, limits)
    whole = scan.notes.hosts
    if cut_off is not None:
        scan.end_host()  # as far as it goes: it is equipment all the same
    if cut_off is not None and not scan.notes.hosts:
        raise _nothing_read(file, cut_off)
    columns = hosts.columns(options)
    notes = warnings_of(scan.notes, cut_off, half_a_host=scan.notes.hosts > whole)
    return RawTable(
        file=file,
        sheet=None,
        format=FORMAT,
        header=_EXTRAS,
        cells=columns.select(pl.col(name).alias(str(at)) for at, name in enumerate(_EXTRAS)),
        rows=columns["line"],
        typed={
            name: columns[name] for name in (*_TEXTS, "macs", "banners", "invalid") if name not in _EXTRAS
        },
        has_totals=False,
        warnings=notes,
    )


def _nothing_read(file: str, cut_off: CutOff) -> InputError:
    return InputError(
        "the scan breaks off before its first host",
        where=f"{file} line {cut_off.line}",
        remedy="let nmap finish, or copy the file again",
    )


class _Hosts:
    """Hosts turned into columns, batch after batch."""

    def __init__(self) -> None:
        self._held: list[Host] = []
        self._frames: list[pl.DataFrame] = []

    def take(self, host: Host) -> None:
        """One more host."""
        self._held.append(host)
        if len(self._held) >= _BATCH:
            self._flush()

    def columns(self, options: ReadOptions) -> pl.DataFrame:
        """All hosts: the columns of ``_TEXTS``, ``line``, ``macs``, ``banners`` and ``invalid``."""
        self._flush()
        frame = pl.concat(self._frames, rechunk=False) if self._frames else _frame([])
        texts, _ = clean_cells(frame.select(_TEXTS), options.max_cell_characters)
        ids = parse_object_ids(texts["sys_object_id"])
        return frame.with_columns(texts).with_columns(sys_object_id=ids.values)

    def _flush(self) -> None:
        if self._held:
            self._frames.append(_frame(self._held))
            self._held = []


def _frame(hosts: list[Host]) -> pl.DataFrame:
    texts: dict[str, list[str | None]] = {
        "record_id": [host.address for host in hosts],
        "status": [host.state or None for host in hosts],
        "category": [host.category for host in hosts],
        "sys_name": [next(iter(host.names), None) for host in hosts],
        "sys_descr": [host.sys_descr or None for host in hosts],
        "sys_object_id": [host.sys_object_id or None for host in hosts],
        "x_ipv6": [host.ipv6 if host.ipv4 and host.ipv6 else None for host in hosts],
        "x_host_names": [", ".join(host.names) if len(host.names) > 1 else None for host in hosts],
        "x_open_ports": [", ".join(host.ports) or None for host in hosts],
        "x_device_types": [", ".join(host.kinds) or None for host in hosts],
    }
    return pl.DataFrame(
        [
            pl.Series("line", [host.line for host in hosts], dtype=pl.Int64),
            *(pl.Series(name, column, dtype=pl.String) for name, column in texts.items()),
            pl.Series("macs", [list(host.macs) or None for host in hosts], dtype=pl.List(pl.String)),
            _banners(hosts),
            _invalid(hosts),
        ]
    )


def _banners(hosts: list[Host]) -> pl.Series:
    pairs = [(row, protocol, text) for row, host in enumerate(hosts) for protocol, text in host.texts]
    pairs += [
        (row, "mac-registrant", registrant)
        for row, host in enumerate(hosts)
        for _, registrant in host.odd_addresses
        if registrant
    ]
    flat = pl.DataFrame(
        pairs, schema={"row": pl.UInt32, "protocol": pl.String, "text": pl.String}, orient="row"
    )
    cleaned, _ = clean_cells(flat.select("protocol", "text"), 1 << 30)
    return _lists(flat.select("row").hstack(cleaned).drop_nulls(), "banners", len(hosts), BANNERS)


def _invalid(hosts: list[Host]) -> pl.Series:
    odd = [
        (row, "address", address, "not a MAC address")
        for row, host in enumerate(hosts)
        for address, _ in host.odd_addresses
    ]
    odd += [
        (row, what, str(count), "more than is read of a host")
        for row, host in enumerate(hosts)
        for what, count in host.cut.items()
    ]
    schema = {"row": pl.UInt32, "column": pl.String, "value": pl.String, "problem": pl.String}
    return _lists(pl.DataFrame(odd, schema=schema, orient="row"), "invalid", len(hosts), INVALID)


def _lists(flat: pl.DataFrame, name: str, height: int, dtype: pl.DataType) -> pl.Series:
    """Structs gathered into one list a row; null for rows without any."""
    fields = [field for field in flat.columns if field != "row"]
    lists = flat.group_by("row", maintain_order=True).agg(pl.struct(fields).alias(name))
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    return rows.join(lists, on="row", how="left", maintain_order="left")[name].cast(dtype)
