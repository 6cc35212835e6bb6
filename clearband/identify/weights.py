"""How much each rule speaks for a maker, in nats (natural-log likelihood ratio).

Every rule has a judged figure here, anchored at the confidence that it alone should give with the prior below
(confidence = 1 / (1 + exp(-(PRIOR + nats)))), and a learned one in ``facts/evidence_weights.yaml``, measured
on labelled records and shrunk to the judgement where they are few (`scripts/learn_weights.py`). The learned
figure counts where there is one. The rest of the code reads them from here only.
"""

from __future__ import annotations

from typing import Final

from clearband.facts.evidence_weights import learned_nats

RULES: Final[dict[str, float]] = {}
"""Judged nats of every rule, by its name."""


class Nats(float):
    """The weight of a rule. Its name travels with the figure, so that evidence says which rule gave it."""

    __slots__ = ("rule",)
    rule: str

    def __new__(cls, nats: float, rule: str) -> Nats:
        """A figure of a rule."""
        made = super().__new__(cls, nats)
        made.rule = rule
        return made


def rule_of(weight: float) -> str | None:
    """The name of the rule that a weight belongs to; None for figures that are no rule's."""
    return weight.rule if isinstance(weight, Nats) else None


def _rule(name: str, judged: float) -> Nats:
    """The weight of a rule: as learned, else as judged."""
    RULES[name] = judged
    return Nats(learned_nats().get(name, judged), name)


PRIOR: Final = -3.9
"""Log-odds of one given maker before any signal: one in fifty."""

THRESHOLD: Final = 0.75
"""Least confidence of a verdict. One strong signal against another of equal strength stays below it."""

THRESHOLD_NAMED: Final = 0.5
"""Least confidence for a maker that the register does not know, unless a known one contradicts: the verdict
clears nothing, and the name helps the reader to go on."""

CEILING: Final = 9.0
"""Most log-odds a verdict can have: nothing is certain (0.9999)."""

STRONG: Final = 5.0
"""A rule of this weight reaches a verdict alone (0.75), and its scheme says what kind of thing it is."""

CONTRADICTION: Final = 5.5
"""A rival with this much support of its own contradicts the verdict: about one strong signal."""

# Names as people state them
STATED_EXACT: Final = _rule("stated-exact", 7.0)  # 0.96: wrong labels, mixed-up rows
STATED_TOKEN: Final = _rule("stated-token", 6.6)  # 0.94: the name with words of trade or place around it
STATED_SCRIPT: Final = _rule("stated-script", 6.3)  # 0.92: matched after transliteration
STATED_FUZZY: Final = _rule("stated-fuzzy", 6.2)  # 0.91: a misspelling
STATED_AMBIGUOUS: Final = _rule("stated-ambiguous", 6.0)  # 0.89: others are called so too
STATED_ABBREVIATION: Final = _rule("stated-abbreviation", 2.5)  # 0.20: HW, HIK …: never enough alone
STATED_INSIDE: Final = _rule("stated-inside", 5.3)  # 0.80: the name among words that are not understood
STATED_SEVERAL: Final = _rule("stated-several", 5.1)  # 0.77: of two houses neither passes
STATED_DOUBTFUL: Final = _rule("stated-doubtful", 4.2)  # 0.57: "ZTE?", "maybe Dahua": needs a second cue
STATED_AMONG: Final = _rule("stated-among", 3.5)  # 0.40: among words that are not understood
STATED_HOMOPHONE: Final = _rule("stated-homophone", 3.0)  # 0.29: Chinese characters that only sound alike
STATED_UNKNOWN: Final = _rule("stated-unknown", 6.6)  # 0.94: a maker that the register does not know
UNKNOWN_AS_BRAND: Final = 3.0  # 0.29: the same, when the model text names a maker of the register
SHORT_FOR: Final = _rule("short-for", 4.0)  # counts only beside another signal
STATED_BRAND_OTHER: Final = _rule("stated-brand-other", 4.5)  # the brand beside a stated maker
MODEL_STARTS: Final = _rule("model-starts", 6.8)  # 0.95: "Huawei B618s-22d"
MODEL_INSIDE: Final = _rule("model-inside", 5.6)  # 0.85
MODEL_SPLIT: Final = _rule("model-split", 5.3)  # 0.80: leading words that are a company's name
WRITTEN: Final = 4.2  # a maker's name of this weight makes an unknown registrant a contract maker
DESCRIPTION_STARTS: Final = _rule("description-starts", 5.1)  # 0.77
DESCRIPTION_INSIDE: Final = _rule("description-inside", 3.5)  # 0.40
SETTLES_ALTERNATIVES: Final = 11.0  # two strong signals that nobody typed, against "Huawei/Ericsson"

