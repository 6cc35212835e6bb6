"""One body: a form, a form with files, or JSON, read into the same model."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, WithJsonSchema
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from clearband.web.here import Here, server_of
from clearband.web.nested_json import refuse_nested
from clearband.web.problems import FieldProblem, WebError

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
FORM_TOKEN: Final = "form_token"  # noqa: S105  # the name of a field
_RESERVED: Final = (FORM_TOKEN, "version", "idempotency_key")
_KEYED: Final = re.compile(r"([a-z_]{1,40})\[(.{1,300})\]", re.DOTALL)
_FIELDS: Final = 2_000
_FILES: Final = 20


class Body(BaseModel):
    """Base of what a request's body says: text is taken without the spaces around it, and no field but
    those named."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)


class Incoming:
    """A file of a form: read it in pieces from ``file``.

    Attributes:
        name: As the sender calls it; no path to be opened.
        media_type: As the sender calls it.
        file: Its bytes, at their beginning.
    """

    def __init__(self, upload: UploadFile) -> None:
        self.name = upload.filename or ""
        self.media_type = upload.content_type or "application/octet-stream"
        self.file = upload.file


IncomingFile = Annotated[Incoming, WithJsonSchema({"type": "string", "format": "binary"})]
"""A file as a field of a body."""


@dataclass
class Given:
    """What a request's body says.

    Attributes:
        values: Field to text, or to whatever JSON has; fields of a form that were left blank are absent.
        form: Whether it is a form, which is answered by sending the browser on.
        version: As the reader knew it, from ``If-Match`` or the form; None where neither says.
        key: The ``Idempotency-Key``, or that of the form.
    """

    values: dict[str, Any] = field(default_factory=dict)
    form: bool = False
    version: int | None = None
    key: str | None = None


async def given(request: Request, lists: frozenset[str] = frozenset()) -> Given:
    """Read the body once.

    Args:
        lists: Fields of a form that may come several times.

    Raises:
        WebError: It cannot be read (400), is of another kind (415), or lacks the form's token (403).
    """
    here: Here = request.state.here
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media in (FORM, MULTIPART):
        found = _form(await _fields(request), lists)
        _check_token(here, str(found.values.pop(FORM_TOKEN, "")))
        if (version := found.values.pop("version", None)) is not None:
            found.version = _number(str(version))
        found.key = found.values.pop("idempotency_key", None)
    elif media == "application/json" or (media.startswith("application/") and media.endswith("+json")):
        found = Given(_json(await request.body(), request))
    elif not media and not await request.body():
        found = Given()
    else:
        raise WebError(
            415,
            "media-type",
            "A body of this kind is not read",
            remedy=f"send application/json, {FORM} or {MULTIPART}",
        )
    if (match := request.headers.get("if-match")) is not None:
        # An ETag of ours; what stands behind its dot tells representations apart, not versions.
        found.version = _number(match.strip().removeprefix("W/").strip('"').partition(".")[0])
    found.key = request.headers.get("idempotency-key", found.key)
    if found.key is not None and not re.fullmatch(r"[\x21-\x7e]{1,200}", found.key):
        raise WebError(
            400, "malformed", "The request cannot be read", "Idempotency-Key is 1 to 200 signs of ASCII"
        )
    return found


def body_of(model: type[BaseModel]) -> Callable[[Request], AsyncIterator[BaseModel]]:
    """A dependency that reads the body into a model; what it says beside that is ``request.state.given``."""
    lists = frozenset(name for name, info in model.model_fields.items() if _is_list(info.annotation))

    async def body(request: Request) -> AsyncIterator[BaseModel]:
        try:
            request.state.given = await given(request, lists)
            yield model.model_validate(request.state.given.values)
        finally:
            # Files of a form lie in files of their own until then.
            await request.close()

    return body


