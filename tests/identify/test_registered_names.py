"""Forms of registered names are found as if all names were put into their forms."""

from __future__ import annotations

from functools import lru_cache
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.identify import registered_names
from clearband.identify.folding import fold_words
from clearband.identify.name_forms import core, without_legal_form
from clearband.identify.registered_names import RegisteredNames
from clearband.register import load_register

_WORDS = st.sampled_from(
    [
        "Acme",
        "Z.T.E.",
        "O'Neil",
        "Shenzhen",
        "Technology",
        "Co.",
        "Ltd",
        "(USA)",
        "A",
        "B",
        "3com",
        "é",
        "华为",
        "",
        " ",
    ]
)
_NAMES = st.lists(st.lists(_WORDS, max_size=5).map(" ".join), max_size=8)


@lru_cache(maxsize=1)
def _register_names() -> tuple[str, ...]:
    return tuple(one.name for one in load_register().mac_blocks.registrants)


def _forms(names: list[str]) -> tuple[set[str], set[str]]:
    full = {"".join(without_legal_form(fold_words(name))) for name in names}
    return full | {"".join(core(fold_words(name))) for name in names}, full


@pytest.mark.parametrize("many", [1, 2, 100])
@given(_NAMES, st.lists(_WORDS | _NAMES.map(" ".join), max_size=8))
def test_forms_of_some_names(many: int, names: list[str], asked: list[str]) -> None:
    forms, full = _forms(names)
    found = RegisteredNames(names)
    wanted = ["".join(fold_words(text)) for text in [*asked, *names]]
    with (
        patch.object(registered_names, "_MANY_NAMES", many),
        patch.object(registered_names, "_MANY_FORMS", many),
    ):
        for form in [*wanted, *sorted(forms), *wanted]:
            assert found.has(form) == (form in forms)
            assert found.has_in_full(form) == (form in full)


def test_forms_of_all_registrants() -> None:
    names = list(_register_names())
    forms, full = _forms(names)
    some = sorted(forms)[:: len(forms) // 150]
    found = RegisteredNames(names)
    for form in (form for whole in some for form in (whole, whole[1:], whole + "x")):
        assert found.has(form) == (form in forms)
        assert found.has_in_full(form) == (form in full)
