"""Network scans: hosts become records, what they said becomes signals, and nothing is lost unsaid."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from clearband.errors import InputError
from clearband.sources import Inventory, ReadOptions
from clearband.sources.names.content import read_content
from clearband.sources.names.options import NameOptions
from tests.sources.conftest import Read
from tests.sources.scans import DONE, elem, host, port, scan, script


def one(inventory: Inventory) -> dict[str, Any]:
    (row,) = inventory.equipment.to_dicts()
    return row


def texts(inventory: Inventory) -> list[tuple[str, str]]:
    return [(banner["protocol"], banner["text"]) for banner in one(inventory)["banners"] or ()]


def said(read: Read, *inside: str) -> list[tuple[str, str]]:
    return texts(read(scan(host(*inside)), "scan.xml"))


def test_a_host_is_named_by_its_address_and_told_by_its_line(read: Read) -> None:
    names = '<hostnames><hostname name="core-1.example.net" type="PTR"/></hostnames>'
    mac = '<address addr="48:CD:D3:10:20:30" addrtype="mac" vendor="Huawei Technologies"/>'
    inventory = read(scan(host(mac, names, port('<service name="http" method="table"/>'))), "scan.xml")
    row = one(inventory)
    assert (row["record_id"], row["source"]) == ("192.0.2.1", "scan.xml:4")
    assert (row["macs"], row["sys_name"]) == (["48:cd:d3:10:20:30"], "core-1.example.net")
    assert row["x_open_ports"] == "80/tcp http"
    assert row["banners"] is None, "the vendor beside an address is no more than the address"
    assert inventory.tables[0].format == "nmap"
    assert inventory.warnings == ()


def test_a_host_without_ipv4_is_named_by_ipv6_then_by_its_hardware_address(read: Read) -> None:
    only6 = (
        '<host><status state="up" reason="nd-response"/><address addr="2001:db8::1" addrtype="ipv6"/></host>'
    )
    only_mac = '<host><status state="up"/><address addr="48:CD:D3:10:20:30" addrtype="mac"/></host>'
    both = host('<address addr="2001:db8::2" addrtype="ipv6"/>')
    equipment = read(scan(only6, only_mac, both), "scan.xml").equipment
    assert equipment["record_id"].to_list() == ["2001:db8::1", "48:cd:d3:10:20:30", "192.0.2.1"]
    assert equipment["x_ipv6"].to_list() == [None, None, "2001:db8::2"]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<!DOCTYPE nmaprun>",
        '<!DOCTYPE nmaprun PUBLIC "-//IDN nmap.org//DTD Nmap XML 1.04//EN" "https://svn.nmap.org/nmap/docs/nmap.dtd">',
        '<!DOCTYPE nmaprun SYSTEM "nmap.dtd">\n<!-- a <nmaprun> in a comment -->',
        '<?xml-stylesheet href="file:///usr/share/nmap/nmap.xsl" type="text/xsl"?>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_scan_is_known_by_its_first_element_in_any_encoding(read: Read, before: str, encoding: str) -> None:
    content = scan(host(), before=before).encode(encoding)
    inventory = read(content, "export.dat")
    assert inventory.tables[0].format == "nmap"
    assert inventory.equipment["record_id"].to_list() == ["192.0.2.1"]


@pytest.mark.parametrize(
    "content", ["<inventory><nmaprun/></inventory>", "<!-- <nmaprun> --><x/>", "<nmaprunner/>"]
)
def test_other_xml_is_no_scan(read: Read, content: str) -> None:
    with pytest.raises(InputError, match="an XML document"):
        read(content, "scan.xml")


def test_the_names_of_formats_warn_when_they_promise_another(read: Read) -> None:
    assert "it is read as nmap" in read(scan(host()), "scan.csv").warnings[0]
    with pytest.raises(InputError, match="compressed with gzip; unpack it first"):
        read(gzip.compress(scan(host()).encode()), "scan.xml.gz")


@pytest.mark.parametrize(
    ("service", "name", "protocol"),
    [("telnet", "banner", "telnet"), ("rtsp", "banner", "rtsp-server"), ("sip", "banner", "sip-server"),
     ("jetdirect", "banner", "pjl"), ("dahua-dvr", "banner", "dahua-dvr"), ("", "banner", "banner")],
)  # fmt: skip
def test_a_greeting_is_of_the_protocol_of_its_service(
    read: Read, service: str, name: str, protocol: str
) -> None:
    inside = port(f'<service name="{service}" method="table"/>', script(name, "Welcome"))
    assert said(read, inside) == [(protocol, "Welcome")]


def test_what_a_service_was_recognised_as_is_one_text_with_its_catalogue_names(read: Read) -> None:
    inside = port(
        '<service name="http" product="Boa HTTPd" version="0.94" method="probed"'
        ' extrainfo="ZTE ZXV10 W300; device name: HUAWEI">'
        "<cpe>cpe:/a:boa:boa:0.94</cpe><cpe>cpe:/h:zte:zxv10_w300</cpe></service>"
    )
    assert said(read, inside) == [("nmap-service", "Boa HTTPd 0.94 (ZTE ZXV10 W300)\ncpe:/h:zte:zxv10_w300")]


def test_a_service_named_after_its_port_says_nothing(read: Read) -> None:
    assert said(read, port('<service name="huawei-thing" product="Huawei" method="table"/>')) == []


def test_closed_ports_say_nothing(read: Read) -> None:
    assert said(read, port(script("banner", "Huawei"), state="closed")) == []


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (script("http-title", "Web Client&#xa;Requested resource was http://192.0.2.1/x"),
         [("http-title", "Web Client")]),
        (script("http-title", "Did not follow redirect to https://huawei.example/"), []),
        (script("http-title", "x", elem("title", "ZXHN F660") + elem("redirect_url", "http://x/")),
         [("http-title", "ZXHN F660")]),
        (script("http-server-header", "App-webs/", "<elem>App-webs/</elem>"), [("http-server", "App-webs/")]),
        (script("http-headers", "&#xa;  Server: DNVRS-Webs&#xa;  Set-Cookie: SID=1; path=/&#xa;"
                "  X-By: y&#xa;  WWW-Authenticate: Basic realm=&quot;DVR&quot;&#xa;  (Request: HEAD)"),
         [("http-server", "DNVRS-Webs"), ("http-cookie", "SID=1; path=/"),
          ("http-www-authenticate", 'Basic realm="DVR"')]),
        (script("http-auth", "&#xa;HTTP/1.1 401 Unauthorized&#xd;&#xa;  Negotiate&#xa;"
                "  Digest qop=auth realm=EchoLife Home Gateway nonce=1f&#xa;  Basic realm=hikvision"),
         [("http-www-authenticate", 'Digest realm="EchoLife Home Gateway"'),
          ("http-www-authenticate", 'Basic realm="hikvision"')]),
        (script("ssl-cert", "x", f'<table key="subject">{elem("commonName", "a")}'
                f'{elem("organizationName", "Huawei")}</table><table key="issuer">'
                f'{elem("commonName", "b")}</table>'),
         [("x509-subject", "CN=a,O=Huawei"), ("x509-issuer", "CN=b")]),
        (script("ssl-cert", "Subject: commonName=a/organizationName=Dahua, Inc./countryName=CN&#xa;"
                "Issuer: commonName=a/organizationName=Dahua, Inc./countryName=CN&#xa;Public Key: rsa"),
         [("x509-subject", "CN=a,O=Dahua, Inc.,C=CN")]),
        (script("ssl-cert", "CN=hikvision.com,O=HIK"), [("x509-subject", "CN=hikvision.com,O=HIK")]),
        (script("upnp-info", "&#xa;192.0.2.1&#xa;  Server: Linux UPnP/1.0&#xa;  Name: HUAWEI&#xa;"
                "  Manufacturer: ZTE&#xa;  Model Name: H108N&#xa;  Name: x&#xa;  Manufacturer: Other"),
         [("upnp", "ZTE H108N"), ("upnp-server", "Linux UPnP/1.0")]),
        (script("hnap-info", "x", elem("Vendor", "D-Link") + elem("Model", "DIR-505")),
         [("hnap", "D-Link DIR-505")]),
        (script("fingerprint-strings", "x", elem("NULL", "Welcome to VRP") + elem("GetRequest, HTTPOptions",
                "HTTP/1.0 200 OK&#xa;Server: uc-httpd 1.0.0&#xa;&#xa;&lt;p&gt;Server: Huawei")),
         [("banner", "Welcome to VRP"), ("http-server", "uc-httpd 1.0.0")]),
    ],
)  # fmt: skip
def test_results_of_scripts_are_read_as_what_they_are(
    read: Read, result: str, expected: list[tuple[str, str]]
) -> None:
    assert said(read, port(result)) == expected


def test_a_description_is_read_without_the_uptime_that_nmap_adds(read: Read) -> None:
    result = script("snmp-sysdescr", "ZXR10 5250&#xa;  System uptime: 1d02h (999 timeticks)")
    assert one(read(scan(host(port(result, protocol="udp"))), "s.xml"))["sys_descr"] == "ZXR10 5250"


def test_an_snmp_engine_tells_its_registrant_and_hardware_address(read: Read) -> None:
    fields = (
        elem("enterprise", "ciscoSystems")
        + elem("engineIDFormat", "mac")
        + elem("engineIDData", "00:d4:8c:00:11:22")
    )
    inventory = read(scan(host(f"<hostscript>{script('snmp-info', 'x', fields)}</hostscript>")), "s.xml")
    assert texts(inventory) == [("snmp-enterprise", "ciscoSystems")]
    assert one(inventory)["macs"] == ["00:d4:8c:00:11:22"]


def test_the_registrant_is_kept_where_the_address_is_masked(read: Read) -> None:
    inventory = read(
        scan(host('<address addr="48:CD:D3:XX:XX:XX" addrtype="mac" vendor="Huawei Technologies"/>')), "s.xml"
    )
    assert texts(inventory) == [("mac-registrant", "Huawei Technologies")]
    assert one(inventory)["invalid"] == [
        {"column": "address", "value": "48:CD:D3:XX:XX:XX", "problem": "not a MAC address"}
    ]


def test_the_best_guesses_at_the_system_are_kept_as_guesses(read: Read) -> None:
    matches = "".join(
        f'<osmatch name="{name}" accuracy="{accuracy}"/>'
        for name, accuracy in (("Huawei VRP 8", 96), ("ZTE ZXR10", 96), ("Linux 4.4", 90))
    )
    assert said(read, f"<os>{matches}</os>") == [("os-guess", "Huawei VRP 8"), ("os-guess", "ZTE ZXR10")]


def test_bytes_that_nmap_escapes_are_read_as_the_text_they_are(read: Read) -> None:
    greeting = r"\xFF\xFD\x01\xFF\xFB\x03\x0D\x0A\xE5\x8D\x8E\xE4\xB8\xBA login:\xF0"
    assert said(read, port(script("banner", greeting))) == [("banner", "华为 login:")]


def test_hosts_that_are_down_or_did_not_answer_are_counted(read: Read) -> None:
    down = '<status state="down" reason="no-response"/>'
    assumed = '<status state="up" reason="user-set"/>'
    inventory = read(
        scan(
            host(address="192.0.2.1", status=down),
            host(port(state="filtered"), address="192.0.2.2", status=assumed),
            host(port(state="closed"), address="192.0.2.3", status=assumed),
            host(address="192.0.2.4"),
            '<host><status state="up"/></host>',
            end='<runstats><finished exit="success"/><hosts up="3" down="7" total="10"/></runstats>',
        ),
        "scan.xml",
    )
    assert inventory.equipment["record_id"].to_list() == ["192.0.2.3", "192.0.2.4"], (
        "who answered is equipment"
    )
    (told,) = inventory.warnings
    assert told.endswith("9 addresses passed over: 7 down, 1 without any answer, 1 without an address")


def test_scripts_that_are_not_read_are_named(read: Read) -> None:
    inventory = read(scan(host(port(script("vulners", "Huawei HG532"), script("ssh-hostkey", "x")))), "s.xml")
    assert texts(inventory) == []
    assert "vulners 1, ssh-hostkey 1" in inventory.warnings[0]


def test_a_scan_that_breaks_off_is_read_with_a_warning(read: Read) -> None:
    whole = scan(host(address="192.0.2.1"), host(port(), address="192.0.2.2"))
    for end in range(whole.index("192.0.2.2") + 12, whole.index("</nmaprun>")):
        inventory = read(whole[:end], "scan.xml")
        ids = inventory.equipment["record_id"].to_list()
        assert ids in (["192.0.2.1"], ["192.0.2.1", "192.0.2.2"])
        assert "breaks off in line" in inventory.warnings[0]


def test_a_scan_that_does_not_say_that_it_ended_is_read_with_a_warning(read: Read) -> None:
    assert "does not say that it came to its end" in read(scan(host(), end=""), "s.xml").warnings[0]
    failed = DONE.replace('exit="success"', 'exit="error" errormsg="no route"')
    assert (
        "ended with an error, hosts may be missing: no route"
        in read(scan(host(), end=failed), "s.xml").warnings[0]
    )


def test_what_is_more_than_is_read_of_a_host_is_said(read: Read) -> None:
    ports = "".join(port(number=number) for number in range(1, 1_031))
    inventory = read(
        scan(host(ports, port(script("http-title", "x" * 90)))),
        "s.xml",
        options=ReadOptions(max_cell_characters=50),
    )
    assert {entry["column"] for entry in one(inventory)["invalid"]} >= {"ports"}
    assert any("more ports than are read" in told for told in inventory.warnings)


def test_hints_of_hosts_and_scripts_of_the_scan_are_no_hosts(read: Read) -> None:
    hint = '<hosthint><status state="up"/><address addr="192.0.2.9" addrtype="ipv4"/></hosthint>'
    before = f"<prescript>{script('banner', 'Huawei')}</prescript>"
    inventory = read(scan(hint, before, host()), "s.xml")
    assert inventory.equipment["record_id"].to_list() == ["192.0.2.1"]
    assert texts(inventory) == []


def test_a_scan_is_no_list_of_names(tmp_path: Path) -> None:
    path = tmp_path / "scan.xml"
    path.write_text(scan(host()))
    with pytest.raises(InputError, match="not a table of names but nmap"):
        read_content(str(path), NameOptions())


@pytest.mark.parametrize(
    ("types", "category"),
    [(("router",), "router"), (("webcam", "webcam"), "IP camera"), (("WAP",), "Wi-Fi access point"),
     (("printer",), None), (("general purpose",), None), (("router", "printer"), None), ((), None)],
)  # fmt: skip
def test_the_type_of_a_device_is_its_kind_where_nothing_is_cleared_by_it(
    read: Read, types: tuple[str, ...], category: str | None
) -> None:
    ports = [port(f'<service name="x" product="y" devicetype="{kind}" method="probed"/>') for kind in types]
    assert one(read(scan(host(*ports)), "s.xml"))["category"] == category


def test_the_guess_at_a_system_tells_no_kind(read: Read) -> None:
    guess = '<os><osmatch name="x" accuracy="99"><osclass type="router" vendor="y"/></osmatch></os>'
    assert one(read(scan(host(guess)), "s.xml"))["category"] is None
