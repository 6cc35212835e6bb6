"""What a model text or part number says: a maker's name in it, a product brand, and the number's scheme."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from clearband.identify import weights
from clearband.identify.categories import category_of_family
from clearband.identify.families import FamilyHit, strongest
from clearband.identify.folding import fold_words, join_letters
from clearband.identify.glued_names import glued_name
from clearband.identify.long_texts import head, reads_head
from clearband.identify.model_forms import from_first_number, number_forms, without_first_words
from clearband.identify.name_forms import is_placeholder, without_legal_form
from clearband.identify.name_index import KnownName, name_index
from clearband.identify.names import NameMatch, resolve_name
from clearband.identify.observation import NOTHING, Channel, Evidence, Mention, Notebook, Observation
from clearband.identify.spotting import Spot, spot_names
from clearband.identify.stated import name_evidence
from clearband.identify.stated_names import is_doubtful
from clearband.identify.strangers import stranger_id
from clearband.identify.words import EQUIPMENT_WORDS
from clearband.register import Register

_MOST_WORDS = 3
"""A maker's name has at most so many words; more are a description."""

UNVERIFIED = "unverified"
"""Source of facts that are general knowledge."""


def model_number_forms(text: str, register: Register) -> tuple[str, ...]:
    """The forms of a model text to be compared with the register's schemes: without the maker's name."""
    text = head(text)
    spots = spot_names(text, register)
    candidates = [text]
    if not any(spot.trap for spot in spots):
        if spots and spots[0].start == 0:
            candidates.append(without_first_words(text, spots[0].end))
        candidates.append(from_first_number(text))
    glued = glued_name(text, register)
    if glued is not None:
        candidates.append(text.strip()[len(glued.words[0]) :])
    return tuple(dict.fromkeys(form for candidate in candidates for form in number_forms(candidate)))


def observe_model(signal: str, text: str, hits: Iterable[FamilyHit], register: Register) -> Observation:
    """What a model text says.

    Args:
        signal: ``model`` or ``part_number``.
        hits: The schemes that `model_number_forms` of the text meet.
    """
    return reads_head(
        lambda read: model_observation(signal, read, hits, glued_name(read, register), register), text
    )


def model_observation(
    signal: str, text: str, hits: Iterable[FamilyHit], glued: KnownName | None, register: Register
) -> Observation:
    """`observe_model`, with what `clearband.identify.glued_names.glued_name` finds in the text."""
    if is_placeholder(fold_words(text)):
        return Observation(silent="a placeholder names no model")
    notebook = Notebook(signal, text)
    spots = spot_names(text, register)
    several, most = (
        names_several(spots),
        most_for_names(text, spots, weights.STATED_SEVERAL) if spots else math.inf,
    )
    for spot in spots:
        nats = weights.MODEL_STARTS if spot.start == 0 else weights.MODEL_INSIDE
        note_spot(notebook, spot, min(nats, most), Channel.WORDS, alternative=several)
    if glued is not None:
        why = "the text begins with the name, without a gap; confirm it on the device"
        notebook.mentions.append(Mention(signal, text, glued.entry.org_id, why))
    notebook.evidence.extend(family_evidence(signal, text, hits))
    return notebook.observation()


def names_several(spots: Iterable[Spot]) -> bool:
    """Whether a text names two makers or more: it cannot be made by each of them."""
    return len({s.name.entry.org_id for s in spots if not s.trap and not s.name.is_product_brand}) > 1


def most_for_names(text: str, spots: Iterable[Spot], several: float) -> float:
    """The most that the names in a text may weigh: less when it names several or its writer was not sure."""
    most = several if names_several(spots) else math.inf
    return min(most, weights.STATED_DOUBTFUL) if is_doubtful(text) else most


def note_spot(
    notebook: Notebook, spot: Spot, nats: float, channel: Channel, *, alternative: bool = False
) -> None:
    """Write down a name found in a text: evidence, or a mention when the phrase denies it."""
    entry = spot.name.entry
    if spot.trap:
        notebook.mentions.append(
            Mention(notebook.signal, notebook.value, entry.org_id, f"not evidence: {spot.trap}")
        )
        return
    product = spot.name.is_product_brand
    notebook.evidence.append(
        Evidence(
            signal=notebook.signal,
            value=notebook.value,
            rule=f"product brand in the text: {entry.text}" if product else f"name in the text: {entry.text}",
            maker=entry.org_id,
            weight=_product_nats(nats, spot, channel) if product else nats,
            source=entry.source or "register",
            note=f"the name was the organisation's until {entry.until}" if entry.until else "",
            channel=Channel.NUMBER if product and channel is Channel.WORDS else channel,
            alternative=alternative and not product,
        )
    )


def _product_nats(nats: float, spot: Spot, channel: Channel) -> float:
    if spot.name.entry.until:
        return min(nats, weights.FAMILY_WEAK)  # another sells the line under the same name since
    inside = channel is Channel.AGENT and spot.start > 0
    return min(nats, weights.SELF_PRODUCT_INSIDE if inside else weights.PRODUCT_BRAND)


