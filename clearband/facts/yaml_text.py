"""YAML in which every scalar is text.

YAML 1.1 turns ``NO`` (Norway) into false, ``1.10`` into 1.1 and ``010`` into 8. Facts, profiles and
directives are therefore read with every scalar as text, and the typed models convert. Aliases are refused:
they serve nobody here, and nested ones can blow a small file up to gigabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from clearband.errors import FactsError
from clearband.facts.yaml_problems import plain_yaml_problem

MAX_BYTES = 8_000_000
MAX_DEPTH = 40


class _TextLoader(yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader):  # type: ignore[misc]
    """Scalars as text, no tags, no aliases."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = getattr(key_node, "value", None)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be plain text", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the key "{key}" stands twice', key_node.start_mark
                )
            seen.add(key)
        mapping: dict[str, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _null_to_none(value: Any, depth: int, where: str) -> Any:
    if depth > MAX_DEPTH:
        raise FactsError("nested too deeply", where=where, remedy=f"at most {MAX_DEPTH} levels are read")
    if isinstance(value, dict):
        return {key: _null_to_none(item, depth + 1, where) for key, item in value.items()}
    if isinstance(value, list):
        return [_null_to_none(item, depth + 1, where) for item in value]
    return None if value in ("", "null", "~") else value


def parse(text: str, *, where: str) -> Any:
    """Parse one YAML document; scalars stay text, ``null``, ``~`` and nothing become None.

    Args:
        text: The document.
        where: File name for messages.

    Raises:
        FactsError: The text is not YAML, holds an alias, a duplicate key or too many levels.
    """
    loader = None
    try:
        for event in yaml.parse(text, Loader=_TextLoader):
            if isinstance(event, yaml.AliasEvent):
                row = event.start_mark.line + 1 if event.start_mark else 0
                raise FactsError(
                    "a YAML alias is not allowed here",
                    where=f"{where} line {row}",
                    remedy="write the value out",
                )
        loader = _TextLoader(text)
        value = loader.get_single_data()
    except yaml.YAMLError as error:
        line, what, remedy = plain_yaml_problem(error, text)
        place = f"{where} line {line}" if line else where
        raise FactsError(what, where=place, remedy=remedy) from None
    except RecursionError:
        raise FactsError(
            "nested too deeply", where=where, remedy=f"at most {MAX_DEPTH} levels are read"
        ) from None
    finally:
        if loader is not None:
            loader.dispose()
    return _null_to_none(value, 0, where)


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line, from 1, on which a part of a document stands that `parse` read; the nearest part above it.

    Args:
        text: The document.
        path: Keys and places in lists, from the top.
    """
    node = _composed(text)
    if node is None:
        return None
    line: int = node.start_mark.line + 1
    for step in path:
        below = _child(node, step)
        if below is None:
            break
        mark, node = below
        line = mark.line + 1
    return line


@lru_cache(maxsize=2)
def _composed(text: str) -> yaml.Node | None:
    """The document with positions, kept while the problems of one file are told."""
    loader = _TextLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


def _child(node: yaml.Node, step: str | int) -> tuple[Any, yaml.Node] | None:
    """Where a part of a node begins (of a key: the key), and the part."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None


def load(path: Path) -> Any:
    """Read and parse one YAML file (UTF-8, at most 8 MB).

    Raises:
        FactsError: The file cannot be read or parsed.
    """
    return parse(text_of(path), where=str(path))


def text_of(path: Path) -> str:
    """The text of one YAML file (UTF-8, at most 8 MB).

    Raises:
        FactsError: The file cannot be read.
    """
    try:
        # A pipe or device would be waited for, or read without end.
        if path.exists() and not path.is_file():
            raise FactsError("is no file", where=str(path), remedy="name a file")
        if path.stat().st_size > MAX_BYTES:
            raise FactsError(f"larger than {MAX_BYTES} bytes", where=str(path), remedy="split the file")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FactsError(error.strerror or "cannot be read", where=str(path)) from None
    except UnicodeDecodeError:
        raise FactsError("not UTF-8 text", where=str(path), remedy="save it as UTF-8") from None
