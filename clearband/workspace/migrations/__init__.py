"""The tables of a workspace, from one version of the program to the next; with Alembic."""