def family_evidence(
    signal: str,
    text: str,
    hits: Iterable[FamilyHit],
    channel: Channel = Channel.NUMBER,
    distinctive: float = weights.FAMILY_DISTINCTIVE,
) -> list[Evidence]:
    """Evidence of the schemes met, the strongest of each organisation.

    Where it holds several kinds of equipment, the kind is that of another scheme of the organisation.
    """
    hits = tuple(hits)
    if not hits:
        return []
    kinds = {hit.org_id: kind for hit in reversed(hits) if (kind := category_of_family(hit.family))}
    return [
        Evidence(
            signal=signal,
            value=text,
            rule=f"model scheme: {hit.family.family}",
            maker=hit.org_id,
            weight=distinctive if hit.family.distinctive else weights.FAMILY_WEAK,
            source=hit.family.source or UNVERIFIED,
            note=hit.family.note or ("" if hit.family.distinctive else "other makers use such numbers too"),
            channel=channel,
            category=category_of_family(hit.family) or kinds.get(hit.org_id),
            sure_as=hit.family.sure_as,
        )
        for hit in strongest(hits)
    ]


def observe_combined(signal: str, text: str, hits: Iterable[FamilyHit], register: Register) -> Observation:
    """What the leading words of a combined vendor-and-model text say, when no maker is stated apart.

    "Vicon Industries B8220" names a maker that the register does not know, for IEEE has a registrant of
    that name; a model number alone names none. Neither do words that nobody registered ("Rocket M2"): they
    are product lines more often than companies. Product words in capitals behind a name in mixed case belong
    to the model ("Digital Watchdog VMAX 960H").

    Args:
        hits: The schemes that `model_number_forms` of the text meet.
    """
    return reads_head(lambda read: _combined(signal, read, tuple(hits), register), text)


def _combined(signal: str, text: str, hits: tuple[FamilyHit, ...], register: Register) -> Observation:
    leading = _leading_words(text)
    words = fold_words(leading)
    if not words or is_placeholder(words) or len(words) > _MOST_WORDS:
        return NOTHING
    if any(word in EQUIPMENT_WORDS for word in words) or all(len(word) < 3 for word in words):
        return NOTHING
    if any(re.match(hit.family.pattern, text.strip(), re.IGNORECASE) for hit in hits):
        return NOTHING  # the words open the model number of a known maker: Rocket M2, NanoStation M5
    if any(spot.end - spot.start <= len(words) for spot in spot_names(leading, register)):
        return NOTHING  # the name itself is evidence already; or a phrase that denies it
    match = resolve_name(leading, register)
    if match is None:
        return NOTHING
    if match.known:
        return Observation(tuple(name_evidence(signal, text, match, _combined_nats(match), register)))
    opened = name_index(register).starting_with(words) & {hit.org_id for hit in hits}
    if len(opened) == 1:
        return Observation((_short_name(signal, text, leading, next(iter(opened))),))
    if not _is_company(words, register):
        return Observation(silent="words in front of a model number may be a product line")
    return Observation(
        (
            Evidence(
                signal=signal,
                value=text,
                rule="leading words of a combined maker and model",
                maker=stranger_id(words, register),
                weight=weights.MODEL_SPLIT,
                source="stated",
                note=match.note,
                channel=Channel.WORDS,
                known=False,
                name=leading,
            ),
        )
    )


def _short_name(signal: str, text: str, leading: str, maker: str) -> Evidence:
    """Leading words that open the name of the maker whose scheme the number is: "Hanwha QNO-8080R"."""
    return Evidence(
        signal=signal,
        value=text,
        rule=f"{leading} opens a name of the maker whose scheme the number is",
        maker=maker,
        weight=weights.STATED_DOUBTFUL,
        source="register",
        note="",
        channel=Channel.WORDS,
    )


def _is_company(words: tuple[str, ...], register: Register) -> bool:
    """Whether leading words are a company's name and not a product line ("Rocket", "Firebox").

    Either IEEE has a registrant of exactly that name, apart from the legal form, or a legal form is written.
    """
    short = without_legal_form(words)
    registered = name_index(register).registered
    return registered.has_in_full("".join(short)) or len(short) < len(join_letters(words))


def _combined_nats(match: NameMatch) -> float:
    if match.kind == "several":
        return weights.STATED_DOUBTFUL
    return weights.STATED_FUZZY if match.kind == "fuzzy" else weights.STATED_TOKEN


def _leading_words(text: str) -> str:
    """The words before the first one with a digit; empty when there is none or the text has no digit."""
    parts = text.split()
    first = next((at for at, part in enumerate(parts) if any(sign.isdigit() for sign in part)), 0)
    leading = parts[:first]
    if len(leading) > 1 and not all(part.isupper() for part in leading):
        while len(leading) > 1 and leading[-1].isupper() and len(leading[-1]) > 2:
            leading.pop()
    return " ".join(leading)
