"""Make the example inventories: two invented owners, real products, and the mess of real spreadsheets.

Usage: python scripts/make_examples.py [--check]

Writes ``examples/rural-carrier.csv`` and ``examples/agency.xlsx``; the same bytes each time. With ``--check``
nothing is written, and the exit status is 1 when a committed file differs. Sites, serial numbers and the
last six digits of MAC addresses are invented; the first six are the makers' own (IEEE listings).
"""

from __future__ import annotations

import csv
import io
import random
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter

FOLDER: Final = Path(__file__).resolve().parent.parent / "examples"

CARRIER_HEADER: Final = (
    "Asset #", "Type", "Mfr", "Equip. Model", "MAC Addr", "Serial No.", "Qty", "Site", "In Service", "Notes",
)  # fmt: skip

# Type | maker | model | MAC | quantity | site | in service | notes. A MAC is six digits of a maker and the
# notation of the whole (: - . or none); with a leading ! the cell is taken as it stands. A line "#" is a
# blank row.
CARRIER: Final = """
RRU | Huawei | RRU3959 | 48CDD3: | 3 | Dry Fork T1 | 2014-06-11 | band 12/17
RRU | HUAWEI TECH CO LTD | RRU5901 | | 3 | Dry Fork T2 | 2016-09-02 |
BBU | Huawei | BBU3900 | 04885F: | 1 | Dry Fork T1 | 2014-06-11 |
BBU | Hauwei | BBU 5900 | 1489CB- | 1 | Bitter Ridge | 03/18/2018 |
AAU | Huawei Technologies Co., Ltd. | AAU5613 | | 3 | Bitter Ridge | Q2 2018 | pole mount
Router | Huawei | NE40E-X8A | E884C6. | 1 | Cottonwood POP | 2015 | core A
Router | huawei | NE40E-X3A | 94E7EA. | 1 | Cottonwood POP | 2015 | core B
OLT | 华为 | MA5800-X7 | E02481: | 1 | Hollow Creek CO | 2019-02-20 |
OLT | Huawai | SmartAX MA5608T | 48CDD3 | 2 | Hollow Creek CO | 2017-11-05 |
ONT | Huawei | EchoLife HG8245H | | 212 | subscriber | various | estimate from billing
ONT | Huawei | EG8145V5 | | 96 pcs | subscriber | various |
Microwave | Huawei | OptiX RTN 950A | 04885F- | 2 | Antelope Butte | Aug-15 | hop to Dry Fork
Switch | Huawei | S5720-28X-LI-AC | 1489CB. | 1 | Antelope Butte | 2016-04-30 |
DWDM | Huawei | OptiX OSN 1800 | | 2 | Cottonwood POP | 2016 |
OLT | ZTE | ZXA10 C320 | 443262: | 1 | Coyote Wash | 2016-05-17 |
OLT | ZTE Corp. | ZXA10 C300 | E04102- | 1 | Coyote Wash | 05/17/2016 |
ONT | ZTE | ZXHN F660 | 146B9A: | 140 | subscriber | various |
CPE | zte corporation | ZXHN H298A | 28011C: | 38 | subscriber | various |
RRU | 中兴通讯 | ZXSDR R8862A | | 3 | Coyote Wash | 2015-08-25 |
BBU | Z.T.E. | ZXSDR B8200 | | 1 | Coyote Wash | 2015-08-25 |
Switch | ZTE | ZXR10 2928E | 247E51. | 1 | Coyote Wash | 2015-08-25 |
#
RRU | Nokia | AirScale AHLOA | 1455B9: | 3 | Hollow Creek T1 | 2021-10-06 | replaces Huawei RRU3959
BBU | Nokia | AirScale ASIA | 980A4B: | 1 | Hollow Creek T1 | 2021-10-06 |
Router | Nokia | 7750 SR-1 | C04121. | 1 | Cottonwood POP | 2022-03-14 | swap for NE40E, same shelf
ONT | Nokia | G-240W-C | D8EFCD | 25 | subscriber | 2022 |
RRU | Ericsson | Radio 4449 B5 B12 | 7C726E: | 6 | Bitter Ridge | 2022-07-19 |
BBU | ERICSSON AB | Baseband 6630 | 98A404- | 1 | Bitter Ridge | 2022-07-19 |
Microwave | Ericson | MINI-LINK 6651 | 1C90BE: | 2 | Sage Flat | 2020-05-27 |
Router | Cisco | ASR-920-24SZ-M | 00EEAB. | 2 | Hollow Creek CO | 2018-01-09 |
Router | Cisco Systems, Inc. | NCS-5501-SE | 70DF2F. | 1 | Cottonwood POP | 2020-12-01 |
Switch | Csico | WS-C2960X-24TS-L | F8A5C5. | 4 | Hollow Creek CO | 2016-02-22 |
Router | Juniper | MX204 | 209339: | 1 | Cottonwood POP | 2021-06-15 |
Switch | Juniper Networks | EX2300-24T | 8828FB: | x3 | NOC | 2019-09-09 |
OLT | Calix | E7-2 | 1074C5: | 2 | Sage Flat | 2017-07-07 |
ONT | Calix | 716GE-I | 88DA36 | 180 | subscriber | various |
CPE | Calix | GigaSpire BLAST u6 | 44657F | 64 | subscriber | 2023 |
OLT | Adtran | Total Access 5000 | 00A0C8: | 1 | Bitter Ridge | 2012-10-30 | voice ports only
CPE | ADTRAN | NetVanta 3448 | 002445: | 9 | subscriber | 2011 |
Wireless | Ubiquiti | AF-5XHD | 9C05D6 | 4 | Sage Flat | 2019-04-12 |
Wireless | UBNT | Rocket M5 | DC9FDB: | 11 | Antelope Butte | 2013 |
Router | MikroTik | CCR1036-8G-2S+ | 2CC81B: | 2 | Sage Flat | 2018-08-08 |
Switch | Mikrotik | CRS326-24G-2S+RM | 18FD74: | 3 | Sage Flat | 2020-01-20 |
Wireless | Cambium Networks | ePMP 1000 | B4A25C- | 14 | Antelope Butte | 2016-06-06 |
Microwave | Ceragon | FibeAir IP-20C | 000A25: | 2 | Bitter Ridge | 2019-11-18 | path was ZTE before
Microwave | Aviat Networks | CTR 8540 | | 2 | Hollow Creek CO | 2017-03-03 |
Switch | Ciena | 3903 | 94434D: | 5 | ring west | 2018-10-10 |
Firewall | Fortinet | FortiGate-60F | E81CBA: | 2 | NOC | 2021-02-02 |
Firewall | Palo Alto Networks | PA-220 | E8986D: | 1 | NOC | 2020-02-20 |
#
Camera | Hikvision | DS-2CD2143G2-I | 08CC81: | 4 | Hollow Creek CO | 2021-05-11 | yard
Camera | Hickvision | DS-2CD2385G1-I | A4A459: | 2 | Cottonwood POP | 2020-08-13 |
NVR | 海康威视 | DS-7616NI-K2 | 548C81- | 1 | Hollow Creek CO | 2021-05-11 |
Camera | Dahua | IPC-HFW2431S-S-S2 | F4B1C2: | 3 | Sage Flat | 2020-10-01 | gate + shelter
NVR | Dahua Tech | NVR4216-16P-4KS2 | FC5F49: | 1 | Sage Flat | 2020-10-01 |
Camera | Lorex | LNB9232S | 001F54: | 2 | Antelope Butte | 2019 | bought retail
Camera | EZVIZ | C3W | AC1C26: | 1 | warehouse | 2020 |
Camera | Honeywell | HC30W45R3 | | 2 | NOC | 2022-01-17 |
Camera | Axis | P3245-LVE | ACCC8E: | 4 | NOC | 2021-09-21 |
Camera | Hanwha Techwin | XNV-8080R | E43022: | 2 | Cottonwood POP | 2021-09-21 | NOT Hikvision, label checked
Radio | Hytera | PD782i | | 12 pcs | trucks | 2017 | UHF
Repeater | Hytera | RD982 | 9C066E: | 1 | Antelope Butte | 2017 |
Radio | Motorola Solutions | XPR 7550e | | 8 ea | trucks | 2021 |
#
Camera | N/A | DS-2CD2043G2-I | | 1 | Dry Fork T1 | 2021 | box gone
Router | | NE40E-M2K | | 1 | Bitter Ridge | | label unreadable
ONT | unknown | | 48CDD3: | 6 | return shelf | | customer returns
CPE | TBD | | 247E51 | 1 | return shelf | |
Switch | OEM | | !44-32-62-07-1C | 1 | Coyote Wash | | MAC as read from label
Camera | - | IPC-HDBW2431E-S | | 1 | Sage Flat | |
Modem | Generic | | 7CE712: | 2 | Sage Flat SCADA | 2019 | LTE modem in pump house
Switch | see notes | | | 1 | Dry Fork T2 | | looks like the Huawei one in the CO but no label
CPE | Unknown | | | 14 | return shelf | |
Server | | | !00:50:56:9A:11:7E | 1 | NOC | | virtual, EMS host
Laptop dock | | | !02:1A:7D:44:90:0B | 1 | NOC | |
Gateway | n/a | | !00:00:00:00:00:00 | 1 | Coyote Wash | |
Test set | ??? | | | | lab | | on loan
#
Switch | H3C | S5120-28P-SI | | 2 | Dry Fork T2 | 2012 | came with the Huawei turnkey
Switch | 3Com | 4500 26-Port | | 1 | warehouse | 2008 | spare
OLT | FiberHome | AN5516-01 | 48F97C: | 1 | trial shelf | 2016 | pilot, powered down
Camera | Uniview | IPC322LR3-VSPF28-D | 48EA63: | 2 | warehouse | 2022 |
eNodeB | Baicells | Nova 430 | | 2 | Sage Flat | 2019-06-18 | CBRS
Modem | Aztech | DSL305EU | | 5 | return shelf | 2010 |
Router | Cradlepoint | IBR900 | 003044: | 3 | trucks | 2020 |
Router | Teltonika | RUT955 | | 2 | pump house | 2021 |
Switch | TP-Link | TL-SG108E | 50C7BF: | 4 | NOC desks | 2020 |
Antenna | CommScope | HBXX-6517DS-A2M | | 9 | Dry Fork T1 | 2014-06-11 | kept after Huawei removal
Power | Eltek | Flatpack2 48/2000 HE | | 4 | Dry Fork T1 | 2014 | =HYPERLINK("#Plant","power plant")
UPS | APC | SMT1500RM2U | 00C0B7: | 2 | NOC | 2019 | -48V side feeds ZTE shelf
Phone | Cisco | CP-8841 | !00A38E-1B2C3D; 00A38E-1B2C3E | ~20 | offices | 2018 |
RRU | Huawei/Ericsson | | | two | Bitter Ridge | | mixed pallet, count it
CPE | ZTE or Nokia? | | C02E1D: | 1 | return shelf | |
Radio | Motorola | APX 6000 | | 6 | trucks | 2016 |
"""

