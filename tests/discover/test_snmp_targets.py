"""Whom to ask, and with what: as the user says, and nothing that was not said."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.discover.snmp.credentials import read_credentials
from clearband.discover.snmp.targets import Target, read_targets
from clearband.errors import UsageError


def shown(*words: str, file: Path | None = None) -> list[str]:
    return [one.shown for one in read_targets(words, file, 1_000).targets]


def test_addresses_nets_ranges_and_ports() -> None:
    assert shown("192.0.2.1", "192.0.2.1:1161") == ["192.0.2.1", "192.0.2.1:1161"]
    assert shown("192.0.2.0/30") == ["192.0.2.1", "192.0.2.2"]
    assert shown("192.0.2.4/31:99") == ["192.0.2.4:99", "192.0.2.5:99"]
    assert shown("192.0.2.9-11", "192.0.2.254-192.0.3.1") == [
        *(f"192.0.2.{last}" for last in (9, 10, 11, 254, 255)), "192.0.3.0", "192.0.3.1",
    ]  # fmt: skip
    assert shown("2001:db8::1", "[2001:db8::2]:1161") == ["2001:db8::1", "[2001:db8::2]:1161"]
    assert shown("2001:db8::8/126") == [f"2001:db8::{last}" for last in "89ab"]
    assert shown("fe80::1%lo") == ["fe80::1%lo"]


def test_each_address_is_asked_once() -> None:
    found = read_targets(["127.0.0.1", "localhost", "127.0.0.0/30"], None, 10).targets
    assert [(one.address, one.is_named) for one in found if ":" not in one.address] == [
        ("127.0.0.1", True), ("127.0.0.2", False),
    ]  # fmt: skip


def test_names_are_looked_up_and_unknown_ones_told() -> None:
    found = read_targets(["localhost:99", "no-such-host.invalid"], None, 10)
    assert found.targets[0].shown == "localhost:99"
    assert found.unknown == ("no-such-host.invalid",)


def test_a_file_has_targets_and_remarks(tmp_path: Path) -> None:
    file = tmp_path / "targets"
    file.write_text("# the lab\n192.0.2.1 192.0.2.2  # two\n\n192.0.2.9\n", encoding="utf-8")
    assert shown("192.0.2.5", file=file) == [f"192.0.2.{last}" for last in (5, 1, 2, 9)]
    file.write_text("192.0.2.1\n192.0.2.300\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r'targets line 2: "192.0.2.300" is no target'):
        shown(file=file)


@pytest.mark.parametrize(
    "word",
    ["192.0.2", "192.0.2.1:0",
     "192.0.2.1:99999", "192.0.2.9-3", "192.0.2.1-2001:db8::1", "192.0.2.0/33", "a b",
     "-v", "[::1", "[::1]:x", "::1::2", "http://x/", "", "192.0.2.1:²"],
)  # fmt: skip
def test_what_is_no_target_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="is no target"):
        shown(word)


def test_more_addresses_than_allowed_are_refused_before_any_is_made() -> None:
    for word in ("10.0.0.0/8", "2001:db8::/32"):
        with pytest.raises(
            UsageError, match="at most 1,000 are asked; name a smaller range, or say --max-addresses"
        ):
            shown(word)
    with pytest.raises(UsageError, match="no address is named"):
        shown()
    assert Target("192.0.2.1").port == 161


USERS = """
- {user: one, auth: SHA-256, auth-password: "01234567", priv: AES, priv-password: secret-canary}
- user: two
  auth: sha
  auth-password: secret-canary
"""


def test_users_come_before_communities_and_texts_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "u").write_text(USERS, encoding="utf-8")
    (tmp_path / "c").write_text("b\na\nb\n", encoding="utf-8")
    for name in "uc":
        (tmp_path / name).chmod(0o600)
    found = read_credentials(tmp_path / "c", tmp_path / "u", {})
    one, two, *communities = found.tried
    assert (one.auth, one.auth_password, one.priv) == ("sha256", b"01234567", "aes128")  # type: ignore[union-attr]
    assert (two.auth, two.priv) == ("sha1", None)  # type: ignore[union-attr]
    assert communities == [b"b", b"a"]
    assert found.warnings == ()
    assert "canary" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{user: [secret-canary", "not YAML"),
        ("secret-canary", "no user"),
        ("{user: x, auth: sha256, password: secret-canary}", "1 keys that a user does not have"),
        ("{user: x, auth: secret-canary, auth-password: secret-canary}", "auth is none that is known"),
        ("{user: x, auth: sha256, auth-password: secret-canary, priv: des}", "priv is none that is known"),
        ("{user: x, auth: sha256, auth-password: secret}", "auth-password has less than 8 bytes"),
        (
            "{user: x, auth: sha256, auth-password: secret-canary, priv: aes}",
            "priv-password has less than 8 bytes",
        ),
        (
            "{user: x, auth: sha256, auth-password: secret-canary, priv-password: secret-canary}",
            "without priv",
        ),
        ("{auth: sha256, auth-password: secret-canary}", "1 to 32 bytes"),
    ],
)
def test_what_is_no_user_is_told_without_what_it_says(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        read_credentials(None, None, {"CLEARBAND_SNMP_USERS": text})
    assert "secret" not in error.value.one_line()


def test_a_community_that_is_too_long_is_told_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line 2: longer than 255 bytes") as error:
        read_credentials(None, None, {"CLEARBAND_SNMP_COMMUNITY": "a\n" + "canary" * 50})
    assert "canary" not in error.value.one_line()
    with pytest.raises(UsageError, match="more than 20"):
        read_credentials(None, None, {"CLEARBAND_SNMP_COMMUNITY": "\n".join(map(str, range(21)))})
