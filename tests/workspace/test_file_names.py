"""What a file is called and is comes from elsewhere, and is not believed."""

from __future__ import annotations

import pytest

from clearband.workspace.file_names import LONGEST, clean
from clearband.workspace.media_types import media_type


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.pdf", "a.pdf"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie_ b.pdf"),
        ('"><script>.png', "___script_.png"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("Ｚürich ﬁle.pdf", "Ｚürich ﬁle.pdf"),
        ("a\ud800b", "ab"),
        ("a\x00\n\u202eb.csv", "a b.csv"),
        ("\ud800.csv", "csv"),
    ],
)
def test_names_of_files_are_cleaned(given: str, kept: str) -> None:
    assert clean(given) == kept


@pytest.mark.parametrize("given", ["x" * 999 + ".pdf", "華" * 300 + ".pdf", "." * 999, "a." + "b" * 999])
def test_long_names_are_cut_and_keep_their_extension(given: str) -> None:
    kept = clean(given)
    assert 0 < len(kept.encode()) <= LONGEST
    assert kept.endswith(".pdf") == given.endswith(".pdf")


def test_a_file_is_what_its_first_bytes_say() -> None:
    assert media_type(b"\x89PNG\r\n\x1a\n....") == "image/png"
    for other in (b"<html><script>", b"<svg xmlns=", b"", b"%PD", b"GIF8"):
        assert media_type(other) == "application/octet-stream"
