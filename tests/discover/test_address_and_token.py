"""Which addresses a token is sent to, and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clearband.discover.address import address_of
from clearband.discover.token import Token, token_from
from clearband.errors import UsageError
from tests.discover.conftest import SECRET


@pytest.mark.parametrize(
    "url",
    [
        "netbox.example.net",
        "ftp://netbox.example.net",
        "https://",
        "https://user:hunter2@netbox.example.net",
        "https://netbox.example.net/?x=1",
        "https://netbox.example.net/#x",
        "http://netbox.example.net",
        "http://127.0.0.1.example.net",
        "http://localhost.example.net",
        "https://net box",
        "https://netbox:99999",
        "https://ex..net",
        "https://exam\\ple.net",
        f"https://{'a' * 64}.net",
        "https://net\nbox",
    ],
)
def test_an_address_that_would_give_the_token_away_or_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        address_of(url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://NetBox.example.net/", "https://netbox.example.net"),
        ("https://example.net:8443/netbox/api/", "https://example.net:8443/netbox"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/api", "http://[::1]:8000"),
        ("http://localhost/", "http://localhost"),
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
    ],
)
def test_addresses_are_written_one_way(url: str, shown: str) -> None:
    assert address_of(url).shown == shown


def test_a_token_comes_from_a_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    file.chmod(0o600)
    assert token_from("T", file, {}) == Token(SECRET)
    file.chmod(0o644)
    assert "other users of this machine can read" in token_from("T", file, {}).warnings[0]
    assert token_from("T", None, {"T": SECRET}).secret == SECRET
    for wrong in ("", "two words", "x" * 2000, "naïve"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(UsageError) as caught:
            token_from("T", file, {})
        assert not wrong or wrong not in str(caught.value)
    with pytest.raises(UsageError, match="there is no token"):
        token_from("T", None, {})
    with pytest.raises(UsageError, match="No such file"):
        token_from("T", tmp_path / "none", {})
    assert json.dumps(str(Token(SECRET))).count(SECRET) == 0
