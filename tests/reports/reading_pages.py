"""A page as a reader's tools see it: elements in order, well nested, with their attributes and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "link", "img", "hr", "rect", "use"}

APART = {"td", "th", "small", "li", "dt", "dd", "br"}
"""Elements whose text a reader sees apart from what stands before."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        found = [child for child in self.children if child.tag == tag]
        return found + [one for child in self.children for one in child.all(tag) if one not in found]

    def words(self) -> str:
        return " ".join(self.text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in APART:
            self.handle_data(" ")
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        self.open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            # A browser writes <rect></rect>.
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


@dataclass
class Page:
    source: str
    root: Element
    elements: list[Element]

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def by_id(self, name: str) -> Element:
        (element,) = (one for one in self.elements if one.attributes.get("id") == name)
        return element


def read_page(source: str) -> Page:
    """Parse the page; fails when elements are not well nested."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    assert [element.tag for element in reader.open] == [""]
    return Page(source, reader.root, reader.elements)