def request_body(model: type[BaseModel]) -> dict[str, Any]:
    """What the OpenAPI description says of such a body."""
    schema = _whole(model.model_json_schema())
    files = any(_mentions_file(info.annotation) for info in model.model_fields.values())
    form = {
        **schema,
        "properties": {
            **schema.get("properties", {}),
            FORM_TOKEN: {"type": "string"},
            "version": {"type": "integer"},
        },
    }
    form.pop("additionalProperties", None)
    content: dict[str, Any] = {MULTIPART: {"schema": form}}
    if not files:
        content = {"application/json": {"schema": schema}, FORM: {"schema": form}}
    return {"required": True, "content": content}


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what it refers to written out in place."""
    parts = schema.pop("$defs", {})

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            if "$ref" in value:
                return fill(parts[value["$ref"].rpartition("/")[2]])
            return {key: fill(one) for key, one in value.items()}
        return [fill(one) for one in value] if isinstance(value, list) else value

    filled: dict[str, Any] = fill(schema)
    return filled


def _is_list(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (Union, Annotated) or type(annotation).__name__ == "UnionType":
        return any(_is_list(one) for one in get_args(annotation))
    return origin in (list, tuple, set, frozenset)


def _mentions_file(annotation: Any) -> bool:
    return annotation is Incoming or any(_mentions_file(one) for one in get_args(annotation))


async def _fields(request: Request) -> FormData:
    try:
        # Starlette spools files to disk as they come.
        return await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=1_000_000)
    except MultiPartException as error:
        raise WebError(400, "malformed", "The form cannot be read", error.message) from None
    except (ValueError, UnicodeDecodeError):
        raise WebError(400, "malformed", "The form cannot be read") from None


def _form(data: FormData, lists: frozenset[str]) -> Given:
    values: dict[str, Any] = {}
    for name, raw in data.multi_items():
        value: Any = Incoming(raw) if isinstance(raw, UploadFile) else raw
        # A browser sends a field that was left blank as empty, and a file that was not chosen without a name.
        if value == "" or (isinstance(value, Incoming) and not value.name):
            continue
        keyed = _KEYED.fullmatch(name)
        if keyed and keyed[1] not in _RESERVED:
            held = values.setdefault(keyed[1], {})
            _once_only(name, isinstance(held, dict))
            held[keyed[2]] = value
        elif name in lists:
            held = values.setdefault(name, [])
            _once_only(name, isinstance(held, list))
            held.append(value)
        else:
            _once_only(name, name not in values and not (name in _RESERVED and isinstance(value, Incoming)))
            values[name] = value
    return Given(values, form=True)


def _once_only(name: str, good: bool) -> None:
    if not good:
        raise WebError(
            422,
            "invalid",
            "Not valid",
            errors=[FieldProblem(field=name[:100], problem="it is there twice, or in two ways")],
        )


def _json(text: bytes, request: Request) -> dict[str, Any]:
    refuse_nested(text, server_of(request).settings.limits)
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it is no valid JSON"
        raise WebError(400, "malformed", "The JSON cannot be read", reason) from None
    if not isinstance(found, dict):
        raise WebError(400, "malformed", "The JSON cannot be read", "it must be an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise WebError(412, "changed", "Changed meanwhile", "the version given is none of this thing")
    return int(text)


def _check_token(here: Here, token: str) -> None:
    """A page elsewhere can send a form, but does not know the token."""
    if here.by == "token":
        return
    if not hmac.compare_digest(token.encode(errors="replace"), here.form_token.encode()):
        raise WebError(
            403,
            "form",
            "The form is not one of this session",
            "its token is missing or old",
            remedy="load the page again",
        )


def digest_of(request: Request, found: Given) -> str:
    """SHA-256 of what is asked: the same for a request that is sent again, also where its form is divided
    by other words."""
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    for name in sorted(found.values):
        value = found.values[name]
        digest.update(f"{name}=".encode(errors="replace"))
        for one in value if isinstance(value, list) else [value]:
            digest.update(_bytes_of(one))
    return digest.hexdigest()


def _bytes_of(value: Any) -> bytes:
    if isinstance(value, Incoming):
        digest = hashlib.file_digest(value.file, "sha256").digest()  # type: ignore[arg-type]
        value.file.seek(0)
        return digest
    return json.dumps(value, sort_keys=True, default=str).encode() + b"\n"
