"""Names of every script as lower-case Latin bytes, in bulk.

Only names that hold something else than ASCII are touched one by one; all others pass as they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

LONGEST: Final = 400
"""Characters of a name that are looked at; what follows is no name."""

_LOOKALIKE = str.maketrans(
    "АВЕЗКМНОРСТУХаеорсухіјѕԁһԛԝІЈЅьвгкмнтпӏ",
    "ABE3KMHOPCTYXaeopcyxijsdhqwIJSbvrkmhtnl",
)
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινρ", "ABEZHIKMNOPTYXaoivp")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")
_HUMP = re.compile("(?<=[а-яё])(?=[А-ЯЁ])|(?<=[А-ЯЁ]{2})(?=[А-ЯЁ][а-яё])")
_APOSTROPHES = re.compile("[‘’`´′]")
_LEGAL_HAN = re.compile(
    "(股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|集团公司|总公司|公司|集团|集團|股份)"
)
_NO_BRAND_HAN: Final = (
    "(科技|技术|技術|通信|通讯|通訊|电信|電信|电子|電子|数字|數字|网络|網絡|系统|系統|设备|設備|国际|國際|贸易|貿易"
    "|软件|軟件|安全|信息|服务|服務|中国|中國|北京|上海|深圳|广州|廣州|杭州|南京|成都|天津|广东|廣東|浙江|江苏)[省市]?"
)


def latin(names: pl.Series) -> pl.Series:
    """The names in ASCII letters; null counts as empty. Shape (n,) in and out."""
    names = names.fill_null("").str.slice(0, LONGEST)
    foreign = (names.str.len_bytes() != names.str.len_chars()).to_numpy()
    if not foreign.any():
        return names
    at = np.flatnonzero(foreign)
    told = [_romanised(name) for name in names.gather(at).to_list()]
    return names.scatter(at, pl.Series(told, dtype=pl.String))


def _romanised(name: str) -> str:
    from anyascii import anyascii

    name = _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", name))
    if name.isascii():
        return name
    name = _LEGAL_HAN.sub(r" \1 ", name)
    name = _HAN.sub(lambda run: f" {_one_word(run.group())} ", name)
    return str(anyascii(_WORD.sub(lambda word: _one_script(word.group()), name)))


def _one_word(run: str) -> str:
    from anyascii import anyascii

    return str(anyascii(run)).lower()


def _one_script(word: str) -> str:
    """A word whose letters come from two alphabets was made to look like one: read it by its looks."""
    if word.isascii():
        return word
    latin_letters = any(sign.isascii() or sign < "ɐ" for sign in word)
    if latin_letters and any("Ѐ" <= sign <= "ԯ" for sign in word):
        return word.translate(_LOOKALIKE)
    if latin_letters and any("Ͱ" <= sign <= "Ͽ" for sign in word):
        return word.translate(_GREEK)
    # apart here, since a capital that becomes two letters would look like the start of a new word
    return word if latin_letters else _HUMP.sub(" ", word).lower()


def trades_apart(names: pl.Series) -> pl.Series:
    """Chinese names with words of trade and places apart, which hide the brand in one long word.

    As one word they tell more, so this reading is only a second one. Shape (n,) in and out.
    """
    return names.str.replace_all(_NO_BRAND_HAN, " $1 ")


def buffers(names: pl.Series) -> tuple[Bytes, Offsets]:
    """The bytes of all names one after another, and where each starts, shape (n + 1,)."""
    lengths = names.str.len_bytes().to_numpy().astype(np.int64)
    offsets = np.zeros(len(names) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    joined = names.str.join("").item() if len(names) else ""
    return np.frombuffer((joined or "").encode("latin-1", "replace"), dtype=np.uint8), offsets
