"""Hostile and broken XML: one clear line that says where and what to do, in little memory and time."""

from __future__ import annotations

import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.errors import InputError
from clearband.sources import Inventory, ReadOptions, read_inventory
from tests.sources.conftest import Read
from tests.sources.scans import host, port, scan, script

EXAMPLE = (Path(__file__).resolve().parents[2] / "examples" / "scan.xml").read_bytes()
LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))


def refusal(read: Read, content: str | bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(content, "scan.xml", options=options or ReadOptions())
    line = caught.value.one_line()
    assert line.startswith("scan.xml")
    assert "\n" not in line
    assert len(line) < 400
    return line


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE nmaprun [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE nmaprun [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>',
        '<!DOCTYPE nmaprun SYSTEM "nmap.dtd" [<!ELEMENT nmaprun ANY>]>',
        '<!DOCTYPE nmaprun [<!ATTLIST host state CDATA "up">]>',
    ],
    ids=["laughs", "file", "outside", "elements", "attributes"],
)
def test_a_document_type_with_declarations_is_refused(read: Read, declared: str) -> None:
    content = scan(host(port(script("banner", "&amp;a12;"))), before=declared)
    line = refusal(read, content)
    assert "scan.xml line 2: a document type with declarations of its own" in line
    assert line.endswith("take the declarations out, or export the file again")


@pytest.mark.parametrize("before", ["", '<!DOCTYPE nmaprun SYSTEM "nmap.dtd">'])
def test_entities_that_nothing_explains_are_refused(read: Read, before: str) -> None:
    # With an outside document type the parser would pass over them.
    line = refusal(read, scan(host(port(script("banner", "x", "<elem>&huawei;</elem>"))), before=before))
    assert "entity" in line
    assert "line 3" in line or "line 2" in line


def test_nothing_outside_the_file_is_opened(read: Read, tmp_path: Path) -> None:
    (tmp_path / "nmap.dtd").write_text('<!ENTITY a "Huawei">')
    inventory = read(scan(host(), before='<!DOCTYPE nmaprun SYSTEM "nmap.dtd">'), "scan.xml")
    assert inventory.equipment.height == 1


def test_deep_nesting_is_refused(read: Read) -> None:
    deep = f'<script id="banner" output="x">{"<table>" * 1_000}{"</table>" * 1_000}</script>'
    assert "line 4: elements lie more than 64 deep" in refusal(read, scan(host(port(deep))))


def test_a_huge_tag_is_refused_before_it_is_whole(read: Read) -> None:
    content = scan(host(port(script("banner", "x" * 30_000_000))))
    tracemalloc.start()
    line = refusal(read, content, ReadOptions(max_xml_tag_bytes=2_000_000))
    tracemalloc.stop()
    assert "line 4: a tag is longer than 2000000 bytes" in line


def test_long_attributes_and_texts_are_cut_and_said(read: Read) -> None:
    fields = "<elem>" + "y" * 70_000 + "</elem>"
    content = scan(host(port(script("banner", "x" * 70_000)), port(script("http-server-header", "", fields))))
    inventory = read(content, "scan.xml")
    (row,) = inventory.equipment.to_dicts()
    assert [len(banner["text"]) for banner in row["banners"]] == [32_767, 32_767]
    assert {"column": "long texts", "value": "2", "problem": "more than is read of a host"} in row["invalid"]
    assert any("more long texts than are read" in told for told in inventory.warnings)


def test_more_hosts_than_the_limit_are_refused(read: Read) -> None:
    content = scan(*(host(address=f"192.0.2.{n}") for n in range(5)))
    assert "line 7: more than 3 hosts; split the scan" in refusal(read, content, ReadOptions(max_hosts=3))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (scan(host())[:90], "line 4: the scan breaks off before its first host"),
        (scan().replace("</nmaprun>", "</host>"), "malformed XML (mismatched tag at column 3)"),
        (scan(host("<a b=c/>")), "line 4: malformed XML (not well-formed (invalid token)"),
        (scan() + scan(), "line 6: a second document begins behind the first; give each a file of its own"),
        (scan(host('<a b="1" b="2"/>')), "malformed XML (duplicate attribute"),
        (b"<nmaprun>\0</nmaprun>", "not a table: binary data"),
    ],
    ids=["cut", "tags", "no quotes", "two scans", "twice", "zero byte"],
)
def test_broken_xml_is_refused_with_its_line(read: Read, content: str | bytes, said: str) -> None:
    assert said in refusal(read, content)


def read_bytes(content: bytes) -> Inventory | None:
    """An inventory, or None for a refusal in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.xml"
        path.write_bytes(content)
        try:
            return read_inventory([path])
        except InputError:
            return None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_first_tag_are_read_or_refused(tail: bytes) -> None:
    read_bytes(b"<nmaprun><host><status state='up'/>" + tail)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE) - 1), st.binary(max_size=6)), max_size=8), st.data())
def test_a_damaged_scan_is_read_or_refused(changes: list[tuple[int, bytes]], data: st.DataObject) -> None:
    content = bytearray(EXAMPLE)
    for at, new in changes:
        content[at : at + len(new)] = new
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    inventory = read_bytes(bytes(content))
    if inventory is not None and inventory.tables[0].format == "nmap":
        ids = inventory.equipment["record_id"]
        assert ids.n_unique() == inventory.equipment.height
        assert ids.null_count() == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(EXAMPLE) - 1))
def test_a_scan_cut_anywhere_is_refused_or_says_so(end: int) -> None:
    inventory = read_bytes(EXAMPLE[:end])
    if inventory is not None and end < EXAMPLE.rindex(b"</nmaprun>") + len(b"</nmaprun>"):
        assert any("breaks off in line" in told for told in inventory.warnings)
