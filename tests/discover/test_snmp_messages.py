"""Messages of SNMP: what is read of strangers' datagrams, keys and codes by the vectors of the standards."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.discover.snmp import ber
from clearband.discover.snmp.aes import decrypted, encrypted
from clearband.discover.snmp.ber import MalformedError
from clearband.discover.snmp.community import CommunityMessages
from clearband.discover.snmp.limits import Pace
from clearband.discover.snmp.pdu import GET, GET_BULK, REPORT, RESPONSE, Request
from clearband.discover.snmp.usm import CIPHERS, HASHES, NotInTimeError, RefusedError, User, UserMessages
from tests.snmp import ber as played

ENGINE = bytes.fromhex("000000000000000000000002")
KEY = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
VECTOR = bytes(range(16))
PLAIN = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
CIPHERED = bytes.fromhex("3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b")
USER = User("monitor", "sha256", b"authentic-1", "aes128", b"encrypted-1")


def scoped(kind: int, number: int, oid: str, content: bytes) -> bytes:
    pairs = ber.packed(ber.SEQUENCE, ber.packed(ber.SEQUENCE, played.object_id(oid), content))
    return ber.packed(kind, ber.integer(number), ber.integer(0), ber.integer(0), pairs)


def engine_of(user: User) -> UserMessages:
    """The other side: it knows its own engine and the user's keys."""
    engine = UserMessages(user)
    report = scoped(REPORT, 1, "1.3.6.1.6.3.15.1.1.4.0", b"\x41\x01\x01")
    blank = UserMessages(user)
    blank.engine, blank._boots, blank._time = ENGINE, 3, 700
    engine.decode(blank._message(report, 1, flags=0, user=b""), 1)
    return engine


def answered(user: User, number: int = 9, flags: int = 3, kind: int = RESPONSE) -> bytes:
    oid = "1.3.6.1.2.1.1.5.0" if kind == RESPONSE else "1.3.6.1.6.3.15.1.1.2.0"
    return engine_of(user)._message(
        scoped(kind, number, oid, b"\x04\x02hi"), number, flags=flags, user=b"monitor"
    )


def test_keys_are_those_of_rfc_3414() -> None:
    key, _ = User("x", "sha1", b"maplesyrup").keys(ENGINE)
    assert key.hex() == "6695febc9288e36282235fc7151f128497b38f3f"


def test_encryption_is_that_of_nist_sp_800_38a() -> None:
    assert encrypted(KEY, VECTOR, PLAIN) == CIPHERED
    for size in (0, 1, 15, 16, 17, 32):
        assert decrypted(KEY, VECTOR, CIPHERED[:size]) == PLAIN[:size]


@pytest.mark.parametrize("auth", HASHES)
@pytest.mark.parametrize("priv", [None, *CIPHERS])
def test_every_hash_and_cipher_reads_what_it_writes(auth: str, priv: str | None) -> None:
    user = User("monitor", auth, b"authentic-1", priv, b"encrypted-1")
    response = engine_of(user).decode(answered(user, flags=3 if priv else 1), 9)
    assert response.pairs == (((1, 3, 6, 1, 2, 1, 1, 5, 0), b"hi"),)


def test_an_answer_that_was_changed_anywhere_is_none() -> None:
    good, reader = answered(USER), engine_of(USER)
    assert reader.decode(good, 9).pairs[0][1] == b"hi"
    for at in range(len(good)):
        with pytest.raises((MalformedError, RefusedError)):
            reader.decode(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :], 9)


def test_an_answer_less_protected_than_the_request_is_none() -> None:
    for flags in (0, 1):
        with pytest.raises(MalformedError):
            engine_of(USER).decode(answered(USER, flags=flags), 9)
    with pytest.raises(MalformedError):
        engine_of(USER).decode(answered(USER), 8)


def test_a_clock_is_set_only_by_a_report_that_is_authentic() -> None:
    with pytest.raises(NotInTimeError):
        engine_of(USER).decode(answered(USER, flags=1, kind=REPORT), 9)
    with pytest.raises(RefusedError, match="clock"):
        engine_of(USER).decode(answered(USER, flags=0, kind=REPORT), 9)


def test_secrets_stand_in_no_representation() -> None:
    assert "authentic-1" not in repr(USER)
    assert "encrypted-1" not in repr(USER)


@given(st.binary(max_size=300))
def test_any_bytes_are_malformed_or_an_answer(data: bytes) -> None:
    for messages in (CommunityMessages(b"c"), engine_of(USER), UserMessages(USER)):
        with pytest.raises((MalformedError, RefusedError)):
            messages.decode(data, 1)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=6))
def test_any_damage_to_an_answer_ends_in_an_answer_or_as_malformed(at: int, change: bytes) -> None:
    request = played.Request(1, b"c", GET, 5, 0, 0, ())
    values: list[played.Value] = [b"text", 7, "1.3.6.1.4.1.2011", None]
    pairs = [(f"1.3.6.1.2.1.1.{number}.0", played.value(one)) for number, one in enumerate(values)]
    data = bytearray(played.response(request, pairs))
    data[at % len(data) : at % len(data) + len(change)] = change
    try:
        response = CommunityMessages(b"c").decode(bytes(data), 5)
    except MalformedError:
        return
    assert all(isinstance(oid, tuple) for oid, _ in response.pairs)


def test_requests_are_as_the_standard_says() -> None:
    asked = Request(GET_BULK, ((1, 3, 6, 1, 4, 1, 2011),), 20)
    read = played.read_request(CommunityMessages(b"public").encode(asked, 77))
    assert read == played.Request(1, b"public", GET_BULK, 77, 0, 20, ("1.3.6.1.4.1.2011",))


def test_requests_go_one_after_another_at_their_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [100.0], list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(round(seconds, 6))

    monkeypatch.setattr("clearband.discover.snmp.limits.time.monotonic", lambda: now[0])
    monkeypatch.setattr("clearband.discover.snmp.limits.asyncio.sleep", sleep)

    async def ask() -> None:
        pace = Pace(10)
        for _ in range(4):
            await pace.wait()
        now[0] = 200.0
        await pace.wait()

    asyncio.run(ask())
    assert slept == [0.1, 0.2, 0.3]
