"""What readers of inventories are fed when damage is tried: whole files, and pieces with a meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent


def examples(*names: str) -> tuple[bytes, ...]:
    """Files of the examples."""
    return tuple((ROOT / "examples" / name).read_bytes() for name in names)


NMAP_WORDS: Final = (
    *rb"""
<host>
</host>
<status state="up"/>
<status state="down"/>
<address addr="
addrtype="mac"
<ports>
<port portid="1">
</port>
<state state="open"/>
<service method="probed"
product="
extrainfo="a; b: c"
devicetype="router"
<cpe>cpe:/h:a:b</cpe>
<script id="banner" output="
<script id="ssl-cert" output="Subject: commonName=a/organizationName=b"
<script id="http-auth" output="Basic realm=a b=c"
<script id="fingerprint-strings" output="
<script id="snmp-info" output="enterprise: a"
<script id="unknown" output=""/>
</script>
<table key="subject">
</table>
<elem key="commonName">
<elem>
</elem>
<hosthint>
</hosthint>
<osmatch name="x" accuracy="99"/>
<finished exit="error"/>
<hosts down="9"/>
<!DOCTYPE nmaprun>
<!ENTITY a 'b'>
&a;
&#xa;
&#x0;
<![CDATA[
]]>
<!--
-->
<?a ?>
/>
\xE5\x8D\x8E
\xFF\xFD
</nmaprun>
<nmaprun>
""".split(b"\n"),
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\0",
    b"\xe5\x8d",
    b"\xed\xa0\x80",
    b"A" * 600,
    b"<table>" * 24,
)

SNMP_WORDS: Final = (
    *rb"""
1.3.6.1.2.1.1.1.0|4|
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2011
1.3.6.1.2.1.47.1.1.1.1.4.1|2|1
1.3.6.1.2.1.47.1.1.1.1.5.1|2|3
1.3.6.1.2.1.47.1.1.1.1.11.1|4e|\\x
1.3.6.1.2.1.47.1.1.1.1.
1.0.8802.1.1.2.1.4.1.1.5.0.1.1|4x|000000000001
|4x|0
|2|99999999999999999999999999999999
|4:numeric|
.1.3.6.1.2.1.1.1.0 = STRING: "
iso.3.6.1.2.1.1.1.0 = Hex-STRING: 00 11
ENTITY-MIB::entPhysicalSerialNum.7 = STRING: "a
ENTITY-MIB::entPhysicalClass[7] = INTEGER: chassis(3)
= No Such Instance currently exists
= OID: CISCO-MIB::x
Wrong Type (should be OCTET STRING): INTEGER: 3
Timeout: No Response from x
00 11 zz
""".split(b"\n"),
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xe5\x8d",
    b'"' * 3,
    b"A" * 40_000,
)

BOM_WORDS: Final = (
    *rb"""
"components":[
"bom-ref":"a"
"hashes":[]
"version":"1.5"
"specVersion":"9.9"
"@graph":[
"spdxElementId":"x"
"relationshipType":"CONTAINS"
<component type="device">
</component>
<components>
<supplier><name>
]]>
&a;
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a
PackageName: a
SPDXID: SPDXRef-a
<text>
""".split(b"\n"),
    b"[" * 40,
    b'{"a":' * 40,
    b"\0",
    b"\xed\xa0\x80",
    b'"\\ud800"',
)
YAML_WORDS: Final = (
    *rb"""
manufacturer: a
model: b
inventory-items:
  - name: a
&a
*a
<<: *a
!!python/object:os.system
? x
: |
- - -
{a: [b, c]}
%YAML 1.2
---
...
""".split(b"\n"),
    b"\t",
    b"\0",
    b"[" * 40,
    b"- " * 60,
)
OUTPUT_WORDS: Final = (
    *rb"""
