"""XML from anybody, read as it passes by: nothing is loaded, unfolded or kept, and all that grows is bounded.

A document type may be named, but declares nothing: entities are refused where they are declared (a thousand
lines that unfold to gigabytes, files of this machine in the text), and nothing outside the file is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from xml.parsers import expat

from clearband.errors import InputError

_PIECE: Final = 1 << 20
_ENDS: Final = frozenset(
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
"""What the parser says of a text that stops before its end."""

_SECOND: Final = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


class Elements(Protocol):
    """Who takes the elements of a document, in document order."""

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """An element begins, in a line counted from 1."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of the text within the innermost element."""


@dataclass(frozen=True)
class XmlLimits:
    """What keeps hostile documents harmless.

    Args:
        levels: Deepest nesting of elements.
        tag_bytes: Longest tag, comment or processing instruction.
    """

    levels: int = 64
    tag_bytes: int = 16_000_000


@dataclass(frozen=True)
class CutOff:
    """A document that stops before its end.

    Attributes:
        line: The last line that there is.
    """

    line: int


class _Parser:
    """One parser with its refusals."""

    def __init__(self, file: str, elements: Elements, limits: XmlLimits) -> None:
        self._file, self._elements, self._limits = file, elements, limits
        self._depth = 0
        self.began = False
        self.expat = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = elements.text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._reference
        parser.SkippedEntityHandler = self._reference

    def where(self, line: int | None = None) -> str:
        return f"{self._file} line {self.expat.CurrentLineNumber if line is None else line}"

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.began = True
        if self._depth > self._limits.levels:
            raise InputError(
                f"elements lie more than {self._limits.levels} deep in each other",
                where=self.where(),
                remedy="export the file again",
            )
        self._elements.start(name, attributes, self.expat.CurrentLineNumber)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._elements.end(name)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise self._declares("a document type with declarations of its own")

    def _entity(self, *_: object) -> None:
        raise self._declares("an entity is declared")

    def _reference(self, name: object, *_: object) -> int:
        raise self._declares(f'an entity that nothing explains ("{str(name)[:40]}")')

    def _declares(self, what: str) -> InputError:
        return InputError(
            f"{what}, which can hide hostile content and is not read",
            where=self.where(),
            remedy="take the declarations out, or export the file again",
        )

    def refuse_long_tag(self, given: int) -> None:
        """Refuse a tag that does not end within the limit, before the parser keeps more of it."""
        begin = self.expat.CurrentByteIndex
        if given - max(begin, 0) > self._limits.tag_bytes + _PIECE:
            raise InputError(
                f"a tag is longer than {self._limits.tag_bytes} bytes",
                where=self.where(),
                remedy="export the file again",
            )


def read_xml(
    utf8: bytes,
    file: str,
    elements: Elements,
    limits: XmlLimits = XmlLimits(),
) -> CutOff | None:
    """Hand the elements of a document to ``elements``.

    Args:
        utf8: The document in UTF-8 without byte order mark, whatever encoding its declaration names.
        file: Its name for messages.

    Returns:
        Where it stops, if that is before its end; whoever called decides whether what was read is of use.

    Raises:
        InputError: It is no XML, declares entities, or exceeds a limit; the message names the line.
    """
    parser = _Parser(file, elements, limits)
    view = memoryview(utf8)
    try:
        for at in range(0, len(view), _PIECE):
            parser.expat.Parse(view[at : at + _PIECE], False)
            parser.refuse_long_tag(min(at + _PIECE, len(view)))
        parser.expat.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code in _ENDS and parser.began:
            return CutOff(utf8.count(b"\n") + 1)
        if error.code == _SECOND:
            raise InputError(
                "a second document begins behind the first",
                where=parser.where(error.lineno),
                remedy="give each a file of its own",
            ) from None
        raise InputError(
            f"malformed XML ({expat.errors.messages[error.code]} at column {error.offset + 1})",
            where=parser.where(error.lineno),
            remedy="correct the file or export it again",
        ) from None
    return None
