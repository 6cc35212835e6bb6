"""Messages of SNMPv2c (RFC 1901): a community, and no more protection than that."""

from __future__ import annotations

from clearband.discover.snmp import ber
from clearband.discover.snmp.ber import MalformedError
from clearband.discover.snmp.pdu import RESPONSE, Request, Response, read_response

_V2C = 1


class CommunityMessages:
    """Writes requests and reads responses with a community.

    Args:
        community: As the agent knows it; shown nowhere.
    """

    def __init__(self, community: bytes) -> None:
        self._community = community

    def encode(self, request: Request, number: int) -> bytes:
        """A request as a datagram."""
        head = ber.integer(_V2C) + ber.packed(ber.OCTETS, self._community)
        return ber.packed(ber.SEQUENCE, head, request.encoded(number))

    def decode(self, data: bytes, number: int) -> Response:
        """The response to a request.

        Raises:
            MalformedError: It is none, or answers something else.
        """
        at, end = ber.expect(data, 0, len(data), ber.SEQUENCE)
        version, at = ber.read_integer(data, at, end)
        _, at = ber.read_octets(data, at, end)
        response = read_response(data, at, end)
        # Some agents answer with another community ("public@100"); what counts is the request id.
        if version != _V2C or response.kind != RESPONSE or response.number != number:
            raise MalformedError("an answer to something else")
        return response