AGENCY_NETWORK: Final = """
SW-0101 | Access switch | Cisco | C9300-48P | 00A38E. | 6 | Annex B | @2021-03-15 | closets 1-6
SW-0102 | Access switch | Aruba | JL256A 2930F-48G-PoE+ | 001A1E: | 4 | Annex B | @2019-08-01 |
SW-0103 | Access switch | Huawei | S5731-H48P4XC | E884C6: | 1 | Motor pool | @2020-02-10 | by contractor
RT-0201 | Edge router | Cisco | ISR4331/K9 | 00049A. | 2 | Main hall | @2018-06-20 |
RT-0202 | Edge router | ZTE USA | MF279 | 28011C: | 1 | Motor pool | 6/1/19 | LTE backup
RT-0203 | Edge router | Cradlepoint | IBR1700 | 00E01C: | 12 | vehicles | @2021-11-02 |
FW-0301 | Firewall | Fortinet | FG-100F | 94FF3C: | 2 | Main hall | @2020-10-30 | HA pair
FW-0302 | Firewall | Juniper | SRX340 | 54E032: | 1 | Annex B | @2017-04-11 |
AP-0401 | Access point | Ruckus | R550 | 54EC2F: | 38 | all floors | @2021-07-07 |
AP-0402 | Access point | TP-LINK | EAP245 | 50C7BF: | 3 | gatehouse | spring 2020 | petty cash
AP-0403 | Access point | Ubiquiti Inc | UAP-AC-M | CC35D9: | 2 | yard | @2018-09-18 |
PH-0501 | Conference phone | Huawei | eSpace 7950 | | 4 | Main hall | @2016-05-05 | in storage
VC-0502 | Video conference | Polycom | Group 500 | | 3 | Main hall | @2016-05-05 |
SV-0601 | Server | Dell | PowerEdge R640 | 001422: | 4 | Server room | @2019-01-31 |
SV-0602 | Server | Lenovo | ThinkSystem SR650 | | 2 | Server room | @2019-01-31 | Hikvision viewer software
ON-0701 | ONT | | HG8245Q2 | | 1 | gatehouse | | installed by provider
MX-0801 | Media converter | unknown | | | 9 | various | |
"""

