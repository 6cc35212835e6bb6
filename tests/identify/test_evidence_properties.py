"""What must hold of evidence, whatever the signals."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from clearband.identify import identify
from clearband.register import load_register
from tests.identify.conftest import ON, table


def chassis(mfg: str) -> dict[str, Any]:
    return {"mfg": mfg, "model": None, "descr": "chassis", "name": None, "serial": None}


def part(mfg: str, descr: str = "SFP+ transceiver") -> dict[str, Any]:
    return chassis(mfg) | {"descr": descr}


SAYS: dict[str, dict[str, Any]] = {
    "huawei": {
        "manufacturer": "Huawei",
        "macs": "04:ca:ed:00:00:01",
        "sys_object_id": "1.3.6.1.4.1.2011.2.23.1",
        "sys_descr": "Huawei Versatile Routing Platform Software",
        "fcc_id": "FCC ID: QIS-B618",
        "ent_physical": [chassis("Huawei"), part("Finisar")],
    },
    "zte": {
        "manufacturer": "ZTE",
        "macs": "3c:a7:ae:00:00:01",
        "sys_object_id": "1.3.6.1.4.1.3902.3.100.1",
        "sys_descr": "ZTE Ethernet Switch ZXR10 5950-52TM",
        "fcc_id": "SRQ-MF296C",
        "ent_physical": [chassis("ZTE")],
    },
    "hikvision": {
        "manufacturer": "Hikvision",
        "macs": "44:19:b6:00:00:01",
        "banners": [{"protocol": "http-server", "text": "DNVRS-Webs"}],
        "fcc_id": "2ADTD-5604SD",
    },
    "cisco": {
        "manufacturer": "Cisco Systems",
        "macs": "00:0b:46:00:00:01",
        "sys_object_id": "1.3.6.1.4.1.9.1.1",
        "sys_descr": "Cisco IOS Software, C3750 Software",
        "fcc_id": "LDK102352",
        "ent_physical": [chassis("Cisco Systems, Inc."), part("HUAWEI")],
    },
}
MAKERS = sorted(SAYS)
FIELDS = ("manufacturer", "sys_object_id", "sys_descr", "fcc_id", "ent_physical", "banners")
MACS = [
    *(says["macs"] for says in SAYS.values()),
    "74:4a:a4:00:00:02",
    "02:00:00:00:00:03",
    "00:50:56:00:00:01",
    "00:e0:4c:00:00:01",  # Realtek
    "00:00:5e:00:01:01",
]
choices = st.fixed_dictionaries({}, optional={field: st.sampled_from(MAKERS) for field in FIELDS})
RECORDS = st.builds(
    lambda chosen, macs: {
        **{field: SAYS[maker][field] for field, maker in chosen.items() if field in SAYS[maker]},
        **({"macs": macs} if macs else {}),
    },
    choices,
    st.lists(st.sampled_from(MACS), max_size=4),
)
some = settings(max_examples=10, deadline=None)


def judged(*records: dict[str, Any]) -> list[dict[str, Any]]:
    return identify(table(*records), load_register(), on=ON).to_dicts()


def likely(row: dict[str, Any]) -> tuple[str | None, float]:
    """The maker of a verdict, or the most likely one where none is settled, and how sure that is."""
    return row["maker"] or row["runner_up"], float(row["confidence"])


@some
@given(RECORDS, st.sampled_from(MAKERS), st.sampled_from(FIELDS))
def test_one_more_signal_for_a_maker_never_lowers_it(record: dict[str, Any], maker: str, field: str) -> None:
    if field in record or field not in SAYS[maker]:
        return
    before, after = judged(record, record | {field: SAYS[maker][field]})
    (held, sure), (now, surer) = likely(before), likely(after)
    if held == maker:
        assert now == maker
        assert surer >= sure
        assert after["maker"] == maker or before["maker"] is None
    elif now == held:
        assert surer <= sure
    else:
        assert now == maker  # no third one gains by it


@some
@given(st.sampled_from(MAKERS), st.sampled_from(FIELDS), st.lists(st.sampled_from(MACS), max_size=2))
def test_an_address_of_the_maker_never_lowers_it(maker: str, field: str, macs: list[str]) -> None:
    if field not in SAYS[maker]:
        return
    record = {field: SAYS[maker][field]}
    before, after = judged(record | {"macs": macs}, record | {"macs": [*macs, SAYS[maker]["macs"]]})
    (held, sure), (now, surer) = likely(before), likely(after)
    assert now == maker
    assert held != maker or surer >= sure


@some
@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_signals_of_a_device_changes_nothing(record: dict[str, Any], random: Any) -> None:
    banners = [{"protocol": "ssh", "text": "OpenSSH_8.9"}, *record.get("banners", [])]
    parts = [part("HUAWEI"), part("Finisar", "QSFP28"), part("ZTE", "fan tray")]
    device = [chassis("Edge-Core"), *parts]
    plain = record | {"banners": banners, "ent_physical": record.get("ent_physical", device)}
    shuffled = dict(random.sample(list(plain.items()), len(plain)))
    for field in ("macs", "banners"):
        if field in shuffled:
            shuffled[field] = random.sample(shuffled[field], len(shuffled[field]))
    first, *rest = plain["ent_physical"]
    shuffled["ent_physical"] = [first, *random.sample(rest, len(rest))]
    one, other = (
        identify(table(record), load_register(), on=ON).with_columns(
            pl.col("mentions").list.eval(pl.element().sort()),
            pl.col("evidence").list.eval(pl.element().sort()),
        )
        for record in (plain, shuffled)
    )
    assert_frame_equal(one, other)


NOT_ITS_OWN = st.fixed_dictionaries(
    {},
    optional={
        "neighbors": st.lists(
            st.builds(
                lambda text, mac: {
                    "chassis_id": mac,
                    "port_descr": text,
                    "sys_name": text,
                    "sys_descr": text,
                },
                st.sampled_from([says.get("sys_descr", "Hikvision DS-2CD2032-I") for says in SAYS.values()]),
                st.sampled_from(MACS),
            ),
            max_size=3,
        ),
        "notes": st.sampled_from(["was ZTE", "Huawei confirmed by phone", "海康威视"]),
        "owner": st.sampled_from(["Huawei Technologies", "Dahua"]),
        "site": st.sampled_from(["ZTE building", "Hikvision lab"]),
        "network": st.sampled_from(["huawei-core"]),
        "sys_name": st.sampled_from(["zte-sw-01", "HUAWEI"]),
        "macs": st.lists(
            st.sampled_from(["02:00:00:00:00:03", "00:50:56:00:00:01", "01:00:5e:00:00:01"]), max_size=2
        ),
        "sys_object_id": st.sampled_from(
            ["1.3.6.1.4.1.8072.3.2.10", "1.3.6.1.4.1.4413.1", "1.3.6.1.4.1.26381.1"]
        ),
        "fcc_id": st.sampled_from(["Contains FCC ID: QISME909S", "pending"]),
        "ent_physical": st.lists(st.sampled_from([part("HUAWEI"), part("ZTE", "fan tray")]), max_size=2),
    },
)


@some
@given(NOT_ITS_OWN)
def test_what_is_not_said_of_the_device_itself_identifies_nobody(record: dict[str, Any]) -> None:
    (row,) = judged(record)
    assert (row["maker_status"], row["maker"], row["runner_up"]) == ("unidentified", None, None)
    assert not row["evidence"]
