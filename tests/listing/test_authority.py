"""``authority.yaml``: one key is one key, and what is wrong is told in words of this file."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clearband.errors import FactsError
from clearband.listing.authority import read_authority
from tests.listing.made_list import DECIDERS

PUBLIC = next(iter(DECIDERS.values())).public
POINT = ec.derive_private_key(7, ec.SECP256R1()).public_key()
PEM = POINT.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def refused(tmp_path: Path, first: str, second: str) -> str:
    """What is said of a file with two deciders' keys, each as the text of its line."""
    path = tmp_path / "authority.yaml"
    keys = "".join(
        f"- {{id: office-{n}, keyid: '{str(n) * 64}', since: '2026-01-01', {one}}}\n"
        for n, one in enumerate((first, second), start=1)
    )
    path.write_text(f"id: example\ntitle: Example\nquorum: '2'\ndeciders:\n{keys}")
    with pytest.raises(FactsError) as error:
        read_authority(path)
    return error.value.one_line()


@pytest.mark.parametrize("again", [PUBLIC, PUBLIC.upper(), " ".join((PUBLIC[:32], PUBLIC[32:]))])
def test_one_key_written_in_two_ways_is_not_two_deciders(tmp_path: Path, again: str) -> None:
    said = refused(tmp_path, f"public: '{PUBLIC}'", f"public: '{again}'")
    assert "a key stands twice" in said or "64 small hexadecimal digits" in said


def test_one_elliptic_curve_key_in_two_texts_is_not_two_deciders(tmp_path: Path) -> None:
    scheme = "scheme: ecdsa-sha2-nistp256, public: "
    lines = PEM.splitlines()
    folded = "\n".join([lines[0], lines[1][:32], lines[1][32:], *lines[2:]])
    texts = [scheme + '"' + text.replace("\n", "\\n") + '"' for text in (PEM, folded)]
    assert "a key stands twice" in refused(tmp_path, *texts)


def test_a_fault_is_told_in_words_of_this_file(tmp_path: Path) -> None:
    said = refused(tmp_path, "public: short, colour: red", "public: short, colour: red")
    assert "directive" not in said
    assert "and 3 more)" in said