AGENCY_CCTV: Final = """
1 | Hikvision DS-2CD2347G2-LU | Main hall entrance | @2020-07-02 | yes | 64DB8B:
2 | Hikvision / DS-2DE4225IW-DE | Yard PTZ | 02.07.2020 | yes | DC07F8:
3 | Dahua IPC-HDW5442TM-ASE | Motor pool | @2021-03-09 | yes | 3CE36B:
4 | Axis P1448-LE | Loading dock | @2018-11-27 | yes | 00408C:
5 | Axis Q6075-E | Roof PTZ | @2019-12-12 | yes | B8A44F:
6 | Hanwha QNO-7082R | Annex B north | @2019-12-12 | yes | 8C1D55:
7 | Bosch NBE-3502-AL | Annex B south | @2020 | no | 000463:
8 | LTS CMIP3C42W-28M | Gatehouse | 2019? | yes | B4A382:
9 | Amcrest IP8M-2496EB | Visitor lot | 2021 | yes | 9C8ECD:
10 | ADI / W Box 0E-21BF40 | Basement | unknown | yes |
11 | bullet camera, white, no label | Basement | | yes | A8CA87:
12 | dome camera, no label | Stair 3 | | no |
13 | NVR Hikvision DS-9632NI-I8 | Security office | @2020-07-02 | yes | 4CBD8F:
14 | NVR Milestone Husky IVO 350T | Security office | @2022-08-30 | yes |
"""

