"""JUR-01: is it organised in, or directed from, a country that the authority designates?"""

from __future__ import annotations

from clearband.assess.auto.basis import AutoCase, Fact, Made, proof
from clearband.model.assessment import Value
from clearband.register.control import Strength


def designated_jurisdiction(case: AutoCase) -> Made:
    """Yes by its own country or that of one who controls it; never no: who directs it is not proved."""
    found: list[tuple[str, bool, list[Fact]]] = []
    country, verified = case.country_of(case.maker)
    if case.designated(country):
        text = f"{case.maker} is organised in {country}"
        found.append((text, verified, [_country_fact(case, case.maker, country, verified=verified)]))
    for top, chain in sorted(case.register.control.above(case.maker, case.on).items()):
        country_above, known = case.country_of(top)
        if chain.strength is Strength.CONTROL and case.designated(country_above):
            facts = [_country_fact(case, top, country_above, verified=known)]
            facts += map(case.link_fact, chain.links)
            found.append(
                (f"{top}, which controls it, is organised in {country_above}", known, [proof(facts)])
            )
    if not found:
        where = f"organised in {country}, not designated" if country else "its country is unknown"
        return Made(f"{where}; whether it is directed from a designated country is unknown")
    sure = [one for one in found if one[1]] or found
    reason = f"{'; '.join(text for text, _, _ in sure)}; designated by the profile {case.profile.id}"
    return Made(reason, Value("yes"), tuple(fact for _, _, facts in sure for fact in facts))


def _country_fact(case: AutoCase, org: str, country: str | None, *, verified: bool) -> Fact:
    source = case.register.country_source(org)
    return case.fact(f"{org}: country {country}", source, verified=verified)
