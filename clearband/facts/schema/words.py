"""Ids of other fact files, each marked with the list of words that it must be of.

The marks (``x-words``) stand in the published JSON Schema. ``clearband directives schema`` replaces them by
the words themselves, so that an editor completes them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearband.facts.schema.base import Slug

ActorId = Annotated[Slug, Field(json_schema_extra={"x-words": "actor"})]
ActionId = Annotated[Slug, Field(json_schema_extra={"x-words": "action"})]
PurposeId = Annotated[Slug, Field(json_schema_extra={"x-words": "purpose"})]
ApprovalId = Annotated[Slug, Field(json_schema_extra={"x-words": "approval"})]
EquipmentClassId = Annotated[Slug, Field(json_schema_extra={"x-words": "class of equipment"})]
OrganisationId = Annotated[Slug, Field(json_schema_extra={"x-words": "organisation"})]
ListId = Annotated[Slug, Field(json_schema_extra={"x-words": "list"})]
MeasureId = Annotated[Slug, Field(json_schema_extra={"x-words": "measure"})]
DefinitionId = Annotated[Slug, Field(json_schema_extra={"x-words": "definition"})]
Country = Annotated[str, Field(json_schema_extra={"x-words": "country"})]
