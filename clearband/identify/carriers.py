"""Carriers: their name on a box is a brand, and its maker is somebody else."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from clearband.identify.observation import Claim, Evidence, Observation
from clearband.register import Register

_MAKES: Final = "carrier-brand"


@lru_cache(maxsize=4)
def carriers(register: Register) -> frozenset[str]:
    """Organisations of the register that make no equipment and put their name on that of others."""
    return frozenset(one.id for one in register.organisations.values() if _MAKES in one.makes)


def carriers_as_labels(observation: Observation, register: Register) -> Observation:
    """What a stated text says, with carriers as labels that speak for nobody."""
    if not any(piece.maker in carriers(register) for piece in observation.evidence):
        return observation
    pieces = [_label(piece, register) for piece in observation.evidence]
    makers = [piece for piece in pieces if piece.maker not in carriers(register)]
    alone = len({piece.maker for piece in makers}) == 1
    kept = (
        replace(piece, alternative=False) if alone and piece.alternative else piece
        for piece in pieces
        if not (piece.conditional and piece.maker in carriers(register))
    )
    return replace(observation, evidence=tuple(kept))


def _label(piece: Evidence, register: Register) -> Evidence:
    if piece.maker not in carriers(register):
        return piece
    name = register.organisations[piece.maker].name
    return replace(
        piece,
        weight=0.0,
        rule=f"name of the carrier {name}",
        note="a carrier's name is a brand: somebody else made the equipment",
        alternative=False,
    )


def without_carriers(claims: tuple[Claim, ...], register: Register) -> tuple[tuple[Claim, ...], str | None]:
    """The claims for makers, and the carrier's name that stands on the box, if one does."""
    known = carriers(register)
    named = [claim for claim in claims if claim.maker in known and claim.known]
    if not named:
        return claims, None
    kept = tuple(claim for claim in claims if claim.maker not in known or not claim.known)
    stated = sorted({claim.name for claim in named if claim.name and not claim.conditional})
    return kept, stated[0] if stated else None
