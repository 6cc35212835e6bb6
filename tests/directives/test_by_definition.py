"""Who is a subsidiary or an affiliate in the words of one law."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from clearband.directives.ask import AskAnswer, Question, ask
from clearband.directives.definitions import Definitions
from clearband.directives.evaluate import evaluate
from clearband.directives.law import load_law
from clearband.directives.maker_match import MakerMatch
from clearband.directives.makers import Maker
from clearband.directives.question import Questions
from clearband.directives.truth import FALSE, TRUE, UNKNOWN
from clearband.errors import FactsError
from clearband.facts.equipment_words import EquipmentWords
from clearband.facts.store import compiled
from clearband.model.directive import MakerRule, NamedMaker
from clearband.model.organisation import ControlLink, ControlPath, Designation
from clearband.register import load_register
from clearband.register.ownership import OwnershipGraph

from .conftest import SmallRegister

DEFINITIONS = Definitions.from_facts(compiled().read("control_definitions"))
ALL = frozenset({"subsidiaries", "affiliates"})
DAY = date(2025, 10, 1)
WORDS = EquipmentWords([])


def held(
    owned: str, owner: str, share: str | None = None, kind: str = "controlled", **more: Any
) -> ControlLink:
    return ControlLink(owner, owned, kind, "holder", more.pop("verified", True), share_pct=share, **more)  # type: ignore[arg-type]


class Owned(SmallRegister):
    """A register of some holdings; ``a`` and ``b`` stand on the Entity List."""

    def __init__(self, *links: ControlLink) -> None:
        self._graph = OwnershipGraph(links)
        listed: dict[str, tuple[Designation, ...]] = {
            org: (Designation("bis-entity-list", org, True, "csl", "2019-05-21"),) for org in "ab"
        }
        super().__init__({"links": (ControlPath("links", "self", links, verified=True),)}, listed)

    def relations(self, maker: str, on: date, known_on: date | None = None) -> tuple[ControlPath, ...]:
        return self._graph.relations(maker, on, known_on)


def matched(definition: str, *links: ControlLink, maker: str = "x", named: str = "n") -> MakerMatch:
    rule = MakerRule(named=(NamedMaker(named, ALL),), definition=DEFINITIONS.by_id[definition])
    return Maker(maker, "identified", Owned(*links), DAY, None).match((rule,))


def listed(*links: ControlLink, on: date = DAY) -> MakerMatch:
    rule = MakerRule(list_id="bis-entity-list", list_reach=ALL, definition=DEFINITIONS.by_id["bis-50"])
    return Maker("x", "identified", Owned(*links), on, None).match((rule,))


@pytest.mark.parametrize(
    ("links", "truth"),
    [
        ((held("x", "n"),), TRUE),
        ((held("n", "x"),), TRUE),
        ((held("x", "third"), held("n", "third")), TRUE),
        ((held("x", "mid"), held("mid", "n")), TRUE),
        ((held("x", "n", "49", "minority"),), UNKNOWN),
        ((held("n", "x", "49", "minority"),), UNKNOWN),
        ((held("x", "n", kind="joint-venture"),), UNKNOWN),
        ((held("x", "n", verified=False),), UNKNOWN),
        ((held("x", "state", kind="state-holding"), held("n", "state", kind="state-holding")), UNKNOWN),
        ((held("x", "third"), held("m", "third")), FALSE),
        ((), FALSE),
    ],
)
def test_by_the_far_control_makes_affiliates_either_way_and_under_a_third(
    links: tuple[ControlLink, ...], truth: int
) -> None:
    assert matched("far-2.101", *links).truth == truth


def test_a_state_that_holds_both_is_a_question_that_names_it() -> None:
    match = matched(
        "far-2.101", held("x", "state", kind="state-holding"), held("n", "state", kind="state-holding")
    )
    assert match.question == "does state control both x and n in the sense of FAR 2.101?"


def test_a_state_above_a_mere_part_is_too_far() -> None:
    links = (
        held("x", "fund", "5", "minority"),
        held("fund", "state", kind="state-holding"),
        held("n", "state", kind="state-holding"),
    )
    assert matched("far-2.101", *links).truth == FALSE


@pytest.mark.parametrize(
    ("share", "truth"), [("10", FALSE), ("10.01", TRUE), (">10", TRUE), ("9-11", UNKNOWN), (None, UNKNOWN)]
)
def test_by_the_fcc_more_than_a_tenth_makes_an_affiliate_and_a_tenth_does_not(
    share: str | None, truth: int
) -> None:
    owned = matched("fcc-2.903", held("x", "n", share, "minority"))
    owner = matched("fcc-2.903", held("n", "x", share, "minority"))
    sisters = matched("fcc-2.903", held("x", "t", share, "minority"), held("n", "t", "100"))
    # What a part below the threshold makes of control stays open.
    assert [match.truth for match in (owned, owner, sisters)] == [max(truth, UNKNOWN)] * 3


def test_a_share_through_others_is_multiplied_by_the_fcc() -> None:
    through = matched("fcc-2.903", held("x", "m", "40", "minority"), held("m", "n", "30", "minority"))
    assert through.truth == TRUE
    assert through.control is not None
    assert (
        "(affiliate by 47 CFR 2.903(c): more than 10 % of the equity, directly or indirectly)"
        in through.control
    )


def test_the_question_about_a_share_says_whose_and_how_much() -> None:
    match = matched("fcc-2.903", held("x", "n", None, "minority"))
    assert match.question == (
        "what share does n hold in x on that day? Caught is more than 10 % of the equity, directly or"
        " indirectly (47 CFR 2.903(c))"
    )


@pytest.mark.parametrize(
    ("links", "truth"),
    [
        ((held("x", "a", "50"),), TRUE),
        ((held("x", "a", "49.99"),), FALSE),
        ((held("x", "a", "30"), held("x", "b", "25")), TRUE),
        ((held("x", "a", "30"), held("x", "c", "25")), FALSE),
        ((held("x", "m", "50"), held("m", "a", "50")), TRUE),
        ((held("x", "a"),), UNKNOWN),
        ((held("x", "a", "60", verified=False),), UNKNOWN),
        ((held("a", "x", "100"),), FALSE),
        ((held("x", "third", "100"), held("a", "third", "100")), FALSE),
    ],
)
def test_by_the_bis_rule_shares_of_listed_owners_add_up_and_control_alone_is_not_enough(
    links: tuple[ControlLink, ...], truth: int
) -> None:
    assert listed(*links).truth == truth


def test_owners_that_were_not_listed_yet_do_not_count() -> None:
    links = (held("x", "a", "30"), held("x", "b", "25"))
    assert listed(*links, on=date(2019, 5, 20)).truth == FALSE
    assert listed(*links, on=date(2019, 5, 21)).truth == TRUE


def test_the_shares_are_told_with_their_owners() -> None:
    match = listed(held("x", "a", "30"), held("x", "b", "25"))
    assert match.control == (
        "x is held 55 % by a and b [x <- a (holder 30 %); x <- b (holder 25 %)],"
        " on the list or held so themselves (subsidiary by 15 CFR part 744, supplement no. 8:"
        " 50 % or more of the equity, directly or indirectly, alone or together)"
    )


def test_where_only_the_named_ones_are_meant_no_tie_matters() -> None:
    assert matched("listed-by-name", held("x", "n", "100")).truth == FALSE
    assert matched("listed-by-name", maker="n").truth == TRUE


def test_an_unknown_definition_is_refused_with_what_to_do() -> None:
    with pytest.raises(FactsError, match='"far" is no definition'):
        DEFINITIONS.of({"affiliates_by": "far"}, {"id": "some-measure"})


def test_a_definition_that_looks_beside_the_members_of_a_list_is_refused() -> None:
    makers = {"affiliates_by": "far-2.101", "member_of": {"list": "ndaa-1260h", "reach": ["affiliates"]}}
    with pytest.raises(FactsError, match="beside the members of a list"):
        DEFINITIONS.of(makers, {"id": "some-measure"})


def test_a_definition_of_other_words_than_those_reached_is_refused() -> None:
    makers = {"affiliates_by": "far-2.101", "named": [{"org": "huawei", "reach": ["subsidiaries"]}]}
    with pytest.raises(FactsError, match="does not say what subsidiaries are"):
        DEFINITIONS.of(makers, {"id": "some-measure"})


def test_the_makers_own_definition_goes_before_the_measures_and_that_before_the_lists() -> None:
    measure, holder = (
        {"id": "rule", "affiliates_by": "fcc-2.903"},
        {"id": "list", "affiliates_by": "far-2.101"},
    )
    found = (
        DEFINITIONS.of({"affiliates_by": "section-805"}, measure, holder),
        DEFINITIONS.of({}, measure, holder),
        DEFINITIONS.of({}, {"id": "x"}, holder),
    )
    assert [one and one.id for one in found] == ["section-805", "fcc-2.903", "far-2.101"]
    assert DEFINITIONS.of({}, {"id": "x"}, {"id": "y"}) is None


def asked(measure: str, maker: str, on: str, **more: Any) -> AskAnswer:
    known_on = more.pop("known_on", None)
    question = Question(
        maker=maker,
        on=date.fromisoformat(on),
        known_on=date.fromisoformat(known_on) if known_on else None,
        **{"actor": "exporter", "action": "export-to", "equipment": "chipset", **more},
    )
    law = load_law().only([measure])
    return ask(question, law, load_register(), lambda name: (name,), WORDS)


BIS = "us-bis-affiliates-rule"


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2025-09-28", "not-yet"),
        ("2025-09-29", "prohibited"),
        ("2025-11-09", "prohibited"),
        ("2025-11-10", "not-yet"),
        ("2026-11-09", "not-yet"),
        ("2026-11-10", "review"),
    ],
)
def test_the_bis_rule_reaches_what_hikvision_holds_while_it_is_in_force(on: str, answer: str) -> None:
    assert asked(BIS, "hikrobot", on).answer == answer


def test_of_a_share_that_was_not_read_the_bis_rule_makes_a_question() -> None:
    said = asked(BIS, "ezviz", "2025-10-01")
    assert said.answer == "review"
    assert said.question is not None
    assert said.question.startswith("what share does Hikvision hold in ")
    assert "48 % (share not confirmed)" in (said.because[0].control or "")


def test_the_bis_rule_leaves_alone_what_nobody_listed_holds() -> None:
    assert asked(BIS, "h3c", "2025-10-01").answer == "not-covered"


def authorise(maker: str, on: str, **more: Any) -> AskAnswer:
    return asked(
        "us-fcc-22-84-equipment-authorization", maker, on,
        **{"actor": "equipment-applicant", "action": "authorise", "equipment": "camera",
           "purpose": "public-safety", **more},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "share"), [("2022-12-27", "60 %"), ("2022-12-28", "subsidiary"), ("2024-01-01", "subsidiary")]
)
def test_ezviz_is_an_affiliate_before_and_after_its_listing(on: str, share: str) -> None:
    said = authorise("ezviz", on)
    assert said.answer == "prohibited"
    control = said.because[0].control or ""
    assert control.startswith("ezviz is controlled by hikvision [")
    assert share in control
    assert "by 47 CFR 2.903(c): " in control


def federal(maker: str, on: str, action: str = "procure", **more: Any) -> AskAnswer:
    return asked(
        "us-ndaa-fy2019-889-a1a", maker, on,
        **{"actor": "federal-agency", "action": action, "equipment": "switch",
           "purpose": "public-safety", **more},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("maker", "on", "answer"),
    [
        ("hisilicon", "2019-08-12", "not-yet"),
        ("hisilicon", "2019-08-13", "prohibited"),
        ("lorex", "2022-11-22", "prohibited"),
        ("honor-device", "2020-11-16", "prohibited"),
        ("honor-device", "2020-11-17", "not-covered"),
        ("honor-device", "2020-11-18", "not-covered"),
        ("h3c", "2019-08-13", "not-covered"),
        ("h3c", "2024-09-03", "not-covered"),
        ("h3c", "2024-09-04", "not-covered"),
        ("h3c", "2025-11-17", "not-covered"),
        ("huawei-holding", "2020-01-01", "prohibited"),
        ("zhongxingxin", "2020-01-01", "review"),
        ("cetc", "2022-09-29", "review"),
        ("cetc", "2022-09-30", "prohibited"),
        ("china-mobile-group", "2025-01-01", "review"),
        ("nokia-shanghai-bell", "2025-01-01", "not-covered"),
    ],
)
def test_section_889_by_the_definition_of_the_far_on_each_side_of_an_edge(
    maker: str, on: str, answer: str
) -> None:
    assert federal(maker, on).answer == answer


def test_after_its_sale_lorex_is_a_brand_that_may_still_sell_what_dahua_made() -> None:
    for on in ("2022-11-23", "2022-11-24"):
        said = federal("lorex", on)
        assert said.answer == "review"
        assert said.question == "who made this unit? Lorex sells hardware of Dahua under its own name"


def test_a_sale_does_not_count_with_the_knowledge_of_the_day_before() -> None:
    assert federal("honor-device", "2020-12-01", known_on="2020-11-16").answer == "prohibited"
    assert federal("honor-device", "2020-12-01", known_on="2020-11-17").answer == "not-covered"


def test_who_controls_hikvision_counts_from_the_day_it_was_read() -> None:
    assert federal("cetc", "2023-01-01", known_on="2023-03-14").answer == "review"
    assert federal("cetc", "2023-01-01", known_on="2023-03-15").answer == "prohibited"


def test_on_columns_each_finding_bears_the_definition_that_decided() -> None:
    rows = pl.DataFrame({"combo": [0, 1], "maker": ["ezviz", "nokia"], "category": ["camera", "camera"]})
    authorising = Questions(("equipment-applicant",), ("authorise",), date(2024, 1, 1))
    law = load_law().only(["us-fcc-22-84-equipment-authorization"])
    found = evaluate(rows.with_columns(purpose=pl.lit("public-safety")), authorising, law, load_register())
    assert found.answers["answer"].to_list() == ["prohibited", "not-covered"]
    control = found.findings.filter(pl.col("answer") == "prohibited")["control"].unique().to_list()
    assert len(control) == 1
    assert control[0].endswith("(affiliate by 47 CFR 2.903(c): control of one by the other or by a third)")


def test_the_definition_stands_in_the_control_of_the_answer() -> None:
    control = federal("hisilicon", "2020-01-01").because[0].control
    assert control == (
        "hisilicon is controlled by huawei [hisilicon <- huawei (wholly owned 100 %, 2004-10)]"
        " (affiliate by FAR 2.101: control of one by the other or by a third)"
    )