edge-1#show inventory
core-1>show version
<pe-1>display device manufacture-info
[pe-1]display elabel
admin@mx> show chassis hardware
NAME: "a", DESCR: "b"
PID: x, VID: y, SN: z
--More--
show lldp neighbors detail
System Description:
Chassis id: 0011.2233.4455
BoardType=
BarCode=
\x1b[7m--More--\x1b[0m
""".split(b"\n"),
    b"\x08" * 30,
    b"\x1b[K",
    b"\r",
    b"\0",
    b" " * 600,
    b"A" * 600,
)


def bom_seeds() -> tuple[bytes, ...]:
    """One document of each format; those that the examples lack are the tests' own."""
    return (*examples("gateway.cdx.json"), *(text.encode() for text in BOMS))


BOMS: Final = (
    """<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"><metadata><component
 type="device" bom-ref="box"><supplier><name>Acme</name></supplier><name>Gateway</name><version>2</version>
</component></metadata><components><component type="device" bom-ref="m"><manufacturer><name>Quectel</name>
</manufacturer><name>EC25</name><properties><property name="serialNumber">7</property></properties>
<components><component type="firmware"><name>fw</name></component></components></component>
</components><dependencies><dependency ref="box"><dependency ref="m"/></dependency></dependencies></bom>""",
    """{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"d","documentDescribes":["SPDXRef-box"],"packages":
[{"SPDXID":"SPDXRef-box","name":"Gateway","supplier":"Organization: Acme","primaryPackagePurpose":"DEVICE"},
{"SPDXID":"SPDXRef-m","name":"EC25","supplier":"Organization: Quectel","versionInfo":"1","externalRefs":
[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:generic/ec25@1"}]}],
"relationships":[{"spdxElementId":"SPDXRef-box","relationshipType":"CONTAINS","relatedSpdxElement":"SPDXRef-m"}]}""",
    """SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: d
PackageName: Gateway
SPDXID: SPDXRef-box
PackageSupplier: Organization: Acme
PackageName: EC25
SPDXID: SPDXRef-m
PackageSupplier: Organization: Quectel
PackageComment: <text>a
b</text>
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-box
Relationship: SPDXRef-box CONTAINS SPDXRef-m
""",
    """{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"CreationInfo","@id":"_:c",
"specVersion":"3.0.1"},{"type":"SpdxDocument","spdxId":"urn:d","rootElement":["urn:box"]},{"type":
"software_Package","spdxId":"urn:box","name":"Gateway","suppliedBy":"urn:acme","software_primaryPurpose":"device"},
{"type":"Organization","spdxId":"urn:acme","name":"Acme"},{"type":"software_Package","spdxId":"urn:m","name":"EC25",
"originatedBy":["urn:q"],"software_packageVersion":"1"},{"type":"Organization","spdxId":"urn:q","name":"Quectel"},
{"type":"Relationship","spdxId":"urn:r","from":"urn:box","relationshipType":"contains","to":["urn:m"]}]}""",
)

DEVICE_TYPE: Final = b"""---
manufacturer: Huawei
model: S5720-28X
slug: huawei-s5720-28x
part_number: '02350DLW'
u_height: 1
is_full_depth: false
comments: 'a note'
interfaces:
  - name: GigabitEthernet0/0/1
    type: 1000base-t
inventory-items:
  - name: Fan
    manufacturer: Huawei
    part_id: FAN-031A
"""


def output_seeds() -> tuple[bytes, ...]:
    """Recordings of the examples, each behind a line with the name of its file."""
    files = sorted((ROOT / "examples" / "device-output").iterdir())
    return tuple(file.name.encode() + b"\n" + file.read_bytes() for file in files)


def netbox_seeds() -> tuple[bytes, ...]:
    """What a NetBox answered when the tests' exchanges were recorded, a few objects of each list."""
    lists: dict[str, Any] = {}
    recorded = ROOT / "tests" / "netbox" / "recorded" / "read.jsonl"
    for line in recorded.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        path = one["path"].split("?")[0]
        if isinstance(one["answer"], dict) and "results" in one["answer"]:
            results = one["answer"]["results"][:6]
            lists.setdefault(path, {"count": len(results), "results": results})
    return (json.dumps(lists).encode(),)
