"""User agents: the part that is the model, whose it is, and what is no evidence in the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.identify.families import user_agent_index
from clearband.identify.user_agents import UserAgent, observe_user_agent, read_user_agent
from clearband.register import Register

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.91 Mobile Safari/537.36"


def android(model: str, version: str = "10", build: str = "") -> str:
    behind = f" Build/{build}" if build else ""
    return f"Mozilla/5.0 (Linux; Android {version}; {model}{behind}) {CHROME}"


@pytest.mark.parametrize(
    ("text", "model"),
    [
        (android("VOG-L29"), "VOG-L29"),
        (android("SM-G960F", build="R16NW; wv"), "SM-G960F"),
        (
            f"Mozilla/5.0 (Linux; U; Android 4.1.2; fr-at; HTC_Desire_C/1.2 Build/JZO54K) {CHROME}",
            "HTC_Desire_C",
        ),
        (f"Mozilla/5.0 (Linux; arm_64; Android 12; PNC380) {CHROME}", "PNC380"),
        ("Mozilla/5.0 Linux; Android 9; STF-AL10 AppleWebKit/537.36 KHTML, like Gecko", "STF-AL10"),
        (f"Mozilla/5.0 (Linux; Android 10; HarmonyOS; MRX-W09; HMSCore 6.0) {CHROME}", "MRX-W09"),
        ("Dalvik/2.1.0 (Linux; U; Android 8.1.0; Redmi Note 5 Build/OPM1)", "Redmi Note 5"),
        ("UCWEB/2.0 (MIDP-2.0; U; Adr 4.2.2; es-LA; ZTE_V790) U2/1.0.0 UCBrowser/9.0 Mobile", "ZTE_V790"),
        ("Opera/9.80 (BREW; Opera Mini/5.1/27.2; U; en) Presto/2.8 240X320 ZTE F-160", "ZTE F-160"),
        ("Nokia6300/2.0 (07.21) Profile/MIDP-2.0 Configuration/CLDC-1.1", "Nokia6300"),
        ("Mozilla/5.0 (compatible; MSIE 9.0; IEMobile/9.0; NOKIA; Lumia 710)", "Lumia 710"),
        ("Mozilla/5.0 (Linux) HbbTV/1.2.1 (;Panasonic;VIERA 2014;3.101;;)", "VIERA 2014"),
        (android("K"), ""),
        ("curl/7.88.1", ""),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", ""),
        ("", ""),
    ],
)
def test_the_part_that_is_the_model(text: str, model: str) -> None:
    assert read_user_agent(text).model == model


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        (android("VOG-L29"), "huawei"),
        (android("FIG-LX1", "8.0.0", "HUAWEIFIG-LX1"), "huawei"),
        (android("AGS2-W09", "8.0.0"), "huawei"),
        (android("Y560-U02", "5.1.1"), "huawei"),
        (android("801HW", "8.0.0"), "huawei"),
        (android("FRD-L19", "7.0", "HONORFRD-L19"), "huawei"),
        (android("HONOR 10", "9"), "huawei"),
        (android("ANY-NX1", "12"), "honor-device"),
        (android("CRT-LX1", "13"), "honor-device"),
        (android("HONOR 90", "14"), "honor-device"),
        (android("Z835", "6.0.1"), "zte"),
        (android("BLADE A602", "6.0"), "zte"),
        (android("NX569J", "6.0"), "nubia"),
        (android("PTC760", "7.1.2"), "hytera"),
        (android("SM-N9500", "8.0.0"), "samsung-networks"),
        (android("SO-04J", "7.1.1"), "sony"),
        (android("RMX1801", "9"), "realme"),
        (android("M2003J15SC"), "xiaomi"),
        (android("Z60s", "8.1.0"), "lava"),
        (android("Blade10", "14"), "doogee"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 Mobile", "apple"),
        ("ZTEWelink/1.0", "ztewelink"),
        ("SonyEricssonK750i/R1CA Browser/SEMC-Browser/4.2 Profile/MIDP-2.0", "sony"),
    ],
)
def test_a_user_agent_tells_the_maker(text: str, maker: str, verdict: Callable[..., dict[str, Any]]) -> None:
    found = verdict(banners=[{"protocol": "http-user-agent", "text": text}])
    assert (found["maker"], found["maker_status"]) == (maker, "identified")


@pytest.mark.parametrize(
    "text",
    [
        android("BZT9-AN00"),  # the scheme of Huawei and of Honor, and neither name
        android("A510"),
        android("V882"),
        android("S5 Pro", "11") + " HuaweiBrowser/12.0.1 HMSCore",  # a browser runs on anybody's phone
        "Mozilla/5.0 (X11; Linux x86_64) HuaweiBrowser/12.0",
        "ZTEBright/1.0",  # a name that only begins like one
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Microsoft Edge",
    ],
)
def test_what_does_not_tell_is_left_open(text: str, verdict: Callable[..., dict[str, Any]]) -> None:
    assert verdict(banners=[{"protocol": "http-user-agent", "text": text}])["maker"] is None


def test_a_scheme_of_user_agents_means_nothing_in_a_model_column(
    verdict: Callable[..., dict[str, Any]],
) -> None:
    assert verdict(model="Z835")["maker"] is None
    assert verdict(model="Pixel 5")["maker"] is None


def test_the_form_with_system_and_build_is_the_last() -> None:
    agent = UserAgent(model="VOG-L29", system="Android 10", build="HUAWEIVOG-L29")
    assert agent.forms()[-1] == "VOG-L29; Android 10; HUAWEIVOG-L29"
    assert UserAgent().forms() == ()


@pytest.mark.parametrize("name", ["Microsoft-IIS/10.0", "Microsoft FTP Service", "Amazon Linux AMI"])
def test_software_for_anybodys_hardware_is_a_mention(
    name: str, verdict: Callable[..., dict[str, Any]]
) -> None:
    found = verdict(banners=[{"protocol": "http-server", "text": name}])
    assert found["maker"] is None
    assert found["mentions"][0]["why"] == "not evidence: its software and parts are in other makers' devices"


_PART = st.text(st.sampled_from("abzAZ019 ;()/_-.,"), max_size=40)


@settings(max_examples=200, deadline=None)
@given(_PART, _PART)
def test_any_text_is_read(before: str, after: str) -> None:
    agent = read_user_agent(f"{before}Android 10; {after}")
    assert "; " not in agent.model
    assert read_user_agent(before + after) == read_user_agent(before + after)


def test_a_phone_without_a_scheme_says_so(register: Register) -> None:
    text = android("QQ Nonesuch")
    hits = user_agent_index(register).match(read_user_agent(text).forms())
    assert (
        observe_user_agent(text, hits, register).silent == "no scheme of the register is that of QQ Nonesuch"
    )
