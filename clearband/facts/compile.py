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
from clearband.facts.kinds import KINDS, Kind


def model_of(kind: Kind) -> type[BaseModel]:
    """The Pydantic model that one file of this kind must satisfy."""
    module, _, name = kind.model.partition(":")
    model: type[BaseModel] = getattr(importlib.import_module(module), name)
    return model


def read_file(kind: Kind, path: Path, where: str) -> BaseModel:
    """Read and validate one fact file.

    Raises:
        FactsError: The file breaks its schema; names the file, the key and what is wrong with it.
    """
    try:
        return model_of(kind).model_validate(yaml_text.load(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the document"
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise FactsError(
            f"{key}: {first['msg']}{more}", where=where, remedy=f"see the JSON Schema {kind.name}.schema.json"
        ) from None


def compile_facts(root: Path, sources: Iterable[tuple[str, Path]]) -> dict[str, bytes]:
    """Compile the fact files below ``root``.

    Args:
        root: The folder of the fact files.
        sources: Relative name and path of every source, for the content hash.

    Returns:
        File name to content of every compiled part, ``manifest.json`` last.
    """
    parts: dict[str, bytes] = {}
    for kind in KINDS:
        paths = sorted(root.glob(kind.pattern))
        files = [
            read_file(kind, path, path.relative_to(root).as_posix()).model_dump(
                mode="json", exclude_none=True, by_alias=True
            )
            for path in paths
        ]
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
