"""Which signs the fonts can show, and names in Latin letters where they cannot.

A tagged PDF must not hold a sign that no font shows: typst refuses it. A maker's name may be in any script,
and whether the machine has a font for it is not ours to choose. So each strange sign is tried first; a word
with one that cannot be shown is written in Latin letters, marked, and the draft says so.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anyascii import anyascii

if TYPE_CHECKING:
    import typst

MARK: Final = "†"
"""Behind a word that was written in Latin letters."""
LATIN_NOTE: Final = (
    f"{MARK} stands behind words that are written here in Latin letters, because no font at hand shows their "
    "script. The HTML and JSON forms of this draft hold them as they are."
)
_KNOWN: Final = re.compile("[^\u0020-\u007e\u00a0-\u017f\u2010-\u2014\u2018-\u201d\u2026\u2020☐·…]")
_MOST: Final = 3_000
"""More strange signs than that are not tried one by one."""
_WORD: Final = re.compile(r"\S+")
_REFUSED: Final = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_PROBE: Final = Path(__file__).parent / "typst" / "probe.typ"


def beyond_latin(content: Any) -> set[str]:
    """The signs in all texts that the fonts inside typst may not show."""
    if isinstance(content, str):
        return set(_KNOWN.findall(content))
    if isinstance(content, dict):
        return set().union(*map(beyond_latin, content.values()))
    if isinstance(content, list):
        return set().union(*map(beyond_latin, content))
    return set()


def displayable(signs: set[str], fonts: typst.Fonts) -> set[str]:
    """Those that some font shows, found by halving: nearly always all of a script are shown, or none."""
    if not signs or len(signs) > _MOST:
        return set()
    import typst

    compiler = typst.Compiler(_PROBE, root=_PROBE.parent, font_paths=fonts)

    def shows(some: list[str]) -> bool:
        try:
            compiler.compile(
                format="pdf", sys_inputs={"signs": " ".join(some)}, pdf_standards=["ua-1"], timestamp=0
            )
        except typst.TypstError:
            return False
        return True

    found: set[str] = set()
    left = [sorted(signs)]
    while left:
        some = left.pop()
        if shows(some):
            found.update(some)
        elif len(some) > 1:
            half = len(some) // 2
            left += [some[:half], some[half:]]
    return found


def refused_by(error: typst.TypstError) -> set[str]:
    """The signs that a refusal names; none when it is about something else."""
    named = _REFUSED.search(error.message)
    if named is None:
        return set()
    return set(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), named[1]))


def in_latin(content: Any, hidden: set[str]) -> Any:
    """The same with every word that has such a sign in Latin letters and marked."""
    if isinstance(content, str):
        return (
            content
            if hidden.isdisjoint(content)
            else _WORD.sub(lambda word: _latin(word[0], hidden), content)
        )
    if isinstance(content, dict):
        return {key: in_latin(one, hidden) for key, one in content.items()}
    if isinstance(content, list):
        return [in_latin(one, hidden) for one in content]
    return content


def _latin(word: str, hidden: set[str]) -> str:
    if hidden.isdisjoint(word):
        return word
    return "".join(_letters(sign) if sign in hidden else sign for sign in word) + MARK


def _letters(sign: str) -> str:
    return anyascii(sign) or f"[U+{ord(sign):04X}]"
