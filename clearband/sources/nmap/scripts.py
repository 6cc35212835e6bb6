"""What the results of nmap's scripts say of a host: which of them are its own words, and in which protocol.

A script that is not in the table says nothing of who made a host, or speaks of others (lists of
vulnerabilities name makers whose devices a host is not); its results are counted, not read. The forms are
those that the scripts document (https://nmap.org/nsedoc/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from clearband.sources.nmap.host import Host, readable

GREETINGS: Final = {
    "ssh": "ssh", "telnet": "telnet", "telnets": "telnet", "ftp": "ftp", "ftps": "ftp", "ftp-proxy": "ftp",
    "smtp": "smtp", "smtps": "smtp", "submission": "smtp", "pop3": "pop3", "pop3s": "pop3", "imap": "imap",
    "imaps": "imap", "nntp": "nntp", "rtsp": "rtsp-server", "sip": "sip-server", "sips": "sip-server",
    "jetdirect": "pjl", "pdl-datastream": "pjl", "hp-pjl": "pjl", "printer": "pjl",
}  # fmt: skip
"""Protocol of what a service says first, by nmap's name of the service."""

HEADERS: Final = {
    "server": "server", "www-authenticate": "www-authenticate", "set-cookie": "cookie",
    "user-agent": "user-agent",
}  # fmt: skip
"""Headers of HTTP, RTSP and SIP that speak of the device, and the end of their protocol's name."""

_NO_TITLE: Final = re.compile(
    r"^(?:Site doesn't have a title|Did not follow redirect|Requested resource was)"
)
_REALM: Final = re.compile(r"""\brealm=(?:"([^"]{0,999})"|'([^']{0,999})'|(.{0,999}?)(?= [\w-]{1,40}=|$))""")
_NAME_PART: Final = re.compile(r"/(?=[A-Za-z][A-Za-z0-9]*=|\d+(?:\.\d+)+=)")
_HARDWARE: Final = re.compile(r"MAC(?: address)?: ((?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})")
_UPTIME: Final = "System uptime:"
_SHORT: Final = {
    "commonname": "CN", "organizationname": "O", "organizationalunitname": "OU", "localityname": "L",
    "stateorprovincename": "ST", "countryname": "C", "serialnumber": "SERIALNUMBER",
}  # fmt: skip
"""Short names of the parts of a distinguished name (RFC 4514)."""


@dataclass
class Script:
    """The result of one script.

    Attributes:
        fields: Its structured result, as pairs of path (``subject.commonName``) and text.
        service: nmap's name of the service at the port; empty of a host's own.
    """

    id: str
    output: str
    service: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)

    def named(self) -> dict[str, str]:
        """Its fields by name, in small letters without spaces; from the lines where none are structured."""
        pairs: Iterable[tuple[str, str]] = self.fields or _lines(self.output)
        found: dict[str, str] = {}
        for name, text in pairs:
            found.setdefault(name.lower().replace(" ", ""), text)
        return found


def _lines(text: str) -> list[tuple[str, str]]:
    """The lines ``name: value``, in time proportional to the text."""
    parts = (line.partition(":") for line in text.split("\n"))
    return [(name.strip(), value.strip()) for name, colon, value in parts if colon and value.strip()]


def _banner(script: Script, host: Host) -> None:
    host.add_text(GREETINGS.get(script.service, script.service or "banner"), script.output)


def _sys_descr(script: Script, host: Host) -> None:
    text, _, last = script.output.strip().rpartition("\n")
    if not last.lstrip().startswith(_UPTIME):
        text = script.output.strip()
    if host.sys_descr and host.sys_descr != text:
        host.add_text("snmp", text)
    else:
        host.sys_descr = text


def _snmp_info(script: Script, host: Host) -> None:
    said = script.named()
    if "sysobjectid" in said:
        host.sys_object_id = host.sys_object_id or said["sysobjectid"]
    else:
        host.add_text("snmp-enterprise", said.get("enterprise", ""))
    if said.get("engineidformat", "") == "mac":
        host.add_address(said.get("engineiddata", ""), said=True)


def _hardware_addresses(script: Script, host: Host) -> None:
    for address in _HARDWARE.findall(script.output):
        host.add_address(address, said=True)


def _title(script: Script, host: Host) -> None:
    if script.fields:
        host.add_text("http-title", dict(script.fields).get("title", ""))
        return
    lines = script.output.split("\n")
    end = next((at for at, line in enumerate(lines) if _NO_TITLE.match(line.strip())), len(lines))
    host.add_text("http-title", "\n".join(lines[:end]))


def _server(script: Script, host: Host) -> None:
    for text in [text for _, text in script.fields] or script.output.strip().split("\n"):
        host.add_text("http-server", text)


def _headers(script: Script, host: Host) -> None:
    add_headers(script.output, "http", host)


