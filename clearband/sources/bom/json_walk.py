"""A walk through a JSON text that sees a window of it: a document of any size, in the memory of its parts."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from clearband.errors import InputError

_WINDOW: Final = 1 << 20
"""Characters that are looked at ahead."""
_BLANK: Final = re.compile(r"[ \t\n\r]*")


class _TooLong:
    """What `JsonWalk.whole` says of a value that does not end within the window."""


TOO_LONG: Final = _TooLong()


class JsonWalk:
    """Goes through a JSON text from its beginning; each value is taken, or gone into, or passed over.

    Numbers stay as written, as text.

    Args:
        utf8: The text.
        file: For messages.
    """

    def __init__(self, utf8: bytes, file: str) -> None:
        self._utf8 = utf8
        self._file = file
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._at = 0
        self._lines = 1
        # The standard library's scanner in C, without the checks for a whole document around it.
        decoder: Any = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
        self._scan = decoder.scan_once

    def members(self) -> Iterator[str]:
        """The keys of the object that stands here; the value of each must be dealt with before the next.

        Raises:
            InputError: Malformed, or no object.
        """
        self._take("{", "an object")
        if self._next() == "}":
            self._at += 1
            return
        while True:
            if self._next() != '"':
                raise self._malformed("a name in quotation marks was expected")
            name = self.value()
            self._take(":", "a colon")
            yield name
            if self._next() == "}":
                self._at += 1
                return
            self._take(",", "a comma or }")

    def elements(self) -> Iterator[None]:
        """Stands before each element of the array that stands here, which must be dealt with.

        Raises:
            InputError: Malformed, or no array.
        """
        self._take("[", "an array")
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield
            if self._next() == "]":
                self._at += 1
                return
            self._take(",", "a comma or ]")

    def at_array(self) -> bool:
        """Whether an array stands here."""
        return self._next() == "["

    def at_object(self) -> bool:
        """Whether an object stands here."""
        return self._next() == "{"

    def value(self) -> Any:
        """The value that stands here, whole.

        Raises:
            InputError: Malformed or nested too deeply.
        """
        self._next()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except (StopIteration, ValueError) as error:
                if self._fill():
                    continue
                raise self._malformed(getattr(error, "msg", "a value was expected")) from None
            except RecursionError:
                raise InputError(
                    "nested too deeply", where=f"{self._file} line {self._line()}", remedy="flatten it"
                ) from None
            # A number that ends with the window may go on behind it.
            if end == len(self._text) and self._fill():
                continue
            self._at = end
            return value

    def whole(self) -> Any:
        """The value that stands here if it ends soon, else `TOO_LONG`: then it can be gone into."""
        self._next()
        if len(self._text) - self._at < _WINDOW:
            self._fill()
        try:
            value, end = self._scan(self._text, self._at)
        except (StopIteration, ValueError, RecursionError):
            return TOO_LONG
        if end == len(self._text):
            return TOO_LONG
        self._at = end
        return value

    def skip(self) -> int:
        """Pass over the value that stands here; of an array, tells how many elements it has."""
        if not self.at_array():
            self.value()
            return 0
        count = 0
        for _ in self.elements():
            self.value()
            count += 1
        return count

    def end(self) -> None:
        """Make sure that nothing follows.

        Raises:
            InputError: Something does.
        """
        if self._next():
            raise self._malformed("something follows the end of the document")

    def _next(self) -> str:
        """The character that stands here behind blanks; "" at the end."""
        while True:
            self._at = _BLANK.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def _take(self, sign: str, what: str) -> None:
        if self._next() != sign:
            raise self._malformed(f"{what} was expected")
        self._at += 1

    def _fill(self) -> bool:
        """Look further ahead, twice as far each time; whether there was more."""
        if self._read >= len(self._utf8):
            return False
        kept = self._text[self._at :]
        self._lines += self._text.count("\n", 0, self._at)
        stop = self._read + max(_WINDOW, len(kept))
        more = self._decoder.decode(self._utf8[self._read : stop], final=stop >= len(self._utf8))
        self._read = stop
        self._text, self._at = kept + more, 0
        return True

    def _line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._at)

    def _malformed(self, why: str) -> InputError:
        return InputError(
            f"malformed JSON ({why})",
            where=f"{self._file} line {self._line()}",
            remedy="correct the file or export it again",
        )
