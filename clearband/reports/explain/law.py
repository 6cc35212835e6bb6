"""From the maker to the answer: control, and each clause with its date, ground and duties, in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearband.reports.answers import words_of
from clearband.reports.explain.step import Lines, Row, shown
from clearband.reports.plain_text import OWN, visible
from clearband.reports.vocabulary import plain_id


def who_controls(findings: Sequence[Row]) -> Lines:
    """The paths from the maker to the organisations that the law names."""
    paths = dict.fromkeys(shown(row, "control", 600) for row in findings if row["control"])
    return [(0, path) for path in paths] or [(0, "No path to another organisation decided a finding.")]


def what_the_law_says(row: Row, findings: Sequence[Row]) -> Lines:
    """The answer for the record, then each clause that reaches it."""
    words = words_of(row["answer"])
    lines: Lines = [(0, f"Answer for the record: {words.shape} {visible(words.word, 40)}")]
    if row["answer_ground"]:
        lines.append((0, shown(row, "answer_ground", 600)))
    if row["answer_question"]:
        lines.append((0, f"Question: {shown(row, 'answer_question', 600)}"))
    if not findings:
        lines.append((0, "No clause reaches the record."))
    for number, finding in enumerate(findings, 1):
        lines += _finding(number, finding)
    return lines


def under_drafts(drafts: Sequence[Row]) -> Lines:
    """What each draft says of the record: no law, and no part of the answer."""
    lines: Lines = [(0, "A draft is no law: none of this is in the answer above.")]
    for row in drafts:
        words, law = words_of(row["answer_of_draft"]), words_of(row["answer_of_law"])
        title = shown(row, "draft_title", 200) or shown(row, "draft", 120)
        same = "the same as" if row["answer_of_draft"] == row["answer_of_law"] else "beside"
        answer = f"{words.shape} {visible(words.word, 40)} ({same} {visible(law.word, 40)} by the law)"
        lines.append((0, f"{title}: {answer}"))
        if row["directive"]:
            near = "Nearest" if row["answer_of_draft"] == "not-covered" else "Clause"
            date = f", {shown(row, 'event_date', 40)}" if row["event_date"] else ""
            lines.append((1, f"{near}: {shown(row, 'directive', 120)} {shown(row, 'clause', 120)}{date}"))
        lines += [
            (1, f"{heading}: {shown(row, name, 600)}")
            for heading, name in (("Ground", "ground"), ("Question", "question"))
            if row[name]
        ]
    return lines


def _finding(number: int, row: Row) -> Lines:
    words = words_of(row["answer"])
    title = shown(row, "directive_title", 200) or shown(row, "directive", 120)
    own = f" [{OWN}]" if row.get("own") else ""
    mark = own if row["verified"] else f"{own} [not verified: the facts were not read in their source]"
    lines: Lines = [(0, f"({number}) {words.shape} {visible(words.word, 40)}: {title}{mark}")]
    lines += [(1, line) for line in _particulars(row)]
    for heading, name in (("Would change it", "would_change"), ("Duty", "duties")):
        lines += [(1, f"{heading}: {visible(text, 400)}") for text in row[name] or ()]
    return lines


def _particulars(row: Row) -> list[str]:
    clause = shown(row, "clause", 120)
    lines = [f"Clause: {shown(row, 'cite', 200)} ({clause})" if row["cite"] else f"Clause: {clause}"]
    for heading, name in (("For", "actors"), ("Actions", "actions")):
        if row[name]:
            lines.append(f"{heading}: {', '.join(plain_id(visible(one, 60)) for one in row[name])}")
    if row["event_date"]:
        event = plain_id(shown(row, "event", 80)) or "since"
        until = f", until {shown(row, 'until', 40)}" if row["until"] else ""
        lines.append(f"Date: {event} {shown(row, 'event_date', 40)}{until}")
    for heading, name in (("Ground", "ground"), ("Question", "question")):
        if row[name]:
            lines.append(f"{heading}: {shown(row, name, 600)}")
    return lines
