"""Merkle trees: the reference vectors of certificate transparency, and the laws for all sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.listing.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    consistent,
    includes,
    inclusion_proof,
    leaf_hash,
    root_of,
)

LEAVES = [
    leaf_hash(bytes.fromhex(text))
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
F = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
INCLUSION = (  # place from 0, size, proof
    (0, 1, ()),
    (0, 8, (A, B, C)),
    (5, 8, (D, F, ROOTS[3])),
    (2, 3, (ROOTS[1],)),
    (1, 5, (ROOTS[0], B, D)),
)
CONSISTENCY = (  # size before, size after, proof
    (1, 1, ()),
    (1, 8, (A, B, C)),
    (6, 8, ("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", F, ROOTS[3])),
    (2, 5, (B, D)),
)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference(index: int, size: int, proof: tuple[str, ...]) -> None:
    assert [one.hex() for one in inclusion_proof(LEAVES[:size], index)] == list(proof)


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference(
    first: int, second: int, proof: tuple[str, ...]
) -> None:
    assert [one.hex() for one in consistency_proof(LEAVES[:second], first)] == list(proof)


def _leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(size)]


@given(st.integers(1, 200), st.data())
def test_every_leaf_is_proved_and_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = _leaves(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(leaves, index), root_of(leaves)
    assert includes(leaves[index], index, size, proof, root)
    assert not includes(leaf_hash(b"another"), index, size, proof, root)
    assert not includes(leaves[index], index, size, [*proof, proof[0] if proof else root], root)
    assert not includes(leaves[index], size, size, proof, root)
    assert not includes(leaves[index], -1, size, proof, root)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert not includes(leaves[index], other, size, proof, root)
    for place in range(len(proof)):
        bent = [bytes(32) if at == place else one for at, one in enumerate(proof)]
        assert not includes(leaves[index], index, size, bent, root)
        assert not includes(leaves[index], index, size, proof[:place], root)


@given(st.integers(1, 200), st.data())
def test_every_earlier_tree_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = _leaves(size)
    first = data.draw(st.integers(1, size))
    proof, old, new = consistency_proof(leaves, first), root_of(leaves[:first]), root_of(leaves)
    assert consistent(first, size, old, new, proof)
    assert not consistent(first, size, bytes(32), new, proof)
    assert not consistent(first, size, old, bytes(32), proof)
    assert not consistent(size + 1, size, old, new, proof)
    assert not consistent(first, size, old, new, [*proof, new])
    changed = [leaf_hash(b"changed"), *leaves[1:first]]
    assert not consistent(first, size, root_of(changed), new, proof)
    for place in range(len(proof)):
        bent = [bytes(32) if at == place else one for at, one in enumerate(proof)]
        assert not consistent(first, size, old, new, bent)


@given(st.integers(0, 200))
def test_every_tree_begins_with_the_empty_one(size: int) -> None:
    root = root_of(_leaves(size))
    assert consistent(0, size, EMPTY_ROOT, root, [])
    assert size == 0 or not consistent(0, size, root, root, [])


@given(st.integers(0, 300))
def test_a_growing_tree_has_the_root_of_the_definition(size: int) -> None:
    def defined(leaves: list[bytes]) -> bytes:
        import hashlib

        if not leaves:
            return hashlib.sha256(b"").digest()
        if len(leaves) == 1:
            return leaves[0]
        half = 1
        while half * 2 < len(leaves):
            half *= 2
        return hashlib.sha256(b"\x01" + defined(leaves[:half]) + defined(leaves[half:])).digest()

    growing = Frontier()
    for leaf in _leaves(size):
        growing.add(leaf)
    assert (growing.size, growing.root()) == (size, defined(_leaves(size)))
