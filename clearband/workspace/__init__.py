"""A team's shared state: inventories, runs, decisions, and who did what when (docs/adr/0019)."""
