"""Validate every fact file against its model and turn the whole into the compiled parts."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from clearband.errors import FactsError
from clearband.facts import yaml_text
from clearband.facts.document import Document
from clearband.facts.figure_references import wrong_figure_references
from clearband.facts.kinds import KINDS, Kind
from clearband.facts.plain_problems import plain_problems
from clearband.facts.problems import Problem, raise_first
from clearband.facts.references import wrong_references


def model_of(kind: Kind) -> type[BaseModel]:
    """The Pydantic model that one file of this kind must satisfy."""
    module, _, name = kind.model.partition(":")
    model: type[BaseModel] = getattr(importlib.import_module(module), name)
    return model


def read_file(kind: Kind, path: Path, where: str) -> Document:
    """Read and validate one fact file.

    Raises:
        FactsError: The file breaks its schema; names the file, the line, the key and what is wrong with it.
    """
    document, problems = validated(kind, path, where)
    raise_first(problems)
    assert document is not None
    return document


def validated(kind: Kind, path: Path, where: str) -> tuple[Document | None, list[Problem]]:
    """Read one fact file and check it against its schema; the document is None where there are errors.

    Args:
        kind: What it is.
        path: Where it lies.
        where: How it is called in messages.
    """
    try:
        text = yaml_text.text_of(path)
        raw = yaml_text.parse(text, where=where)
    except FactsError as error:
        place, _, line = error.where.rpartition(" line ")
        problem = Problem(
            "error", where, int(line) if place and line.isdigit() else None, "", error.what, error.remedy
        )
        return None, [problem]
    model = model_of(kind)
    try:
        return Document(where, text, model.model_validate(raw)), []
    except ValidationError as error:
        problems = plain_problems(
            error.errors(), raw, model, where, lambda place: yaml_text.line_of(text, place)
        )
        return None, problems


def compile_facts(root: Path, sources: Iterable[tuple[str, Path]]) -> dict[str, bytes]:
    """Compile the fact files below ``root``.

    Args:
        root: The folder of the fact files.
        sources: Relative name and path of every source, for the content hash.

    Returns:
        File name to content of every compiled part, ``manifest.json`` last.
    """
    documents = {
        kind.name: [
            read_file(kind, path, path.relative_to(root).as_posix())
            for path in sorted(root.glob(kind.pattern))
        ]
        for kind in KINDS
    }
    raise_first([*wrong_references(documents), *wrong_figure_references(documents)])
    parts: dict[str, bytes] = {}
    for kind in KINDS:
        files = [document.compiled for document in documents[kind.name]]
        content: Any = files if kind.many else (files[0] if files else {})
        parts[f"{kind.name}.json"] = _json(content)
    from clearband.facts.mac_blocks import compile_mac_blocks

    parts.update(compile_mac_blocks())
    digest = hashlib.sha256()
    for name, path in sources:
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    digest.update(hashlib.sha256(parts["mac_blocks.json"]).digest())
    parts["manifest.json"] = _json({"content_sha256": digest.hexdigest(), "files": len(list(sources))})
    return parts


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
