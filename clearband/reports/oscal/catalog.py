"""The catalogue of criteria as an OSCAL catalog, and a profile over it."""

from __future__ import annotations

from typing import Final

from clearband.assess.catalogue import Catalogue, Framework
from clearband.model.criterion import Criterion, Gate, Profile, Scale
from clearband.reports.oscal.parts import Json, fixed_uuid, metadata, prop, without_empty

_METHOD: Final = {
    "dossier": "INTERVIEW",
    "manual": "INTERVIEW",
    "test-report": "TEST",
    "network-measure": "TEST",
    "repo-scan": "TEST",
}
"""How a kind of data is got, in OSCAL's words; the rest is read (EXAMINE)."""
_ANSWERS: Final = {"yes-no": "yes or no", "maturity": "maturity 0 to 4", "number": "a number"}

LOST_OF_CATALOG: Final = ("gates other than as properties",)
LOST_OF_PROFILE: Final = (
    "score thresholds, evidence levels, the reply window and the quorum other than as properties",
)


def control_id(criterion: str) -> str:
    """The id of a criterion's control."""
    return criterion.lower()


def catalog(held: Catalogue) -> Json:
    """The catalogue as an OSCAL catalog (``{"catalog": …}``)."""
    groups = [
        {
            "id": group.id,
            "title": group.title,
            "props": [prop("suggested-share", group.suggested_share)],
            "controls": [_control(one, held) for one in held.criteria.values() if one.group == group.id],
        }
        for group in held.groups.values()
    ]
    return {
        "catalog": {
            "uuid": fixed_uuid("catalog", held.sha256),
            "metadata": metadata(
                "Criteria for makers of telecommunications equipment",
                held.compiled,
                held.sha256[:16],
                LOST_OF_CATALOG,
            ),
            "groups": groups,
            "back-matter": {"resources": [_resource(one) for one in held.frameworks.values()]},
        }
    }


def _control(criterion: Criterion, held: Catalogue) -> Json:
    name = control_id(criterion.id)
    methods = sorted({_METHOD.get(kind, "EXAMINE") for kind in criterion.measurable_from})
    measured = "; ".join(held.measures[kind] for kind in criterion.measurable_from)
    return without_empty(
        {
            "id": name,
            "class": "criterion",
            "title": criterion.title,
            "params": _params(name, criterion.scale),
            "props": [
                {"name": "label", "value": criterion.id},
                prop("weight", criterion.weight),
                prop("polarity", criterion.polarity),
                prop("scale", criterion.scale.kind),
                *(prop("applies-to", kind) for kind in criterion.applies_to),
                *(prop("threat", threat) for threat in criterion.threats),
                *(prop("evidence-type", kind) for kind in criterion.evidence_types),
                *([prop("political-legal", "true")] if criterion.political_legal else []),
                *(_gate(gate) for gate in criterion.gates),
                *(
                    prop("pointer-basis", one.basis, of=one.framework.replace(":", "_"), remarks=one.clause)
                    for one in criterion.pointers
                ),
            ],
            "links": [
                {
                    "href": f"#{fixed_uuid('framework', one.framework)}",
                    "rel": "reference",
                    "text": f"{held.frameworks[one.framework].title}: {one.clause} ({one.basis})",
                }
                for one in criterion.pointers
            ],
            "parts": [
                {"id": f"{name}_smt", "name": "statement", "prose": criterion.question},
                {
                    "id": f"{name}_obj",
                    "name": "assessment-objective",
                    "prose": f"Answered by {_ANSWERS[criterion.scale.kind]}; measured from: {measured}.",
                },
                *(
                    {
                        "id": f"{name}_{method.lower()}",
                        "name": "assessment-method",
                        "props": [{"name": "method", "value": method}],
                    }
                    for method in methods
                ),
            ],
        }
    )


def _params(name: str, scale: Scale) -> list[Json]:
    if scale.kind != "number":
        return []
    return [
        {
            "id": f"{name}_{end}",
            "label": f"{end}, {scale.unit}",
            "values": [str(value)],
            "guidelines": [{"prose": f"The number that scores {score}."}],
        }
        for end, value, score in (("target", scale.target, 1), ("fail", scale.fail, 0))
    ]


