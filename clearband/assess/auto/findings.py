"""LEG-03, LEG-04 and LEG-07: final findings of ten years. What is only alleged or charged never counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from clearband.assess.auto.basis import AutoCase, Made
from clearband.model.assessment import Value
from clearband.register.ownership import first_day, last_day

_FINAL: Final = frozenset({"conviction", "settlement", "finding"})
_PENDING: Final = frozenset({"allegation", "investigation", "charge"})
_YEARS: Final = 10


def findings(case: AutoCase, criterion: str) -> Made:
    """At least as many findings as final events of the last ten years bear on the criterion."""
    since = date(case.on.year - _YEARS, case.on.month, min(case.on.day, 28))
    events = [event for event in case.register.events(case.maker) if criterion in event.get("criteria", ())]
    known = [event for event in events if last_day(event["date"]) <= case.on]
    notes = tuple(_note(event) for event in known if event["status"] in _PENDING)
    final = [event for event in known if event["status"] in _FINAL and first_day(event["date"]) > since]
    sure = [event for event in final if event["verified"]] or final
    if not sure:
        return Made("no final finding is known, which does not mean that there is none", notes=notes)
    matters = sorted({event.get("matter", event["id"]) for event in sure})
    told = "; ".join(f"{event['date']} {event['status']}: {event['summary']}" for event in sure)
    facts = tuple(case.fact(_title(event), event["source"], verified=event["verified"]) for event in sure)
    return Made(told, Value(None, Decimal(len(matters)), None), facts, notes=notes)


def _title(event: dict[str, Any]) -> str:
    return f"{event['id']} ({event['status']}, {event['date']})"


def _note(event: dict[str, Any]) -> str:
    answer = event.get("company_response") or "none was seen"
    told = f"{event['status']} of {event['date']}, no finding and not counted: {event['summary']}"
    return f"{told} The maker's answer: {answer}"
