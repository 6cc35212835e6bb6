"""What a worker has to know to screen batches, as text that travels with the job.

The register and the law are facts of the package, which every worker has; their hash is held against the
driver's, so that two versions never answer in one job.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from clearband import __version__
from clearband.directives.law import load_law
from clearband.directives.question import Questions
from clearband.errors import InputError
from clearband.facts.store import content_hash
from clearband.register import load_register
from clearband.runs.kernel import Kernel
from clearband.screening.profile import PurposeRule
from clearband.screening.settings import Settings
from clearband.sources import ReadOptions
from clearband.sources.stream.layout import Layout


def payload(layout: Layout, settings: Settings, options: ReadOptions) -> str:
    """What a worker has to know."""
    asked = settings.questions
    days = {"on": asked.on, "known_on": asked.known_on, "found_on": asked.found_on}
    return json.dumps(
        {
            "versions": [__version__, content_hash()],
            "layout": layout.as_json(),
            "questions": asdict(asked) | {name: day and day.isoformat() for name, day in days.items()},
            "purposes": [[rule.purpose, list(map(list, rule.where))] for rule in settings.purposes],
            "options": asdict(options),
        }
    )


@lru_cache(maxsize=1)
def kernel_of(said: str) -> Kernel:
    """The kernel of a payload; a Python worker keeps it, and what it knows, from task to task.

    Raises:
        InputError: The worker has another version of Clearband or of the facts than the driver.
    """
    known: dict[str, Any] = json.loads(said)
    if known["versions"] != [__version__, content_hash()]:
        raise InputError(
            "a worker has another version of Clearband, or of its facts, than the driver",
            remedy="install the same version on all machines of the cluster",
        )
    asked = known["questions"]
    days = ("on", "known_on", "found_on")
    asked |= {name: asked[name] and date.fromisoformat(asked[name]) for name in days}
    asked |= {name: tuple(asked[name]) for name in ("actors", "actions")}
    rules = tuple(
        PurposeRule(purpose, tuple((field, pattern) for field, pattern in where))
        for purpose, where in known["purposes"]
    )
    settings = Settings(Questions(**asked), rules)
    layout = Layout.from_json(known["layout"])
    return Kernel(layout, ReadOptions(**known["options"]), settings, load_register(), load_law())
