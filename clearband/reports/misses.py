"""The mistakes of identification as text: what each record said, and which signals are not yet read well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from clearband.identify.labels import Mistake
from clearband.identify.misses import SIGNALS, Miss, Misses, SignalSeen
from clearband.reports.plain_text import count, visible

_VALUE: Final = 70
"""Characters of a value that are shown."""


def misses_text(misses: Misses) -> list[str]:
    """The mistakes, a line each and its signals below, then a table by signal."""
    lines = _head(misses)
    for miss in sorted(misses.found, key=lambda one: (list(Mistake).index(one.mistake), one.label.record_id)):
        lines += ["", *_miss(miss)]
    return [*lines, *(_by_signal(misses) if misses.found else [])]


def _head(misses: Misses) -> list[str]:
    kinds = Counter(miss.mistake for miss in misses.found)
    right = misses.judged - len(misses.found)
    lines = [f"{right:,} of {count(misses.judged, 'labelled record')} agree with the labels"]
    lines += [f"{kinds[kind]:>6,}  {kind}" for kind in Mistake if kinds[kind]]
    if misses.without_record:
        lost = count(len(misses.without_record), "label has", "labels have")
        lines.append(f"{lost} no record, such as {visible(misses.without_record[0], _VALUE)}")
    return lines


def _miss(miss: Miss) -> list[str]:
    verdict = miss.verdict
    found = verdict["maker"] or "nobody"
    beside = ""
    if verdict["runner_up"]:
        beside = f"; next {verdict['runner_up']} {verdict['runner_up_confidence']:.2f}"
    label = miss.label.maker or "cannot be known"
    head = f"{visible(miss.label.record_id, _VALUE)}: {miss.mistake}; label {visible(label, _VALUE)}"
    lines = [f"{head}, verdict {visible(found, _VALUE)} {verdict['confidence']:.2f}{beside}"]
    lines += [line for signal in miss.signals for line in _signal(signal)]
    lines += [f"  mention   {_mention(mention)}" for mention in verdict["mentions"] or ()]
    if not miss.signals:
        lines.append("  no signal")
    return lines


def _signal(signal: SignalSeen) -> Iterator[str]:
    yield f"  {signal.name}: {visible(signal.value, _VALUE)}"
    for piece in signal.pieces:
        maker, rule = visible(piece["maker"], _VALUE), visible(piece["rule"], _VALUE)
        yield f"    {piece['weight']:+.1f} {maker}: {rule} [{piece['rule_id'] or '-'}]"
    if not signal.pieces:
        yield f"    says nothing{f': {visible(signal.silent)}' if signal.silent else ''}"


def _mention(mention: Mapping[str, Any]) -> str:
    return f"{mention['maker']} in {mention['signal']}: {visible(mention['why'])}"


def _by_signal(misses: Misses) -> list[str]:
    """How often each signal was there in a mistake, and what it said."""
    lines = ["", f"{'signal':<14}{'in mistakes':>12}{'for the label':>15}{'for another':>13}{'silent':>8}"]
    for name in SIGNALS:
        seen = [one for miss in misses.found for one in miss.signals if one.name == name]
        if seen:
            right, wrong = sum(one.right for one in seen), sum(one.wrong for one in seen)
            silent = sum(not one.pieces for one in seen)
            lines.append(f"{name:<14}{len(seen):>12,}{right:>15,}{wrong:>13,}{silent:>8,}")
    return lines
