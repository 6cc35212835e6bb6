"""Who controls whom on a date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.model.organisation import ControlLink
from clearband.register import load_register
from clearband.register.ownership import OwnershipGraph, first_day, last_day


def link(owned, owner, kind="controlled", *, verified=True, begins=None, ends=None, known_from=None):
    return ControlLink(owner, owned, kind, kind, verified, begins=begins, ends=ends, known_from=known_from)


def relation(graph, maker, target, on, known_on=None):
    paths = {path.target: path for path in graph.relations(maker, on, known_on)}
    return paths[target].relation if target in paths else None


DAY = date(2020, 6, 1)


def test_a_maker_is_itself():
    assert relation(OwnershipGraph([]), "acme", "acme", DAY) == "self"


def test_a_subsidiary_of_a_subsidiary_is_controlled():
    graph = OwnershipGraph([link("chip", "device"), link("device", "group")])
    assert relation(graph, "chip", "group", DAY) == "controlled"


def test_the_owner_of_a_listed_maker_is_its_parent():
    assert relation(OwnershipGraph([link("device", "group")]), "group", "device", DAY) == "parent"


def test_two_subsidiaries_of_one_owner_are_affiliates():
    graph = OwnershipGraph([link("radio", "group"), link("camera", "group")])
    assert relation(graph, "radio", "camera", DAY) == "affiliate"


def test_a_minority_share_anywhere_on_the_path_is_not_control():
    graph = OwnershipGraph([link("chip", "device"), link("device", "fund", "minority")])
    assert relation(graph, "chip", "fund", DAY) == "minority"


def test_two_makers_held_by_one_state_body_are_not_affiliates():
    graph = OwnershipGraph(
        [link("radio", "state", "state-holding"), link("camera", "state", "state-holding")]
    )
    assert relation(graph, "radio", "camera", DAY) is None


def test_a_sale_ends_control_on_its_day():
    graph = OwnershipGraph(
        [link("phones", "group", ends="2020-11-17"), link("phones", "buyer", begins="2020-11-17")]
    )
    assert relation(graph, "phones", "group", date(2020, 11, 16)) == "controlled"
    assert relation(graph, "phones", "group", date(2020, 11, 17)) == "former"
    assert relation(graph, "phones", "buyer", date(2020, 11, 16)) is None
    assert relation(graph, "phones", "buyer", date(2020, 11, 17)) == "controlled"


def test_a_year_without_a_day_leaves_the_path_unverified_inside_that_year():
    graph = OwnershipGraph([link("cable", "group", ends="2020")])
    inside = {path.target: path for path in graph.relations("cable", DAY)}["group"]
    before = {path.target: path for path in graph.relations("cable", date(2019, 12, 31))}["group"]
    assert (inside.relation, inside.verified) == ("controlled", False)
    assert (before.relation, before.verified) == ("controlled", True)
    assert relation(graph, "cable", "group", date(2020, 12, 31)) == "former"


def test_what_became_known_later_is_not_used_before():
    graph = OwnershipGraph([link("front", "group", known_from="2021-03-01")])
    assert relation(graph, "front", "group", DAY, known_on=date(2021, 2, 28)) is None
    assert relation(graph, "front", "group", DAY, known_on=date(2021, 3, 1)) == "controlled"


def test_a_circle_of_owners_ends():
    graph = OwnershipGraph([link("a", "b"), link("b", "c"), link("c", "a")])
    assert relation(graph, "a", "c", DAY) == "controlled"


def test_what_a_closer_relative_owns_is_reached_through_it():
    links = [link("c", "a"), link("d", "c"), link("b", "c", "affiliate"), link("a", "b")]
    graph = OwnershipGraph(links)
    assert relation(graph, "a", "c", DAY) == "affiliate"
    assert relation(graph, "a", "d", DAY) is not None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2020-02-09", date(2020, 2, 9), date(2020, 2, 9)),
    ],
)
def test_a_date_is_as_exact_as_its_source(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


NODES = st.sampled_from("abcdef")
LINKS = st.lists(
    st.builds(link, NODES, NODES, st.sampled_from(["controlled", "affiliate", "minority", "alleged"]))
)


@given(LINKS, st.permutations(range(6)))
def test_the_order_of_the_facts_changes_nothing(links, order):
    shuffled = [links[index] for index in order if index < len(links)] + links[6:]
    if sorted(map(id, shuffled)) != sorted(map(id, links)):
        shuffled = links[::-1]
    told = {path.target: path.relation for path in OwnershipGraph(links).relations("a", DAY)}
    again = {path.target: path.relation for path in OwnershipGraph(shuffled).relations("a", DAY)}
    assert told == again


@given(LINKS)
def test_one_more_link_never_makes_a_relation_weaker(links):
    strength = ["former", "alleged", "minority", "parent", "affiliate", "controlled", "self"]
    told = {path.target: path.relation for path in OwnershipGraph(links).relations("a", DAY)}
    more = {
        path.target: path.relation for path in OwnershipGraph([*links, link("a", "b")]).relations("a", DAY)
    }
    assert all(strength.index(more[target]) >= strength.index(rel) for target, rel in told.items())


@pytest.mark.parametrize(
    ("maker", "target", "on", "expected"),
    [
        ("hisilicon", "huawei", DAY, "controlled"),
        ("futurewei", "huawei", DAY, "controlled"),
        ("ezviz", "hikvision", DAY, "controlled"),
        ("imou", "dahua", DAY, "affiliate"),
        ("honor-device", "huawei", date(2020, 11, 16), "controlled"),
        ("honor-device", "huawei", date(2020, 11, 17), "former"),
        ("xfusion", "huawei", date(2021, 11, 4), "controlled"),
        ("xfusion", "huawei", date(2021, 11, 5), "former"),
        ("h3c", "huawei", date(2004, 6, 1), "controlled"),
        ("h3c", "huawei", date(2020, 6, 1), "former"),
        ("skycom-tech", "huawei", DAY, "alleged"),
        ("hikvision", "cetc", DAY, "minority"),
        ("nokia", "huawei", DAY, None),
    ],
)
def test_the_facts_tell_former_and_present_affiliates_apart(maker, target, on, expected):
    paths = {path.target: path for path in load_register().relations(maker, on)}
    assert (paths[target].relation if target in paths else None) == expected
