"""A user's copy of IANA's list of private enterprise numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.errors import InputError
from clearband.identify.identifiers import observe_enterprise
from clearband.register import load_register
from clearband.register.enterprise_file import read_enterprise_list

HEAD = """PRIVATE ENTERPRISE NUMBERS

(last updated 2026-11-20)

SMI Network Management Private Enterprise Codes:

Prefix: iso.org.dod.internet.private.enterprise (1.3.6.1.4.1)

Decimal
| Organization
| | Contact
| | | Email
| | | |
"""
COMPANIES = ["NxNetworks", "IBM", "Example Works", "Müller Netze GmbH", "Reserved", "Wide  Band Ltd"]
COMPANIES += [f"Maker {number}" for number in range(20)]


def entry(number: int, name: str, indent: str = "  ") -> str:
    return f"{number}\n{indent}{name}\n{indent * 2}Jane Doe\n{indent * 3}jane&maker-{number}.example.org\n"


def published(indent: str = "  ", end: str = "\n") -> str:
    text = HEAD + "".join(entry(100_000 + at, name, indent) for at, name in enumerate(COMPANIES))
    return text.replace("\n", end)


def read(tmp_path: Path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "numbers.txt"
    path.write_bytes(text.encode(encoding))
    return read_enterprise_list(path)


def test_the_text_as_published(tmp_path):
    listed = read(tmp_path, published())
    assert listed.names[100_002] == "Example Works"
    assert listed.names[100_005] == "Wide Band Ltd"
    assert 100_004 not in listed.names  # reserved
    assert listed.left_out == 0


def test_contacts_and_their_addresses_are_not_kept(tmp_path):
    listed = read(tmp_path, published() + entry(200_000, "sales&somebody.example.org"))
    kept = " ".join(listed.names.values())
    assert not any(sign in kept for sign in ("Jane", "Doe", "&", "@"))
    assert (listed.left_out, listed.first_left_out) == (1, published().count("\n") + 1)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (published(end="\r\n"), "utf-8"),
        (published(), "utf-8-sig"),
        (published(), "latin-1"),
        (published(), "utf-16"),
        (published("\t"), "utf-8"),
        (published("    "), "utf-8"),
        (HEAD + "".join(entry(at, name, "") for at, name in enumerate(COMPANIES, 1)), "utf-8"),
        ("".join(f"{at}\t{name}\n" for at, name in enumerate(COMPANIES, 1)), "utf-8"),
        (
            "Decimal,Organization,Contact\n" + "".join(f'{n},"{c}",x\n' for n, c in enumerate(COMPANIES, 1)),
            "utf-8",
        ),
    ],
)
def test_a_copy_in_another_state_says_the_same(tmp_path, text, encoding):
    names = list(read(tmp_path, text, encoding).names.values())
    assert names == [" ".join(name.split()) for name in COMPANIES if name != "Reserved"]


def test_a_contact_s_telephone_number_is_no_enterprise_number(tmp_path):
    text = "".join(f"{at}\n{name}\n5551234\nx\n" for at, name in enumerate(COMPANIES, 1))
    assert max(read(tmp_path, text).names) == len(COMPANIES)


def test_a_number_without_an_organisation_does_not_take_the_next(tmp_path):
    text = published() + "150000\n150001\n  After Ltd\n    Jane Doe\n      jane&x.example.org\n"
    names = read(tmp_path, text).names
    assert 150_000 not in names
    assert names[150_001] == "After Ltd"


@pytest.mark.parametrize("text", ["", "Asset,Model\nA1,S5720\n", "<html><body>404</body></html>", "\0" * 400])
def test_another_file_is_refused_in_one_line(tmp_path, text):
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    assert "numbers.txt line 1: no list of enterprise numbers" in refused.value.one_line()
    assert "iana.org" in refused.value.remedy


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(InputError, match="cannot be read"):
            read_enterprise_list(path)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes((published() + text).encode("utf-8", errors="surrogatepass"))
    assert read_enterprise_list(path).names[100_002] == "Example Works"


def test_the_facts_go_before_the_list(tmp_path):
    text = (
        published()
        + entry(2011, "Somebody Else")
        + entry(8072, "net-snmp")
        + entry(99_999, "ZTE Corporation")
    )
    register = load_register().with_enterprise_list(read(tmp_path, text))
    assert register.enterprise("1.3.6.1.4.1.2011.2.23").org_id == "huawei"
    assert observe_enterprise("1.3.6.1.4.1.8072.3", register).evidence == ()
    (zte,) = observe_enterprise("1.3.6.1.4.1.99999.1", register).evidence
    (unknown,) = observe_enterprise("1.3.6.1.4.1.100002.7", register).evidence
    assert (zte.maker, zte.known, zte.source) == ("zte", True, "numbers.txt")
    assert (unknown.name, unknown.known) == ("Example Works", False)
    assert load_register().enterprise("1.3.6.1.4.1.100002.7") is None
