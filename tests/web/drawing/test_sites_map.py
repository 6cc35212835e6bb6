"""A map of sites is well-formed, escapes names, shows each site, and puts the strictest on top."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from clearband.web.drawing.base_map import KINDS, base_map
from clearband.web.drawing.sites_map import Site, sites_map

PLAIN = Site("Plain", 40.0, -105.0, {"not-covered": 3})
BAD = Site(
    '<script>alert("x")</script>', 39.0, -104.0, {"prohibited": 2, "not-covered": 5}, "/records?site=a&b=<c>"
)


def test_it_is_well_formed_and_names_are_text() -> None:
    picture = sites_map([BAD, PLAIN], title='Sites "of" <a> & b')
    tree = ET.fromstring(picture)
    assert "<script" not in picture
    assert tree.get("aria-label") == 'Sites "of" <a> & b'
    titles = [title.text for title in tree.iter("title")]
    assert titles == ["Plain: 3 not covered", f"{BAD.name}: 2 prohibited, 5 not covered"]
    assert [link.get("href") for link in tree.iter("a")] == [BAD.address]


def test_there_is_no_style_or_script_in_it() -> None:
    picture = sites_map([BAD, PLAIN], title="t", chosen="Plain")
    assert not re.search(r"style=|<style|on[a-z]+=|<script", picture)
    assert "map-chosen" in picture


def test_a_place_that_is_milder_does_not_hide_a_stricter_one() -> None:
    same = [Site("A", 40, -105, {"prohibited": 1}), Site("B", 40, -105, {"not-covered": 900})]
    for sites in (same, same[::-1]):
        marks = re.findall(r'class="map-mark answer-([a-z-]+)"', sites_map(sites, title="t"))
        assert marks == ["not-covered", "prohibited"]


def test_many_sites_are_gathered_and_none_is_lost() -> None:
    sites = [
        Site(f"S{n}", 35 + n % 40 / 10, -110 + n // 40 / 10, {"review" if n == 777 else "not-covered": 2})
        for n in range(3000)
    ]
    picture = sites_map(sites, title="t")
    counted = sum(int(number) for number in re.findall(r"(\d+) (?:not covered|review)", picture))
    assert counted == 6000
    assert picture.count('answer-review"') == 1


def test_the_ends_of_the_world_can_be_drawn() -> None:
    for place in ((90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)):
        assert "map-mark" in sites_map([Site("x", *place, {"review": 1})], title="t")


def test_shapes_say_where_they_come_from() -> None:
    assert set(base_map().shapes) == set(KINDS)
    assert all("public domain" in source["from"] for source in base_map().sources)


def test_marks_that_lead_somewhere_stand_in_no_picture_of_one_piece() -> None:
    """What is one image has no parts for a screen reader: its links would be reached, and not be told."""
    drawn = sites_map([Site("North", 45.5, -120, {"review": 1}, "/there")], title="Sites")
    assert 'role="group" aria-label="Sites"' in drawn
    assert 'role="img"' not in drawn
    assert '<a href="/there" aria-label="North: 1 review"' in drawn
