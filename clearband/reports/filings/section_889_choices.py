"""The two representations of FAR 52.204-24(d): what the data says of each, and what would decide it.

Nothing is chosen. While a record is open, or an input was not read, a negative representation is never what
the data says. The exceptions are of the prohibition: the words of the representations hold none, and an item
that an exception takes out speaks against a negative one as any covered item does.
"""

from __future__ import annotations

from typing import Final

from clearband.reports.filings.form import Choice
from clearband.reports.filings.screened import Screened
from clearband.reports.filings.section_889_law import Limb
from clearband.reports.filings.sorted_out import State, of_state, questions, units
from clearband.reports.plain_text import count

_QUESTIONS: Final = 6
_WILL: Final = (
    "will provide covered telecommunications equipment or services to the Government in the performance of "
    "any contract, subcontract or other contractual instrument resulting from the solicitation"
)
_DOES: Final = (
    "does, after a reasonable inquiry, use covered telecommunications equipment or services, or use any "
    "equipment, system, or service that uses them"
)
_EXCEPTED: Final = (
    "The words of the representation know no exception: an exception, a waiver, or that an item is no "
    "substantial or essential component, is a factor to be explained in paragraph (e)."
)


def providing(limb: Limb, screened: Screened) -> Choice:
    """Paragraph (d)(1): what is provided to the Government."""
    return _choice(
        limb,
        screened,
        title="Providing (part A)",
        cite="FAR 52.204-24(d)(1); section 889(a)(1)(A)",
        options=(_WILL, "will not provide them"),
        yes="Whether any of it is provided to the Government is not in the data. If any is, the data speaks "
        "for “will”.",
        decide_yes="Which of the covered items are part of what is offered to the Government?",
    )


def using(limb: Limb, screened: Screened) -> Choice:
    """Paragraph (d)(2): what the offeror uses."""
    return _choice(
        limb,
        screened,
        title="Using (part B)",
        cite="FAR 52.204-24(d)(2); section 889(a)(1)(B)",
        options=(_DOES, "does not use them"),
        yes="Whether each of them is in use is not in the data. If any is, for federal work or not, the "
        "data speaks for “does”.",
        decide_yes="Which of the covered items are in use?",
    )


def _choice(
    limb: Limb,
    screened: Screened,
    *,
    title: str,
    cite: str,
    options: tuple[str, ...],
    yes: str,
    decide_yes: str,
) -> Choice:
    records = limb.records
    if not limb.asked:
        return Choice(
            title=title, cite=cite, options=options, state="nothing-asked",
            says=("The run did not ask this: the data says nothing of it.",),
            would_decide=("Screen again with the action that this representation is about.",),
        )  # fmt: skip
    if records.is_empty():
        return Choice(
            title=title, cite=cite, options=options, state="nothing-asked",
            says=("The inputs hold no record: nothing was screened, and the data says nothing.",),
            would_decide=("An inventory of what the offeror provides and uses.",),
        )  # fmt: skip
    covered, undecided = of_state(records, State.COVERED), of_state(records, State.OPEN)
    excepted, later = of_state(records, State.EXEMPT), of_state(records, State.LATER)
    says, decide = [], []
    if covered.height:
        found = count(covered.height, "record is", "records are")
        says.append(f"{found} covered ({units(covered)}): see the disclosures below.")
    else:
        says.append("No record is prohibited for certain.")
    if excepted.height:
        found = count(excepted.height, "record is", "records are")
        says.append(
            f"{found} covered and taken out of the prohibition by a named exception "
            f"({units(excepted)}): see the disclosures below."
        )
    if covered.height or excepted.height:
        says += [yes, _EXCEPTED]
        decide.append(decide_yes)
    if later.height:
        says.append(
            f"{count(later.height, 'record is', 'records are')} reached only from a later day "
            f"({units(later)}); see the table."
        )
        decide.append("Is the offer made before that day?")
    if undecided.height:
        says.append(
            f"{count(undecided.height, 'record is', 'records are')} open "
            f"({units(undecided)}). "
            "While any is, the data does not speak for a negative representation."
        )
        decide += questions(undecided, _QUESTIONS)
    unread = len(screened.summary["not_read"])
    if unread:
        says.append(f"{count(unread, 'table')} of the inputs could not be read: what stands there is open.")
        decide.append("What is in the tables that could not be read?")
    if mentions := screened.summary["mentions"]:
        says.append(
            f"{count(mentions, 'record')} with a maker named where a name is no evidence, such as in a note: "
            "no answer rests on it; see what is to be looked at."
        )
        decide.append("Is anything of the makers that notes name in, on or beside these items?")
    found_any = covered.height or excepted.height
    yet_open = undecided.height or later.height or unread
    if not found_any and not yet_open:
        says.append(
            "None is open among what was read. That says nothing of what is not in the inventory, and the "
            "reasonable inquiry and the representation are the offeror's."
        )
        decide.append("Is the inventory complete: all sites, services, and what others run for the offeror?")
    return Choice(
        title=title, cite=cite, options=options,
        state="speaks-for-yes" if found_any else "open" if yet_open else "nothing-found",
        says=tuple(says), would_decide=tuple(decide),
    )  # fmt: skip
