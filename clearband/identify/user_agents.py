"""User agents: which part is the model of the device, and what it says of the maker.

A handset's browser says "Linux; Android 10; VOG-L29 Build/HUAWEIVOG-L29", an old telephone begins with its
name ("Nokia6300/2.0"), a television has its maker in the second field behind HbbTV (ETSI TS 102 796, clause
7.3.2.4).
The names of browsers, engines and shops in the rest of the text are no evidence for the device.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clearband.identify import weights
from clearband.identify.families import FamilyHit
from clearband.identify.model_forms import number_forms
from clearband.identify.model_text import family_evidence, note_spot
from clearband.identify.observation import Channel, Notebook, Observation
from clearband.identify.spotting import spot_names
from clearband.register import Register

PROTOCOLS: Final = ("http-user-agent", "user-agent")
_LONGEST: Final = 1000

_ANDROID = re.compile(r"\b(?:Android|Adr)[ /-]?([\d.]*)[^;)]*;", re.IGNORECASE)
_END = re.compile(r"\)| AppleWebKit\b| U2/")
_NO_MODEL = re.compile(
    r"^(?:[a-z]{2,3}(?:[-_](?:[A-Za-z]{2,4}|\d{3})?){0,2}|(?i:wv|u|k|mobile|tablet|harmonyos|hmscore.*|rv:.*"
    r"|android(?:/.*)?|release/.*|arm(?:_64|v\w+)?|aarch64|x86(?:_64)?|linux|touch|unknown|generic|desktop"
    r"|openharmony.*|androidtv|com\..*|build/.*|opera .*))?$"
)
"""What stands where a model does: the language, the architecture, the embedding ("wv"), a frozen "K"."""
_BUILD = re.compile(r"\s*\bBuild\b[ /]*")
_HBBTV = re.compile(r"\bHbbTV/[\d.]+ ?\(([^)]*)\)?", re.IGNORECASE)
_WINDOWS_PHONE = re.compile(
    r"\b(?:IEMobile/[\d.]+|wds [\d.]+; [\w-]+|ARM; Touch)(?:; Touch)?; ([^;()]+); ([^;()]+)"
)
_PLATFORM = re.compile(
    r"\b(iPhone|iPad|iPod|AppleTV|Apple TV|Apple Watch|HomePod|BB10|PlayBook|PlayStation|PLAYSTATION"
    r"|Nintendo|Xbox|Roku|CrKey|Kindle|BRAVIA|NetCast|Web0S|webOS\.TV|SMART-TV|Maple|VIDAA|SmartCast|Lumia|Series60|Symbian"
    r"|BlackBerry|Bada|hpwOS|X11; CrOS|Chromebook)[\w .,/-]*"
)
_OLD_BROWSERS = re.compile(r"\bUCWEB/.*; ([^;()]+)\) U2/|\b\d{3}X\d{3} ([A-Za-z][\w .-]+)$")
"""Where the UC browser and Opera Mini on feature phones have the model."""
_UC_APPLE = re.compile(r"\bdv\((iPh|iPd|iPad|iPod)[\w,]*\)")
_BROWSERS: Final = re.compile(
    r"^(?:Mozilla|Opera|Dalvik|UCWEB|Instagram|okhttp|curl|Wget|Java|python|AppleCoreMedia|Podcast|Go-http|Microsoft"
    r"|WhatsApp|Facebook|Twitter|Googlebot|bingbot|VLC|Lavf|stagefright)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^([A-Za-z][\w .+-]*?)(?:/|\(|;| Profile\b| MIDP\b|$)")


@dataclass(frozen=True, slots=True)
class UserAgent:
    """The parts of a user agent that speak of the device.

    Attributes:
        model: What stands for the model, with or without the maker's name in front.
        vendor: What stands for the maker apart from the model (HbbTV, Windows Phone).
        system: Name and version of the system: ``Android 10``.
        build: The build that the maker gave, which may hold the maker's name: ``HUAWEIVOG-L29``.
    """

    model: str = ""
    vendor: str = ""
    system: str = ""
    build: str = ""

    def forms(self) -> tuple[str, ...]:
        """The forms in which schemes of models are looked for.

        The last one has system and build behind the model (``VOG-L29; Android 10; HUAWEIVOG-L29``), for the
        schemes that need them.
        """
        if not self.model:
            return ()
        whole = "; ".join((self.model, self.system, self.build)) if self.system else self.model
        return tuple(dict.fromkeys((*number_forms(self.model), whole)))


def read_user_agent(text: str) -> UserAgent:
    """The parts of a user agent; all empty where none speaks of a device."""
    text = text[:_LONGEST].strip()
    if hbbtv := _HBBTV.search(text):
        fields = [field.strip() for field in hbbtv.group(1).split(";")]
        if len(fields) > 2 and fields[1]:
            return UserAgent(model=fields[2], vendor=fields[1])
    if phone := _WINDOWS_PHONE.search(text):
        return UserAgent(model=phone.group(2).strip(), vendor=phone.group(1).strip(), system="Windows Phone")
    if apple := _UC_APPLE.search(text):
        return UserAgent(model=apple.group(1).replace("iPh", "iPhone").replace("iPd", "iPad"))
    if (android := _android(text)).model:
        return android
    if old := _OLD_BROWSERS.search(text):
        return UserAgent(model=(old.group(1) or old.group(2)).strip())
    if platform := _PLATFORM.search(text):
        return UserAgent(model=platform.group(0).strip())
    first = _FIRST.match(text)
    if first and not _BROWSERS.match(text):
        return UserAgent(model=first.group(1).strip())
    return UserAgent()


def _android(text: str) -> UserAgent:
    found = _ANDROID.search(text)
    if not found:
        return UserAgent()
    rest = _END.split(text[found.end() :], maxsplit=1)[0]
    system = f"Android {found.group(1)}".strip()
    for part in rest.split(";"):
        named, _, build = _BUILD.sub("\n", part.strip(), count=1).partition("\n")
        model = named.partition("/")[0].strip()  # HTC_Desire_500/1.17.112.2, Lenovo B6000-F/JDQ39
        if not _NO_MODEL.match(model):
            return UserAgent(model=model, system=system, build=build.strip())
    return UserAgent(system=system)


def observe_user_agent(text: str, hits: Iterable[FamilyHit], register: Register) -> Observation:
    """What a user agent says of the maker of the device.

    Args:
        hits: The schemes that the forms of its model meet.
    """
    agent = read_user_agent(text)
    shown = text if len(text) <= 200 else text[:197] + "…"
    notebook = Notebook("banners", shown)
    for part in (agent.vendor, agent.model):
        spots = spot_names(part, register) if part else []
        if spots and spots[0].start == 0:
            note_spot(notebook, spots[0], weights.SELF_STARTS, Channel.AGENT)
            break
    notebook.evidence += family_evidence("banners", shown, tuple(hits), Channel.AGENT, weights.SELF_FAMILY)
    if not notebook.evidence and not notebook.mentions:
        notebook.silent = (
            f"no scheme of the register is that of {agent.model}" if agent.model else "it names no device"
        )
    return notebook.observation()