# Model numbers
PRODUCT_BRAND: Final = _rule("product-brand", 5.6)  # 0.85: SmartAX, ZXR10
FAMILY_DISTINCTIVE: Final = _rule("family-distinctive", 6.0)  # 0.89
FAMILY_WEAK: Final = _rule("family-weak", 2.5)  # 0.20: needs a second cue
CATEGORY_AGREES: Final = 1.0  # the stated kind of equipment is the one of a weak scheme
CATEGORY_SETTLES: Final = 3.5  # the same, where numbers of the scheme are ambiguous among other kinds only

# Registered numbers
MAC: Final = _rule("mac", 6.2)  # 0.91: maker's own block
MAC_SEVERAL: Final = _rule("mac-several", 6.6)  # several addresses that agree; they are not independent
MAC_MIXED: Final = _rule("mac-mixed", 4.7)  # blocks of several registrants in one box
MAC_UNKNOWN: Final = _rule("mac-unknown", 4.3)  # 0.60: often a contract maker
MAC_UNKNOWN_MIXED: Final = _rule("mac-unknown-mixed", 2.8)
UNKNOWN_REGISTRANT_BESIDE: Final = 2.0  # 0.13: the same beside a name that somebody wrote: a contract maker
MAC_BY_NAME: Final = _rule("mac-by-name", 5.3)  # 0.80: a registrant called so, which nobody looked at
MAC_COMPONENT: Final = _rule("mac-component", 2.5)  # 0.20: chip, module, network card or contract maker
ENTERPRISE: Final = _rule("enterprise", 6.3)  # 0.92
ENTERPRISE_CAUTION: Final = _rule("enterprise-caution", 3.0)  # 0.29: the facts ask for a second cue
AGENT_AGREE: Final = 1.2  # more for the number and a text that agree: set apart, but by one firmware
ENTERPRISE_MOSTLY: Final = _rule("enterprise-mostly", 5.6)  # 0.85: another maker used the arc in rarer cases
ENTERPRISE_UNKNOWN: Final = _rule("enterprise-unknown", 5.1)  # 0.77: unknown to the register
GRANTEE: Final = _rule("grantee", 6.5)  # 0.93: holder of the FCC grantee code
GRANTEE_COMPONENT: Final = _rule("grantee-component", 2.5)  # 0.20: a module inside somebody's device
GRANTEE_UNCONFIRMED: Final = _rule("grantee-unconfirmed", 3.0)  # 0.29: nobody read whose the code is
CPE_VENDOR: Final = _rule("cpe-vendor", 6.0)  # 0.89: catalogued by somebody who looked

# What the device says of itself
FINGERPRINT: Final = {
    "distinctive": _rule("fingerprint-distinctive", 6.5),  # 0.93
    "usual": _rule("fingerprint-usual", 5.8),  # 0.87: also seen on relabelled boxes
    "weak": _rule("fingerprint-weak", 2.5),  # 0.20: needs a second cue
    "component": _rule("fingerprint-component", 1.5),  # 0.08: a part, or software in somebody's box
}
"""By the strength that a rule for what devices say of themselves states."""
SELF_STARTS: Final = _rule("self-starts", 6.0)  # 0.89
SELF_INSIDE: Final = _rule("self-inside", 5.6)  # 0.85
SELF_PRODUCT_INSIDE: Final = _rule("self-product-inside", 5.1)  # 0.77: software runs on several boxes
ENTITY_MFG: Final = _rule("entity-mfg", 6.3)  # 0.92: mfgName of the chassis row
SELF_FAMILY: Final = _rule("self-family", 5.4)  # 0.82
OS_GUESS: Final = _rule("os-guess", 2.0)  # 0.13: a scanner's guess: a hint, never enough alone

# Relabelled boxes
WHITE_LABEL: Final = _rule("white-label", 3.2)  # 0.33: some products of the brand are made by the other
WHITE_LABEL_RUMOUR: Final = _rule("white-label-rumour", 1.5)
WHITE_LABEL_SAID: Final = _rule("white-label-said", 1.5)  # the brand in what a device says of itself
WHITE_LABEL_PROOF: Final = 5.0  # own, non-name support at which the brand is the label and not the maker
