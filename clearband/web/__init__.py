"""The REST API and the pages: one address for both, served by one program (docs/adr/0020)."""