def _gate(gate: Gate) -> Json:
    when = [
        f"answer {gate.when.answer}" if gate.when.answer else "",
        f"at least {gate.when.at_least}" if gate.when.at_least is not None else "",
        f"below {gate.when.below}" if gate.when.below is not None else "",
        f"with {gate.when.detail}" if gate.when.detail else "",
    ]
    with_others = ", ".join((*gate.with_groups, *gate.with_criteria))
    words = [
        f"when {' and '.join(filter(None, when))}",
        f"tiers {' '.join(gate.tiers)}",
        f"only beside findings of {with_others}" if with_others else "",
        gate.text,
    ]
    return prop("gate", gate.effect.value, remarks="; ".join(filter(None, words)))


def _resource(framework: Framework) -> Json:
    return without_empty(
        {
            "uuid": fixed_uuid("framework", framework.id),
            "title": framework.title,
            "props": [
                prop("framework", framework.id),
                prop("basis", framework.basis),
                *([prop("owner", framework.owner)] if framework.owner else []),
                *([prop("issued", framework.issued)] if framework.issued else []),
            ],
            "rlinks": [{"href": framework.url}] if framework.url else [],
            "remarks": framework.note,
        }
    )


def profile(chosen: Profile, held: Catalogue, catalog_href: str = "catalog.json") -> Json:
    """A profile as an OSCAL profile (``{"profile": …}``).

    Args:
        catalog_href: Where the catalog lies, as seen from the profile.
    """
    sets = [
        {"param-id": f"{control_id(name)}_{end}", "values": [str(value)]}
        for name, scale in chosen.scales.items()
        for end, value in (("target", scale.target), ("fail", scale.fail))
        if value is not None
    ]
    changed = {name: _changes(name, chosen, held) for name in chosen.weights}
    alters = [
        {"control-id": control_id(name), "adds": [{"position": "ending", "props": props}]}
        for name, props in changed.items()
        if props
    ]
    head = metadata(chosen.title, held.compiled, chosen.sha256[:16], LOST_OF_PROFILE)
    head["props"] += _policy(chosen)
    made = {
        "uuid": fixed_uuid("profile", chosen.sha256),
        "metadata": head,
        "imports": [
            {
                "href": catalog_href,
                "include-controls": [{"with-ids": [control_id(name) for name in chosen.weights]}],
            }
        ],
        "merge": {"as-is": True},
        "modify": without_empty({"set-parameters": sets, "alters": alters}),
    }
    return {"profile": without_empty(made)}


def _changes(name: str, chosen: Profile, held: Catalogue) -> list[Json]:
    criterion = held.criteria[name]
    changed = [prop("gate", "replaced by the following")] if name in chosen.gates else []
    changed += [_gate(gate) for gate in chosen.gates.get(name, ())]
    if chosen.weights[name] != criterion.weight:
        changed.append(prop("weight", chosen.weights[name]))
    if changed and name in chosen.reasons:
        changed.append(prop("reason", chosen.reasons[name]))
    return changed


def _policy(chosen: Profile) -> list[Json]:
    tiers = [
        prop(
            f"tier-{name.lower()}",
            f"listed from {one.list_at}, refused below {one.refuse_below}",
            remarks=f"evidence from {one.least_level}; refusals from {one.refuse_level}; "
            f"valid {one.valid_months} months, interim {one.interim_months}",
        )
        for name, one in chosen.tiers.items()
    ]
    return [
        prop("authority", chosen.authority),
        prop("territory", chosen.territory),
        prop("illustration", str(chosen.illustration).lower()),
        prop("reply-days", chosen.reply_days),
        prop("quorum", chosen.quorum),
        *tiers,
        *(
            prop("designated-country", country, remarks=since or None)
            for country, since in chosen.designated.items()
        ),
        *(prop("binding-list", name) for name in chosen.binding),
    ]
