"""Which network addresses a feed may be fetched from: public ones only."""

import ipaddress

IPv4 = ipaddress.IPv4Address
IPv6 = ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_EMBEDDED = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/96",  # IPv4-compatible, deprecated
        "::ffff:0:0/96",  # IPv4-mapped
        "64:ff9b:1::/48",  # NAT64 of a local network
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local, deprecated
    )
)
_CLOUD = frozenset({IPv4("168.63.129.16")})
"""Public by its number, but answered by the host that a virtual machine runs on (Azure)."""


def is_public(host: str) -> bool:
    """Whether `host`, an address in figures, belongs to the public internet.

    An IPv6 address that carries an IPv4 one inside is refused, whatever it carries, except NAT64's well-known
    prefix: that one is how a machine with IPv6 only reaches any IPv4 server, so what it carries is judged.
    """
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6):
        if address in _NAT64:
            return is_public(str(IPv4(int(address) & 0xFFFFFFFF)))
        if any(address in network for network in _EMBEDDED):
            return False
    elif address in _CLOUD:
        return False
    return address.is_global and not (
        address.is_private
        or address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )
