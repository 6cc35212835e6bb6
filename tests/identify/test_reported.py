"""What a scanner says of a host: numbers it looked up count as the numbers do, its guesses are hints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.identify import weights
from clearband.register import load_register

Verdict = Callable[..., dict[str, Any]]


def banners(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"protocol": protocol, "text": text} for protocol, text in pairs]


@pytest.mark.parametrize("name", ["HUAWEI Technology Co.,Ltd", "Huawei Technology Co., Ltd.", "2011"])
def test_the_registrant_of_an_engines_number_counts_as_the_number(verdict: Verdict, name: str) -> None:
    found = verdict(banners=banners(("snmp-enterprise", name)))
    assert (found["maker"], found["evidence"][0]["rule_id"]) == ("huawei", "enterprise")


@pytest.mark.parametrize("name", ["Broadcom Limited", "4413", "net-snmp", "8072", "3902x", ""])
def test_registrants_whose_agents_run_on_anybodys_box_say_nothing(verdict: Verdict, name: str) -> None:
    assert verdict(banners=banners(("snmp-enterprise", name)))["maker"] is None


def test_a_number_of_an_engine_is_no_number_of_a_model(verdict: Verdict) -> None:
    found = verdict(banners=banners(("snmp-enterprise", "3902")))
    assert {piece["maker"] for piece in found["evidence"]} == {"zte"}


def test_the_lowest_of_several_numbers_of_one_registrant_is_taken() -> None:
    register = load_register()
    assert register.enterprise_called("ciscoSystems") == "1.3.6.1.4.1.9"
    assert register.enterprise_called("nobody at all") is None


@pytest.mark.parametrize(
    ("registrant", "maker"),
    [("Huawei Technologies", "huawei"), ("zte", "zte"), ("VMware", None), ("QEMU virtual NIC", None),
     ("Espressif", None), ("Realtek Semiconductor", None), ("HiSilicon Technologies", None)],
)  # fmt: skip
def test_the_registrant_of_a_masked_address_counts_as_a_block_found_by_name(
    verdict: Verdict, registrant: str, maker: str | None
) -> None:
    assert verdict(banners=banners(("mac-registrant", registrant)))["maker"] == maker


def test_a_registrant_beside_its_own_address_is_not_counted_twice(verdict: Verdict) -> None:
    alone = verdict(macs=["48:cd:d3:00:00:01"])
    both = verdict(macs=["48:cd:d3:00:00:01"], banners=banners(("mac-registrant", "Huawei Technologies")))
    assert both["confidence"] == alone["confidence"]


GUESS = ("os-guess", "Huawei VRP 8.100 (Huawei S5720 switch)")


def test_guesses_never_decide_alone_however_many(verdict: Verdict) -> None:
    found = verdict(banners=banners(GUESS, ("os-guess", "HUAWEI EchoLife HG520"), ("os-guess", "Huawei AR")))
    assert found["maker"] is None
    assert found["confidence"] < weights.THRESHOLD_NAMED
    assert {piece["weight"] for piece in found["evidence"]} == {float(weights.OS_GUESS)}


def test_guesses_neither_clear_nor_name_a_kind(verdict: Verdict) -> None:
    alone = verdict(macs=["48:cd:d3:00:00:01"])
    contrary = verdict(macs=["48:cd:d3:00:00:01"], banners=banners(("os-guess", "AXIS 207 network camera")))
    assert (contrary["maker"], contrary["category"]) == ("huawei", alone["category"])
    assert not contrary["contradiction"]


def test_a_guess_adds_nothing_to_what_the_firmware_says(verdict: Verdict) -> None:
    text = ("ssh", "SSH-2.0-HUAWEI-1.5")
    assert verdict(banners=banners(text, GUESS))["confidence"] == verdict(banners=banners(text))["confidence"]


@pytest.mark.parametrize(
    "text",
    ["OpenSSH 7.4 (protocol 2.0)", "Apache httpd 2.4.6 (CentOS)\ncpe:/o:centos:centos", "nginx 1.18.0",
     "Microsoft IIS httpd 10.0\ncpe:/o:microsoft:windows", "lighttpd 1.4.35", "Samba smbd 4.6.2",
     "Dropbear sshd 2012.55 (protocol 2.0)\ncpe:/o:linux:linux_kernel", "Boa httpd", "GoAhead WebServer",
     "net-snmp", "SNMPv1 server (public)", "MySQL 5.5.5-10.3.38-MariaDB", "vsftpd 3.0.3", "ISC BIND 9.11.4",
     "Postfix smtpd", "Exim smtpd 4.92", "Golang net/http server", "OpenBSD telnetd",
     "BusyBox telnetd 1.14.0",
     "MiniUPnP 1.9 (Linux 3.10; UPnP 1.1)", "VNC (protocol 3.8)", "Microsoft Terminal Services",
     "mini_httpd 1.19 19dec2003", "micro_httpd", "RomPager 4.07 UPnP/1.0",
     "VMware ESXi 6.7.0\ncpe:/o:vmware:esxi"],
)  # fmt: skip
def test_software_that_a_scanner_recognises_is_nobodys_box(verdict: Verdict, text: str) -> None:
    assert verdict(banners=banners(("nmap-service", text)))["maker"] is None


@pytest.mark.parametrize(
    ("text", "maker"),
    [("Huawei telnetd", "huawei"), ("Hikvision IPCam control port\ncpe:/h:hikvision:ipcam", "hikvision"),
     ("Boa httpd (ZTE ZXV10 W300 ADSL router)", "zte"), ("Dahua DVR rtspd", "dahua"),
     ("Cisco IOS telnetd\ncpe:/o:cisco:ios", "cisco"), ("HP Integrated Lights-Out web interface", "hpe"),
     ("Allegro RomPager 4.07 (ZyXEL ZyWALL 2)", "zyxel"), ("MikroTik RouterOS 6.48", "mikrotik")],
)  # fmt: skip
def test_devices_that_a_scanner_recognises_are_their_makers(verdict: Verdict, text: str, maker: str) -> None:
    assert verdict(banners=banners(("nmap-service", text)))["maker"] == maker
