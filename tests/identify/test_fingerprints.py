"""What a device says of itself is read by rules: each with its examples, all at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.errors import FactsError
from clearband.facts.schema.fixed_words import fixed_words
from clearband.identify import identify
from clearband.identify.fingerprints import match_fingerprints
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.model.fingerprint import ANY, ENT_PHYSICAL, FIRMWARE, SYS_DESCR, Fingerprint
from clearband.register import Register, load_register
from tests.facts.changed import compiled_with

REGISTER = load_register()


def verdicts(texts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """What is found for records of one text each, given as (field, text)."""
    rows = []
    for number, (field, text) in enumerate(texts):
        row: dict[str, Any] = {"record_id": str(number)}
        if field in (SYS_DESCR, ANY):
            row["sys_descr"] = text
        elif field == FIRMWARE:
            row["firmware"] = text
        elif field == ENT_PHYSICAL:
            row["ent_physical"] = [{"mfg": None, "model": None, "descr": text, "name": None, "serial": None}]
        else:
            row["banners"] = [{"protocol": field, "text": text}]
        rows.append(row)
    return identify(pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA), REGISTER).to_dicts()


def verdict(field: str, text: str) -> dict[str, Any]:
    return verdicts([(field, text)])[0]


def shown(rule: Fingerprint, text: str) -> str:
    return f"{rule.id}: {text[:80]}"


def facts_of(part: str) -> list[tuple[Fingerprint, str]]:
    """Every rule with each of its texts of a kind (``examples``, ``counter_examples``)."""
    from clearband.facts.store import compiled

    texts = {
        raw["id"]: raw.get(part, ())
        for file in compiled().read("fingerprints")
        for raw in file["fingerprints"]
    }
    return [(rule, text) for rule in REGISTER.fingerprints for text in texts[rule.id]]


def test_every_rule_meets_its_examples_in_each_of_its_fields() -> None:
    tried = [(rule, field, text) for rule, text in facts_of("examples") for field in rule.fields]
    met = match_fingerprints([field for _, field, _ in tried], [text for *_, text in tried], REGISTER)
    wrong = [
        shown(rule, text)
        for (rule, _, text), hits in zip(tried, met, strict=True)
        if rule.id not in {hit.rule.id for hit in hits}
    ]
    assert not wrong


def test_no_rule_meets_its_counter_examples() -> None:
    tried = [(rule, field, text) for rule, text in facts_of("counter_examples") for field in rule.fields]
    met = match_fingerprints([field for _, field, _ in tried], [text for *_, text in tried], REGISTER)
    wrong = [
        shown(rule, text)
        for (rule, _, text), hits in zip(tried, met, strict=True)
        if rule.id in {hit.rule.id for hit in hits}
    ]
    assert not wrong


def test_every_example_gives_the_maker_of_its_rule_and_no_maker_where_the_rule_says_nothing() -> None:
    tried = facts_of("examples")
    found = verdicts([(rule.fields[0], text) for rule, text in tried])
    wrong = []
    for (rule, text), one in zip(tried, found, strict=True):
        allowed = {rule.maker} if rule.strength in ("distinctive", "usual") else {rule.maker, None}
        if one["maker"] not in allowed:
            wrong.append(f"{shown(rule, text)} gives {one['maker'] or one['runner_up']}, not {rule.maker}")
    assert not wrong


def test_a_host_named_after_a_maker_is_no_evidence_and_a_mention() -> None:
    found = verdict("sys-descr", "Linux huawei-spare 4.19.0-18-amd64 #1 SMP Debian")
    assert found["maker"] is None
    assert [mention["maker"] for mention in found["mentions"]] == ["huawei"]


def test_the_evidence_names_its_rule_and_the_software_version_it_read() -> None:
    found = verdict("http-server", "App-webs/")
    assert found["maker"] == "hikvision"
    assert [piece["rule"] for piece in found["evidence"]] == ["fingerprint hikvision-webs"]


def test_of_two_rules_that_one_text_meets_the_one_whose_maker_is_named_counts() -> None:
    found = verdict("ftp", "Welcome to ASUS DSL-N55U-D1 FTP service.")
    assert found["maker"] == "asustek"
    assert {piece["maker"] for piece in found["evidence"]} >= {"asustek", "d-link"}


def test_a_name_beside_a_maker_that_a_rule_tells_is_a_mention() -> None:
    found = verdict("sys-descr", "SonicWALL Toshiba / 133 Mhz (TELE3 SP)")
    assert found["maker"] == "sonicwall"


def test_a_name_that_a_list_holds_beside_a_maker_that_a_rule_tells_is_never_cleared() -> None:
    found = verdict("cli", "Arista DCS-7050SX, port 1: Huawei optics")
    assert found["maker"] is None
    assert found["contradiction"]


def test_neighbours_in_what_a_command_prints_are_mentions() -> None:
    found = verdict("cli", "Cisco IOS Software, C2960\nDevice ID: olt-1\nPlatform: Huawei MA5683T")
    assert found["maker"] == "cisco"
    assert "huawei" in [mention["maker"] for mention in found["mentions"]]


def test_a_rule_is_for_its_fields_only() -> None:
    assert verdict("ftp", "App-webs/")["maker"] is None


def test_a_text_of_thousands_of_lines_is_read_at_its_beginning() -> None:
    long = "interface Vlan1\n" * 100_000
    assert verdict("cli", f"{long}Huawei Versatile Routing Platform Software")["maker"] is None
    assert verdict("cli", f"Huawei Versatile Routing Platform Software\n{long}")["maker"] == "huawei"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("TiMOS-", ("timos-",)),
        (r"^Cisco (IOS|NX-OS)\b", ("cisco ios", "cisco nx-os")),
        (r"(alpha|beta)\d+", ("alpha", "beta")),
        ("ZXR10( ROS)? Version", ("zxr10 ros version", "zxr10 version")),
        (r"x*long(er)?\.name[ab]+", ("longer.name", "long.name")),
        ("(one|two)?three{2}", ("onethre", "twothre", "thre")),
        (r"WS-[CX]\d+", ("ws-c", "ws-x")),
        (r"[a-z]+\d*", ()),
        ("a|.*", ()),
    ],
)
def test_the_fixed_words_of_a_pattern_are_those_that_no_match_lacks(
    pattern: str, words: tuple[str, ...]
) -> None:
    assert fixed_words(pattern) == words


ATOM = st.sampled_from(["ab", "c", r"\.", r"\d", "[xy]", ".", "(de|f)", "(gh)", "(?:i|j)", "-"])
PIECE = st.tuples(ATOM, st.sampled_from(["", "", "?", "*", "+", "{2}", "{0,1}", "{1,}"]))
PATTERN = st.lists(PIECE, min_size=1, max_size=6).map(
    lambda pieces: "".join(atom + count for atom, count in pieces)
)


@settings(deadline=None)
@given(st.lists(PATTERN, min_size=1, max_size=3).map("|".join), st.data())
def test_whatever_a_pattern_matches_holds_one_of_its_fixed_words(pattern: str, data: st.DataObject) -> None:
    words = fixed_words(pattern)
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    assert not words or any(word in text.lower() for word in words)


RULE = "- {id: x, fields: [ssh], pattern: SSH-Example, maker: zte, examples: [SSH-Example-1]}"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("maker: zte", "maker: zteh"), 'line 3: fingerprints[0].maker: "zteh" is no organisation of the'),
        (("maker: zte, ", ""), 'line 3: "x" must say who makes it or that it says nothing; write maker or'),
        (("SSH-Example,", "'SSH(',"), 'line 3: fingerprints[0]: "SSH(" is no usable regular'),
        (("SSH-Example,", "'(?!a)SSH-Ex',"), "look-around"),
        (("SSH-Example,", "'.*\\d',"), "has no fixed word; write words that are in every match"),
        (("SSH-Example,", "'(SSH)*',"), "matches nothing at all, so everything; write words into it"),
        (("SSH-Example,", "SSH-Example, model: 1,"), "has 0 groups; put the part in brackets"),
        (
            ("[ssh]", "[sshd]"),
            'line 3: fingerprints[0].fields[0]: "sshd" is not allowed here; did you mean "ssh"',
        ),
        ((", examples: [SSH-Example-1]", ""), 'the key "examples" is missing; add it'),
        (("ssh]", "ssh], category: swich"), '"swich" is no category; nearest: switch'),
    ],
)
def test_a_bad_rule_is_refused_with_file_line_what_and_remedy(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(FactsError) as refused:
        with_rules(tmp_path, f"title: Test\nfingerprints:\n{RULE.replace(*change)}\n")
    assert "fingerprints/x.yaml line 3" in str(refused.value)
    assert message.rpartition("line 3: ")[2] in str(refused.value)


def test_an_id_that_stands_in_two_files_is_refused(tmp_path: Path) -> None:
    rule = RULE.replace("id: x", "id: openssh")
    with pytest.raises(FactsError, match='"openssh" stands twice'):
        with_rules(tmp_path, f"title: Test\nfingerprints:\n{rule}\n")


def test_the_longer_of_two_readings_counts(tmp_path: Path) -> None:
    text = "title: Test\nfields: [telnet]\nfingerprints:\n" + "\n".join(
        f"- {{id: {name}, pattern: {pattern}, maker: {maker}, examples: [{pattern}]}}"
        for name, pattern, maker in (("short", "Routing Tool", "zte"), ("long", "Acme Routing Tool", "cisco"))
    )
    register = with_rules(tmp_path, text)
    hits = match_fingerprints(["telnet"] * 2, ["Acme Routing Tool", "My Routing Tool"], register)
    assert [[hit.rule.id for hit in found] for found in hits] == [["long"], ["short"]]


def with_rules(tmp_path: Path, text: str) -> Register:
    """A register of the packaged facts and one more file of rules."""
    return Register(compiled_with(tmp_path, {"fingerprints/x.yaml": text}))
