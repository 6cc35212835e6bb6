"""``clearband approved keys``: who signs what in a repository."""

from __future__ import annotations

from typing import Final

from clearband.cli.lazy import LazyGroup

VERBS: Final[dict[str, tuple[str, str]]] = {
    "begin": (
        "clearband.cli.approved.keys.begin",
        "Begin a repository: its first root, and who may publish.",
    ),
    "renew": (
        "clearband.cli.approved.keys.renew",
        "Sign a new root: other keys, other deciders, a longer life.",
    ),
    "show": ("clearband.cli.approved.keys.show", "Show who signs what, how many must, and until when."),
}
"""Sub-verb to the module that holds its ``command``, and the line shown in the help."""

command = LazyGroup(name="keys", verbs=VERBS, help="Say who signs what in a repository.")