def add_headers(text: str, scheme: str, host: Host) -> None:
    """Note the headers of an answer that speak of the device.

    Args:
        scheme: ``http``, ``rtsp`` or ``sip``.
    """
    for name, value in _lines(text):
        if kind := HEADERS.get(name.lower()):
            host.add_text(f"{scheme}-{kind}", value)


def _auth(script: Script, host: Host) -> None:
    """``Basic realm="..."``; nmap leaves the quotation marks out."""
    for line in script.output.split("\n"):
        scheme, _, parameters = line.strip().partition(" ")
        if found := _REALM.search(parameters):
            realm = next((part for part in found.groups() if part is not None), "")
            host.add_text("http-www-authenticate", f'{scheme} realm="{realm}"')


def _certificate(script: Script, host: Host) -> None:
    names = {
        whose: [
            (path.removeprefix(f"{whose}."), text)
            for path, text in script.fields
            if path.startswith(f"{whose}.")
        ]
        for whose in ("subject", "issuer")
    }
    if not any(names.values()):
        for title, text in _lines(script.output):
            if title.lower() in names:
                parts = (part.partition("=") for part in _NAME_PART.split(text))
                names[title.lower()] = [(name, value) for name, _, value in parts if value]
    if not any(names.values()):
        host.add_text("x509-subject", script.output)
        return
    told = {whose: _distinguished(parts) for whose, parts in names.items()}
    host.add_text("x509-subject", told["subject"])
    if told["issuer"] != told["subject"]:
        host.add_text("x509-issuer", told["issuer"])


def _distinguished(parts: Iterable[tuple[str, str]]) -> str:
    return ",".join(f"{_SHORT.get(name.lower(), name)}={value}" for name, value in parts)


def _windows(script: Script, host: Host) -> None:
    host.add_text("smb-os", script.named().get("os", ""))


def _upnp(script: Script, host: Host) -> None:
    """The root device's own words; its friendly name is what somebody called it."""
    said = script.named()
    keys = ("manufacturer", "modelname", "modeldescr", "modelversion")
    host.add_text("upnp", " ".join(said[key] for key in keys if key in said))
    host.add_text("upnp-server", said.get("server", ""))
    host.add_text("http-server", said.get("webserver", ""))


def _own_words(protocol: str, *keys: str) -> Callable[[Script, Host], None]:
    """Some fields, one after the other, as one text."""

    def read(script: Script, host: Host) -> None:
        said = script.named()
        host.add_text(protocol, " ".join(said[key] for key in keys if key in said))

    return read


_GREETING: Final = re.compile(r"\b(?:NULL|GenericLines)\b")
_ANSWERS: Final = (("RTSP/", "rtsp"), ("SIP/", "sip"), ("HTTP/", "http"))


def _unrecognised(script: Script, host: Host) -> None:
    """What a service that nmap does not recognise answered, by the probe it was sent."""
    for probes, text in script.fields:
        text = text.strip()
        scheme = next((scheme for begin, scheme in _ANSWERS if text.startswith(begin)), None)
        if scheme is not None:
            add_headers(text.partition("\n\n")[0], scheme, host)
        elif _GREETING.search(probes):
            host.add_text(GREETINGS.get(script.service, script.service or "banner"), text)


READERS: Final[dict[str, Callable[[Script, Host], None]]] = {
    "banner": _banner,
    "snmp-sysdescr": _sys_descr,
    "snmp-info": _snmp_info,
    "snmp-interfaces": _hardware_addresses,
    "nbstat": _hardware_addresses,
    "http-title": _title,
    "http-server-header": _server,
    "http-headers": _headers,
    "http-auth": _auth,
    "ssl-cert": _certificate,
    "smb-os-discovery": _windows,
    "upnp-info": _upnp,
    "fingerprint-strings": _unrecognised,
    "dns-nsid": _own_words("dns-version", "bind.version"),
    "ntp-info": _own_words("ntp", "version", "processor", "system"),
    "hnap-info": _own_words("hnap", "vendor", "model", "description", "firmware"),
    "bacnet-info": _own_words("bacnet", "vendorname", "modelname", "firmware"),
    "enip-info": _own_words("enip", "vendor", "productname"),
    "s7-info": _own_words("s7", "module", "moduletype", "basichardware", "copyright"),
    "omron-info": _own_words("omron", "controllermodel", "controllerversion"),
    "pcworx-info": _own_words("pcworx", "plctype", "modelnumber"),
}
"""How the result of a script is read, by the script's name."""


def read_script(script: Script, host: Host) -> None:
    """Note what a script found; ``READERS`` has it."""
    script.output = readable(script.output)
    script.fields = [(path, readable(text)) for path, text in script.fields]
    READERS[script.id](script, host)
