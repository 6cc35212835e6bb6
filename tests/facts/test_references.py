"""Ids in fact files that no other file knows are refused where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.errors import FactsError
from clearband.register.register import Register
from tests.facts.changed import compiled_with

TRAP = """identifier_traps:
- identifier: sysObjectID 1.3.6.1.4.1.99999
  looks_like: zte
  really: a made-up number
  rule: needs a second cue
  speaks_for: [huawei]
  seldom: [dahua]
  cases:
  - {given: {sys_object_id: 1.3.6.1.4.1.99999}, maker: huawei}
  verified: false
  source: ieee
"""
MAKER = """title: Test
organisations:
- id: acme
  name: Acme
  group: negative
  legal_names: [Acme]
  white_label: [{brand: Other, brand_id: swann, relation: sold, verified: false}]
  model_families:
  - {pattern: ACME-X, kind: switch, category: switch, family: X, distinctive: true, verified: false}
"""


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (
            ("[huawei]", "[huawie]"),
            6,
            'speaks_for[0]: "huawie" is no organisation of the register; nearest: huawei',
        ),
        (("[dahua]", "[dahau]"), 7, 'seldom[0]: "dahau" is no organisation'),
        (("looks_like: zte", "looks_like: zteh"), 3, 'looks_like: "zteh" is no organisation'),
        (("maker: huawei", "maker: hauwei"), 9, 'cases[0].maker: "hauwei" is no organisation'),
        (("source: ieee", "source: iee"), 11, 'source: "iee" is no source; nearest: ieee'),
    ],
)
def test_an_unknown_id_in_a_trap_is_refused(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    with pytest.raises(FactsError) as refused:
        compiled_with(tmp_path, {"identifier_traps.yaml": TRAP.replace(*change)})
    assert f"identifier_traps.yaml line {line}" in str(refused.value)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("kind: switch", "kind: swicth"), 9, 'kind: "swicth" is no kind of product; nearest: switch'),
        (("category: switch", "category: swich"), 9, '"swich" is no category; nearest: switch'),
        (("brand_id: swann", "brand_id: swan"), 7, 'brand_id: "swan" is no organisation'),
    ],
)
def test_an_unknown_id_in_an_organisation_is_refused(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    with pytest.raises(FactsError) as refused:
        compiled_with(tmp_path, {"organisations/acme.yaml": MAKER.replace(*change)})
    assert f"organisations/acme.yaml line {line}" in str(refused.value)
    assert message in str(refused.value)


def test_an_unverified_trap_needs_no_source(tmp_path: Path) -> None:
    text = TRAP.replace("  source: ieee\n", "")
    (trap,) = Register(compiled_with(tmp_path, {"identifier_traps.yaml": text})).identifier_traps
    assert trap.source == "unverified"
