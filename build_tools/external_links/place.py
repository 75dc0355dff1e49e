"""Where a question may go: to a named public server by HTTPS, and nowhere else.

An address in a pull request, or a redirect, could name the machine that runs the check, its neighbours or
the service that gives its cloud its keys. So the name is looked up, the number is judged, and the connection
goes to that very number: a second look-up could answer otherwise (DNS rebinding).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from build_tools.external_links.verdict import NO_SERVER, Unanswered, Verdict

LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
NAME = re.compile(rf"(?=.{{1,253}}$){LABEL}(\.{LABEL})+")
# What a browser would read as a number: 127.1, 2130706433, 0x7f.1, 0177.0.0.1.
ENDS_IN_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)$")
UNICAST = IPv6Network("2000::/3")
# Some versions of Python call these public: numbers kept for protocols, and a server of one cloud that
# answers only the machines inside it.
KEPT = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Leave:
    """For tests with a local server alone: these ports, also by plain HTTP, and these private places."""

    ports: frozenset[int] = frozenset()
    places: frozenset[tuple[str, int]] = frozenset()


NO_LEAVE = Leave()


@dataclass(frozen=True)
class Place:
    """An address taken apart; `target` is path and query, `plain` means HTTP without TLS."""

    host: str
    port: int
    target: str
    plain: bool = False

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        return self.host if self.port == 443 and not self.plain else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """The whole address again."""
        return f"{'http' if self.plain else 'https'}://{self.authority}{self.target}"


def place_of(address: str, leave: Leave) -> Place:
    """The place an address names; http becomes https, and what may not be asked is refused."""
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode().rstrip(".")
    except (ValueError, UnicodeError):
        raise _refused("this is no address") from None
    if parts.scheme not in ("http", "https"):
        raise _refused("only https is asked")
    if parts.username is not None or parts.password is not None:
        raise _refused("a name or password stands in the address")
    if ENDS_IN_NUMBER.search(host) or ":" in host:
        raise _refused("a number stands where the server's name should")
    if not NAME.fullmatch(host):
        raise _refused("this is no name of a public server")
    plain = parts.scheme == "http" and port in leave.ports
    if port not in (None, 80 if parts.scheme == "http" else 443, *leave.ports):
        raise _refused(f"port {port} is not the port of https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    there = port if port in leave.ports else None
    return Place(host, there or 443, quote(target, safe="/?%:@!$&'()*+,;=~"), plain)


def look_up(host: str, port: int) -> list[str]:
    """The numbers of a server, IPv4 first, for not every machine has IPv6."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    return sorted(found, key=lambda number: (":" in number, number))


def public_number(place: Place, resolve: Resolve, leave: Leave) -> str:
    """The number to connect to; refused unless all numbers of the server are public."""
    try:
        numbers = resolve(place.host, place.port)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise Unanswered(Verdict.DEAD, NO_SERVER) from None
        raise Unanswered(Verdict.UNKNOWN, "the server's name could not be looked up") from None
    for number in numbers:
        if not is_public(number) and (number, place.port) not in leave.places:
            raise _refused(f"{place.host} is no public server")
    if not numbers:
        raise Unanswered(Verdict.UNKNOWN, "the server's name could not be looked up")
    return numbers[0]


def is_public(number: str) -> bool:
    """Whether an IP number is one that anyone on the internet could reach."""
    try:
        ip = ip_address(number)
    except ValueError:  # an IPv6 number of one interface, such as fe80::1%eth0
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        # 6to4 and Teredo carry an IPv4 number inside; no server that matters lives there.
        if ip not in UNICAST or ip.sixtofour or ip.teredo:
            return False
    kept = ip.is_multicast or ip.is_reserved or any(ip in network for network in KEPT)
    return ip.is_global and not kept


def _refused(why: str) -> Unanswered:
    return Unanswered(Verdict.UNKNOWN, f"not asked: {why}")