AGENCY_RADIOS: Final = """
Portable | Motorola Solutions | APX 8000 | 45 | $5,210.00 | 2019
Portable | L3Harris | XG-75P | 12 | $3,980.00 | 2018
Portable | Hytera | PD602i | 20 | $310.00 | 2016
Portable | HYT | TC-610 | 6 | | 2011
Mobile | Kenwood | NX-5700 | 18 | $1,450.00 | 2020
Mobile | Tait | TM9400 | 7 | $1,890.00 | 2019
Repeater | Hytera | RD982-U2 | 2 | $1,720.00 | 2016
Base station | Motorola | GTR 8000 | 2 | $14,300.00 | 2017
Portable | (various) | | 9 | | 
"""  # noqa: W291

AGENCY_SURPLUS: Final = """
S-1 | Huawei | AR1220E | 2
S-2 | ZTE | ZXV10 W300 | 5
S-3 | Cisco | AIR-CAP2602I-A-K9 | 11
"""


def _rows(table: str) -> list[list[str]]:
    return [
        [] if line == "#" else [cell.strip() for cell in line.split("|")]
        for line in table.strip().splitlines()
    ]


def _mac(cell: str, draw: random.Random) -> str:
    """An address of the maker with an invented tail, in the notation that the last sign asks for."""
    if not cell or cell.startswith("!"):
        return cell.removeprefix("!")
    sign = cell[6:]
    digits = cell[:6] + f"{draw.randrange(1, 1 << 24):06X}"
    if sign == ":":
        return ":".join(digits[i : i + 2] for i in range(0, 12, 2)).lower()
    if sign == "-":
        return "-".join(digits[i : i + 2] for i in range(0, 12, 2))
    if sign == ".":
        return ".".join(digits[i : i + 4] for i in range(0, 12, 4)).lower()
    return digits


