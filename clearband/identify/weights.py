"""How much each rule speaks for a maker, in nats (natural-log likelihood ratio).

Basis of every figure in this file: judgement, anchored at the confidence a rule alone should give with the
prior below (confidence = 1 / (1 + exp(-(PRIOR + nats)))) and checked against the hit rates of the rules on
some 3,500 labelled records. They are to be replaced by ratios measured on a training set; the code reads
them from here only.
"""

from __future__ import annotations

from typing import Final

PRIOR: Final = -3.9
"""Log-odds of one given maker before any signal: one in fifty."""

THRESHOLD: Final = 0.75
"""Least confidence of a verdict. One strong signal against another of equal strength stays below it."""

THRESHOLD_NAMED: Final = 0.5
"""Least confidence for a maker that the register does not know, unless a known one contradicts: the verdict
clears nothing, and the name helps the reader to go on."""

CEILING: Final = 9.0
"""Most log-odds a verdict can have: nothing is certain (0.9999)."""

CONTRADICTION: Final = 5.5
"""A rival with this much support of its own contradicts the verdict: about one strong signal."""

# Names as people state them
STATED_EXACT: Final = 7.0  # 0.96: wrong labels, mixed-up rows
STATED_TOKEN: Final = 6.6  # 0.94: the name with words of trade or place around it
STATED_SCRIPT: Final = 6.3  # 0.92: matched after transliteration
STATED_FUZZY: Final = 6.2  # 0.91: a misspelling
STATED_AMBIGUOUS: Final = 6.0  # 0.89: others are called so too, but a maker of such equipment rarely
STATED_ABBREVIATION: Final = 2.5  # 0.20: HW, HIK …: never enough alone
STATED_INSIDE: Final = 5.3  # 0.80: the name among words that are not understood
STATED_SEVERAL: Final = 5.1  # 0.77: one of several makers named; of two houses neither passes
STATED_DOUBTFUL: Final = 4.2  # 0.57: "ZTE?", "maybe Dahua": needs a second cue
STATED_AMONG: Final = 3.5  # 0.40: the name behind or among words that are not understood
STATED_HOMOPHONE: Final = 3.0  # 0.29: Chinese characters that only sound alike
STATED_UNKNOWN: Final = 6.6  # 0.94: a maker that the register does not know
UNKNOWN_AS_BRAND: Final = 3.0  # 0.29: the same, when the model text names a maker of the register
SHORT_FOR: Final = 4.0  # counts only beside another signal: the stated name may be short for this one
STATED_BRAND_OTHER: Final = 4.5  # the brand column, when the maker is stated apart
MODEL_STARTS: Final = 6.8  # 0.95: "Huawei B618s-22d"
MODEL_INSIDE: Final = 5.6  # 0.85
MODEL_SPLIT: Final = 5.3  # 0.80: leading words of a combined column that are a company's name
WRITTEN: Final = 4.2  # a maker's name of this weight makes an unknown registrant a contract maker
DESCRIPTION_STARTS: Final = 5.1  # 0.77
DESCRIPTION_INSIDE: Final = 3.5  # 0.40
SETTLES_ALTERNATIVES: Final = 11.0  # two strong signals that nobody typed, against "Huawei/Ericsson"

# Model numbers
PRODUCT_BRAND: Final = 5.6  # 0.85: SmartAX, ZXR10
FAMILY_DISTINCTIVE: Final = 6.0  # 0.89
FAMILY_WEAK: Final = 2.5  # 0.20: needs a second cue
CATEGORY_AGREES: Final = 1.0  # the stated kind of equipment is the one of a weak scheme

# Registered numbers
MAC: Final = 6.2  # 0.91: maker's own block
MAC_AGREE: Final = 0.4  # more for several addresses that agree; they are not independent
MAC_MIXED: Final = -1.5  # blocks of several registrants in one box
MAC_UNKNOWN: Final = 4.3  # 0.60: a registrant the register does not know, often a contract maker
UNKNOWN_REGISTRANT_BESIDE: Final = 2.0  # 0.13: the same beside a name that somebody wrote: a contract maker
MAC_COMPONENT: Final = 2.5  # 0.20: chip, module, network card or contract maker
ENTERPRISE: Final = 6.3  # 0.92
ENTERPRISE_CAUTION: Final = 3.0  # 0.29: the facts ask for a second cue
ENTERPRISE_UNKNOWN: Final = 5.1  # 0.77: the registrant of the number, unknown to the register
GRANTEE: Final = 6.5  # 0.93: holder of the FCC grantee code
CPE_VENDOR: Final = 6.0  # 0.89: catalogued by somebody who looked

# What the device says of itself
BANNER_PATTERN: Final = 6.5  # 0.93
BANNER_COMPONENT: Final = 5.8  # 0.87: the pattern is also seen on relabelled boxes
SELF_STARTS: Final = 6.0  # 0.89
SELF_INSIDE: Final = 5.6  # 0.85
SELF_PRODUCT_INSIDE: Final = 5.1  # 0.77: software lines run on several makers' boxes
ENTITY_MFG: Final = 6.3  # 0.92: mfgName of the chassis row
SELF_FAMILY: Final = 5.4  # 0.82

# Relabelled boxes
WHITE_LABEL: Final = 3.2  # 0.33: some products of the brand are made by the other
WHITE_LABEL_RUMOUR: Final = 1.5
WHITE_LABEL_PROOF: Final = 5.0  # own, non-name support at which the brand is the label and not the maker
