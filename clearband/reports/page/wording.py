"""Filters of the templates: untrusted text made visible and escaped, answers as badges, web addresses."""

from __future__ import annotations

import re
from typing import Any, Final

from markupsafe import Markup, escape

from clearband.reports.answers import ANSWER_WORDS, words_of
from clearband.reports.plain_text import CELL_LIMIT, visible

_DATE: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def cell(value: Any, limit: int = CELL_LIMIT) -> Markup:
    """Untrusted text for a page: nothing hides in it, its direction stays inside, a cut says so."""
    text = visible(value, limit)
    return Markup("<bdi>") + escape(text) + Markup("</bdi>") if text else Markup()


def dated(text: str) -> Markup:
    """Text of ours in which no date is broken between two lines."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(text))))  # noqa: S704 (escaped)


def badge(answer: str | None) -> Markup:
    """The answer as a word with its shape; the shape is left out for screen readers, which read the word."""
    words = words_of(answer)
    kind = words.answer if words.answer in ANSWER_WORDS else "other"
    shape, word = escape(words.shape), escape(visible(words.word, 40))
    return Markup('<span class="answer {}"><span aria-hidden="true">{}</span> {}</span>').format(
        kind, shape, word
    )


def web_address(text: Any) -> str | None:
    """The text when it is a web address that may become a link, else None."""
    address = visible(text)
    return address if address.startswith(("https://", "http://")) and " " not in address else None
