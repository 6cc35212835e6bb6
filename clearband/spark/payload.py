"""What a worker has to know to screen batches, as text that travels with the job.

The register and the law are facts of the package, which every worker has; their hash is held against the
driver's, so that two versions never answer in one job. The user's own facts travel along.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

from clearband import __version__
from clearband.directives.law import Law, law_of, load_law
from clearband.directives.question import Questions
from clearband.directives.standings import Standings
from clearband.errors import InputError
from clearband.facts.store import compiled, content_hash
from clearband.register import Register, load_register
from clearband.register.enterprise_file import EnterpriseList
from clearband.runs.kernel import Kernel
from clearband.screening.profile import PurposeRule
from clearband.screening.settings import Settings
from clearband.sources import ReadOptions
from clearband.sources.stream.layout import Layout
from clearband.spark.memory import WORKER_BYTES, is_full

_DAYS: Final = ("on", "known_on", "found_on")
_REMEMBERED: Final = 1_000_000
"""Distinct texts and cases that a worker remembers: there is one a core, and each has its memory."""
_AT_ONCE: Final = 250_000
"""Of them, about, come up until it is looked whether there are too many."""


@dataclass(frozen=True)
class OwnFacts:
    """What the user adds to the packaged facts.

    Attributes:
        directives: Directive files as compiled.
        enterprise: A copy of IANA's list of enterprise numbers.
    """

    directives: Sequence[dict[str, Any]] = ()
    enterprise: EnterpriseList | None = None

    def law(self) -> Law:
        """The packaged law with the user's files."""
        return law_of(compiled(), list(self.directives)) if self.directives else load_law()

    def register(self) -> Register:
        """The packaged register with the user's list."""
        packaged = load_register()
        return packaged.with_enterprise_list(self.enterprise) if self.enterprise else packaged


@dataclass(frozen=True)
class Told:
    """What a worker is told.

    Attributes:
        layout: What the columns mean.
        work: What is to be done, as plain JSON values.
    """

    layout: Layout
    settings: Settings
    options: ReadOptions
    own: OwnFacts = OwnFacts()
    work: Mapping[str, Any] = field(default_factory=dict)

    def kernel(self) -> Kernel:
        """A kernel that knows nothing yet."""
        register, law = self.own.register(), self.own.law()
        return Kernel(
            self.layout,
            self.options,
            self.settings,
            register,
            law,
            standings=Standings(self.settings.questions, law, register),
            remembered=_REMEMBERED,
            at_once=_AT_ONCE,
            full=partial(is_full, self.work.get("memory", WORKER_BYTES)),
        )

    def payload(self) -> str:
        """It as text."""
        asked, own = self.settings.questions, self.own
        days = {name: getattr(asked, name) for name in _DAYS}
        return json.dumps(
            {
                "versions": [__version__, content_hash()],
                "layout": self.layout.as_json(),
                "questions": asdict(asked) | {name: day and day.isoformat() for name, day in days.items()},
                "purposes": [[rule.purpose, list(map(list, rule.where))] for rule in self.settings.purposes],
                "options": asdict(self.options),
                "directives": list(own.directives),
                "enterprise": own.enterprise and asdict(own.enterprise),
                "work": dict(self.work),
            }
        )


def told_by(payload: str) -> Told:
    """What a worker is told by a payload.

    Raises:
        InputError: The worker has another version of Clearband or of the facts than the driver.
    """
    said: dict[str, Any] = json.loads(payload)
    if said["versions"] != [__version__, content_hash()]:
        raise InputError(
            "a worker has another version of Clearband, or of its facts, than the driver",
            remedy="install the same version on all machines of the cluster",
        )
    return Told(
        Layout.from_json(said["layout"]),
        Settings(_questions(said["questions"]), tuple(_rule(*rule) for rule in said["purposes"])),
        ReadOptions(**said["options"]),
        OwnFacts(said["directives"], _enterprise(said["enterprise"])),
        said["work"],
    )


@lru_cache(maxsize=1)
def kernel_of(payload: str) -> tuple[Told, Kernel]:
    """What a payload tells, and its kernel; a worker keeps it, and what it knows, from task to task."""
    told = told_by(payload)
    return told, told.kernel()


def _questions(said: dict[str, Any]) -> Questions:
    said |= {name: said[name] and date.fromisoformat(said[name]) for name in _DAYS}
    return Questions(**said | {name: tuple(said[name]) for name in ("actors", "actions")})


def _rule(purpose: str, where: Sequence[Sequence[str]]) -> PurposeRule:
    return PurposeRule(purpose, tuple((place, pattern) for place, pattern in where))


def _enterprise(said: dict[str, Any] | None) -> EnterpriseList | None:
    if said is None:
        return None
    # Keys of JSON are texts.
    return EnterpriseList(**said | {"names": {int(key): name for key, name in said["names"].items()}})