def _serial(draw: random.Random) -> str:
    kind = draw.randrange(4)
    if kind == 0:
        return ""
    if kind == 1:
        return f"{draw.randrange(10**7):010d}"  # leading zeros, which a reader must keep
    if kind == 2:
        return f"210235{draw.randrange(10**14):014d}"  # more digits than a float holds
    return "".join(draw.choice("ABCDEFGHJKLMNPRSTUVWXYZ23456789") for _ in range(11))


def carrier_csv() -> bytes:
    """The inventory of a rural carrier, as a spreadsheet program saves it: BOM, CRLF, a total at the end."""
    draw = random.Random("rural carrier")  # noqa: S311  # invented digits, no secret
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(CARRIER_HEADER)
    number = 1000
    for row in _rows(CARRIER):
        number += 1
        if not row:
            sheet.writerow([""] * len(CARRIER_HEADER))
            continue
        kind, maker, model, mac, quantity, site, since, notes = row
        asset = "" if number % 29 == 0 else f"{number}"
        sheet.writerow(
            [asset, kind, maker, model, _mac(mac, draw), _serial(draw), quantity, site, since, notes]
        )
    sheet.writerow(["TOTAL", "", "", "", "", "", f"=SUM(G2:G{number - 999})", "", "", ""])
    return text.getvalue().encode("utf-8-sig")


class _Book:
    """A workbook under construction, with the few formats it uses."""

    def __init__(self) -> None:
        self.content = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.book.set_properties(
            {"title": "Equipment register", "created": datetime(2026, 1, 5)}  # noqa: DTZ001  # naive by format
        )
        self.title = self.book.add_format({"bold": True, "font_size": 14, "align": "center"})
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})

    def write(self, sheet: xlsxwriter.worksheet.Worksheet, at: int, row: list[str | int]) -> None:
        """Write one row; a text ``@YYYY-MM-DD`` becomes a date cell, others stay as typed."""
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(at, column, cell)
            elif cell.startswith("@") and len(cell) == 11:
                sheet.write_datetime(at, column, date.fromisoformat(cell[1:]), self.day)
            elif cell:
                sheet.write_string(at, column, cell.removeprefix("@"))

    def header(self, sheet: xlsxwriter.worksheet.Worksheet, at: int, *names: str) -> None:
        """Write the names of the columns."""
        for column, name in enumerate(names):
            sheet.write_string(at, column, name, self.head)

    def total(
        self, sheet: xlsxwriter.worksheet.Worksheet, at: int, column: int, rows: list[list[str]]
    ) -> None:
        """Write the sum of one column of the rows above, which begin in the row ``at - len(rows)``."""
        letter = "ABCDEFGHI"[column]
        total = sum(int(row[column]) for row in rows)
        first = at - len(rows) + 1
        sheet.write_formula(at, column, f"=SUM({letter}{first}:{letter}{at})", None, total)

    def close(self) -> bytes:
        """The bytes of the finished file."""
        self.book.close()
        return self.content.getvalue()


