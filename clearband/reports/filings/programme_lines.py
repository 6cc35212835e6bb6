"""The rules of the reimbursement programme, as the facts hold them."""

from __future__ import annotations

from datetime import date

from clearband.planning.programme import us_reimbursement
from clearband.reports.figure_words import told
from clearband.reports.filings.form import Column, Section, Table


def window(on: date) -> str:
    """Whether applications can be filed on a day, as far as the facts say."""
    events = {one["id"]: one["date"] for one in us_reimbursement().raw["events"]}
    opens, closes = events["window-opens"], events["window-closes"]
    day = on.isoformat()
    if day < opens:
        return f"Applications can be filed from {opens} to {closes}."
    if day <= closes:
        return f"Applications can be filed until {closes}."
    return (
        f"The window for applications was open from {opens} to {closes}. These facts know of no later one: "
        f"what is "
        "left is a claim on an approved application, or a change of its estimates."
    )


def rules() -> Section:
    """What the programme asks."""
    rows = [
        (
            one["what"],
            "; ".join(f"{figure['what']}: {told(figure)}" for figure in one["figures"]),
            one.get("day") or "",
            "yes" if one["verified"] else "no",
            ", ".join(one["sources"]),
        )
        for one in us_reimbursement().raw["rules"]
    ]
    table = Table(
        title="",
        columns=(
            Column(title="rule", width=3),
            Column(title="figures", width=2.4),
            Column(title="day"),
            Column(title="verified", width=0.7),
            Column(title="sources", width=1.6),
        ),
        rows=tuple(rows),
        short="rules",
    )
    return Section(title="What the programme asks", cite="47 CFR 1.50004", wide=True, blocks=(table,))
