"""The pages, one module an address or a few that belong together."""