def _number(cell: str) -> str | int:
    return int(cell) if cell.isdigit() else cell


def agency_xlsx() -> bytes:
    """The register of an agency: a cover, three sheets that share no layout, and a hidden one."""
    draw = random.Random("agency")  # noqa: S311  # invented digits, no secret
    book = _Book()

    cover = book.book.add_worksheet("Cover")
    cover.write_string("B2", "Equipment register", book.title)
    cover.write_string("B4", "Owner: facilities and communications")
    cover.write_string("B5", "State: 5 January 2026. Leased lines are not in this file.")
    cover.set_column("B:B", 60)

    network = book.book.add_worksheet("Network")
    network.merge_range("A1:I1", "Network equipment, all buildings", book.title)
    network.write_string("A2", "printed on request")
    book.header(
        network, 3, "Tag", "Kind", "Manufacturer", "Model", "MAC", "Qty", "Building", "Purchased", "Remarks"
    )
    rows = _rows(AGENCY_NETWORK)
    for at, (tag, kind, maker, model, mac, quantity, site, bought, notes) in enumerate(rows, 4):
        cells = [tag, kind, maker, model, _mac(mac, draw), _number(quantity), site, bought, notes]
        book.write(network, at, cells)
    network.write_string(4 + len(rows), 0, "Total")
    book.total(network, 4 + len(rows), 5, rows)

    cctv = book.book.add_worksheet("CCTV")
    book.header(cctv, 0, "No.", "Make / Model", "Location", "Installed", "Recording", "MAC address")
    for at, (number, what, place, since, recording, mac) in enumerate(_rows(AGENCY_CCTV), 1):
        book.write(cctv, at, [_number(number), what, place, since, recording, _mac(mac, draw)])

    radios = book.book.add_worksheet("Radios")
    book.header(radios, 1, "Type", "Brand", "Model No.", "Quantity", "Unit price", "Year")
    rows = _rows(AGENCY_RADIOS)
    for at, (kind, maker, model, quantity, price, year) in enumerate(rows, 2):
        book.write(radios, at, [kind, maker, model, _number(quantity), price, _number(year)])
    radios.write_string(2 + len(rows), 0, "TOTAL radios")
    book.total(radios, 2 + len(rows), 3, rows)

    surplus = book.book.add_worksheet("Surplus")
    surplus.hide()
    book.header(surplus, 0, "Tag", "Manufacturer", "Model", "Qty")
    for at, (tag, maker, model, quantity) in enumerate(_rows(AGENCY_SURPLUS), 1):
        book.write(surplus, at, [tag, maker, model, _number(quantity)])
    return book.close()


def _members(content: bytes) -> dict[str, bytes]:
    """A workbook's parts: compressed bytes may differ between builds of zlib, the parts may not."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def outdated() -> list[str]:
    """Names of the committed examples that are missing or are not what this script makes."""
    carrier, agency = FOLDER / "rural-carrier.csv", FOLDER / "agency.xlsx"
    wrong = []
    if not carrier.is_file() or carrier.read_bytes() != carrier_csv():
        wrong.append(carrier.name)
    if not agency.is_file() or _members(agency.read_bytes()) != _members(agency_xlsx()):
        wrong.append(agency.name)
    return wrong


def main(arguments: list[str]) -> int:
    """Write the examples, or with ``--check`` only compare them."""
    wrong = outdated()
    if arguments == ["--check"]:
        for name in wrong:
            print(f"examples/{name} is not what the script makes; run make examples")
        return 1 if wrong else 0
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "rural-carrier.csv").write_bytes(carrier_csv())
    (FOLDER / "agency.xlsx").write_bytes(agency_xlsx())
    print(f"{len(wrong)} of 2 examples changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
