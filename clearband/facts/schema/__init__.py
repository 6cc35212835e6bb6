"""Typed forms of the fact files: what may stand in them. The published JSON Schemas are made from these."""
