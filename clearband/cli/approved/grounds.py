"""What a step rests on: criteria of the catalogue, evidence, and an assessment of the entry's own subject."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clearband.errors import InputError
from clearband.facts.problems import nearest_or
from clearband.listing.replay import Replay
from clearband.model.assessment import Assessment, Subject
from clearband.model.listing import Ground


def ground_of(
    found: Replay,
    entry: str,
    criteria: Sequence[str],
    evidence: Sequence[str],
    assessment: str | None,
    text: str | None,
) -> Ground:
    """The ground of a step on an entry.

    Args:
        found: The log so far.
        entry: Id of the entry.
        criteria: Ids of criteria.
        evidence: Ids of evidence; where the assessment is a file, of its evidence.
        assessment: SHA-256, or the file of an assessment, which is hashed in canonical form.
        text: Reasons in words.

    Raises:
        InputError: A criterion or a piece of evidence does not exist; the file is no assessment, or one of
            another subject.
    """
    from clearband.assess.catalogue import catalogue

    known = catalogue().criteria
    for name in criteria:
        if name not in known:
            raise InputError(
                f'"{name}" is no criterion of the catalogue',
                where="--criterion",
                remedy=nearest_or(name, known, "clearband criteria list shows them"),
            )
    digest = assessment
    if assessment is not None and not _is_hash(assessment):
        digest = _of_file(found, entry, assessment, evidence)
    return Ground(tuple(criteria), tuple(evidence), digest, text)


def outcome_of(assessment: str | None, profile_file: Path | None) -> str | None:
    """What an assessment comes to under its profile; None of a hash alone.

    Raises:
        InputError: Its profile is not at hand, or it cannot be scored.
    """
    if assessment is None or _is_hash(assessment):
        return None
    from clearband.assess.catalogue import catalogue
    from clearband.assess.document import read_assessment
    from clearband.assess.score import scoring_of
    from clearband.cli.assess.policy import profile_of_assessment
    from clearband.listing.outcome_rule import outcome_word

    held = read_assessment(Path(assessment))
    return outcome_word(scoring_of(held, profile_of_assessment(held, profile_file), catalogue()).outcomes)


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _of_file(found: Replay, entry: str, file: str, evidence: Sequence[str]) -> str:
    from clearband.assess.document import hash_of, read_assessment

    held = read_assessment(Path(file))
    known = {one.id for one in held.evidence}
    for name in evidence:
        if name not in known:
            raise InputError(
                f'"{name}" is no evidence of the assessment',
                where=file,
                remedy=nearest_or(name, known, "clearband assess explain shows its evidence"),
            )
    at = found.entries.get(entry)
    if at is not None and (why := _other(held, at.subjects.latest())):
        raise InputError(
            f"it is no assessment of {entry}: {why}",
            where=file,
            remedy="assess the entry's subject, or return the application and submit it with --subject FILE, "
            "the file of the assessment",
        )
    return hash_of(held)


def _other(held: Assessment, wanted: Subject) -> str | None:
    """Why an assessment is not of a subject; one of a critical tier speaks of less critical ones."""
    subject = held.subject
    for what, theirs, ours in (
        ("kind", subject.kind, wanted.kind),
        ("maker", subject.maker or subject.name, wanted.maker or wanted.name),
        ("release", subject.release, wanted.release),
        ("territory", subject.territory, wanted.territory),
    ):
        if theirs != ours:
            return f"its {what} is {theirs or 'none'}, not {ours or 'none'}"
    if subject.tier > wanted.tier:
        return f"it is of tier {subject.tier}, and the entry of {wanted.tier}, which is more critical"
    return None
