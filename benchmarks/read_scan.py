"""Make a network scan of a given size in nmap's form, and measure how it is read and screened.

    python benchmarks/read_scan.py --mib 1024            # reading alone
    python benchmarks/read_scan.py --mib 1024 --screen   # and the whole screening
    python benchmarks/read_scan.py --mib 1024 --pinged   # hosts of which only addresses are known
    python benchmarks/read_scan.py --mib 64 --keep scan.xml

Hosts are of ten kinds in turn, each with its own addresses, serial numbers and host name; of those that were
only pinged nothing else is told, so that a file holds more of them. Nothing is random: the same size gives
the same bytes. Printed are hosts, seconds of processor and clock, and peak memory.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import measure

HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sS -sU -sV -O -oX scan.xml 10.0.0.0/8" start="1790000000" version="7.95" \
xmloutputversion="1.05">
"""
END: Final = """<runstats><finished time="1790000060" elapsed="60.00" exit="success"/>\
<hosts up="{hosts}" down="0" total="{hosts}"/></runstats>
</nmaprun>
"""
# Vendor block | vendor | product at SSH | sysDescr | title
KINDS: Final = tuple(
    tuple(part.strip() for part in line.split("|"))
    for line in """
48:CD:D3 | Huawei Technologies | Huawei VRP sshd | Huawei Versatile Routing Platform Software V800R010 | NE40E
74:4A:A4 | zte | Dropbear sshd | ZTE Ethernet Switch ZXR10 5250-52TM-H, Version: V2.05.11B19 | ZXHN
44:19:B6 | Hangzhou Hikvision Digital Technology | OpenSSH | DS-2CD2032-I | index
3C:EF:8C | Zhejiang Dahua Technology | OpenSSH | DH-NVR4108HS-8P-4KS2 | WEB SERVICE
00:1B:54 | Cisco Systems | Cisco SSH | Cisco IOS Software, C2960 Software, Version 12.2(55)SE | Cisco Systems
2C:C8:1B | Routerboard.com | MikroTik RouterOS sshd | RouterOS RB760iGS | RouterOS router configuration page
24:5A:4C | Ubiquiti | OpenSSH | USW-24-PoE, 6.6.61 | UniFi
00:0B:82 | Grandstream Networks | Dropbear sshd | Linux GXP2170 3.4.20 | Grandstream Device Configuration
00:11:32 | Synology | OpenSSH | Linux storage 4.4.302+ | Synology DiskStation
00:80:77 | Brother Industries | OpenSSH | Brother NC-8500h, Firmware Ver.1.05 | Brother HL-L2350DW series
""".strip().splitlines()
)


def pinged(number: int) -> str:
    """The beginning of a host, and all of one that was only pinged."""
    block, vendor, *_ = KINDS[number % len(KINDS)]
    address = ".".join(str(number >> bits & 255) for bits in (24, 16, 8, 0))
    mac = ":".join(f"{number >> bits & 255:02X}" for bits in (16, 8, 0))
    return f"""<host><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="{address}" addrtype="ipv4"/>
<address addr="{block}:{mac}" addrtype="mac" vendor="{vendor}"/>
</host>
"""


def host(number: int) -> str:
    """One host with an SSH, a web and an SNMP service, a certificate and a guess at its system."""
    _, _, ssh, descr, title = KINDS[number % len(KINDS)]
    begin = pinged(number).removesuffix("</host>\n")
    return f"""{begin}<hostnames><hostname name="h{number}.example.net" type="PTR"/></hostnames>
<ports><extraports state="closed" count="996"><extrareasons reason="resets" count="996"/></extraports>
<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/>\
<service name="ssh" product="{ssh}" version="{number % 9}.{number % 7}" extrainfo="protocol 2.0" \
method="probed" conf="10"><cpe>cpe:/o:linux:linux_kernel</cpe></service><script id="ssh-hostkey" output="\
&#xa;  256 {number:032x} (ED25519)"><table><elem key="type">ed25519</elem>\
<elem key="key">{number:064x}</elem></table></script></port>
<port protocol="tcp" portid="443"><state state="open" reason="syn-ack" reason_ttl="64"/>\
<service name="https" method="table" conf="3"/><script id="http-title" output="{title}">\
<elem key="title">{title}</elem></script><script id="ssl-cert" output="Subject: commonName=h{number}">\
<table key="subject"><elem key="commonName">h{number}.example.net</elem></table></script></port>
<port protocol="udp" portid="161"><state state="open" reason="udp-response" reason_ttl="64"/>\
<service name="snmp" method="probed" conf="10"/><script id="snmp-sysdescr" output="{descr} SN{number:08d}\
&#xa;  System uptime: 1d02h13m (9999 timeticks)"/></port>
</ports>
<os><osmatch name="Linux 3.10 - 4.11" accuracy="95" line="1"><osclass type="general purpose" vendor="Linux" \
osfamily="Linux" accuracy="95"/></osmatch></os>
<times srtt="512" rttvar="120" to="100000"/></host>
"""


def hosts(size: int, make: Callable[[int], str]) -> Iterator[str]:
    """Hosts until ``size`` bytes are full."""
    number, made = 10 << 24, 0
    while made < size:
        text = make(number)
        yield text
        number += 1
        made += len(text)


def write(path: Path, size: int, make: Callable[[int], str]) -> int:
    """Write a scan of about ``size`` bytes.

    Returns:
        Its hosts.
    """
    count = 0
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for text in hosts(size, make):
            out.write(text)
            count += 1
        out.write(END.format(hosts=count))
    return count


def main() -> None:
    """Make, read, measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mib", type=int, default=1024, help="size of the scan")
    parser.add_argument("--screen", action="store_true", help="also screen it")
    parser.add_argument("--pinged", action="store_true", help="hosts without ports")
    parser.add_argument("--keep", type=Path, help="write the scan there, and leave it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "scan.xml"
        count = write(path, asked.mib << 20, pinged if asked.pinged else host)
        code = "import sys; from clearband.sources import read_inventory; read_inventory([sys.argv[1]])"
        commands: dict[str, list[str]] = {"read": [measure.PYTHON, "-c", code, str(path)]}
        if asked.screen:
            out = str(Path(folder) / "out")
            commands["screen"] = [measure.CLEARBAND, "screen", str(path), "--on", "2026-11-22", "--out", out]
        rows: list[tuple[str, ...]] = [("step", "hosts", "CPU s", "wall s", "peak GiB", "status")]
        for name, command in commands.items():
            cost = measure.run(command)
            peak = f"{cost.peak_rss / (1 << 30):.2f}"
            rows.append((name, str(count), f"{cost.cpu:.1f}", f"{cost.wall:.1f}", peak, str(cost.status)))
        print(measure.table(rows))


if __name__ == "__main__":
    main()
