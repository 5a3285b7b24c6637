"""Which hosts may be spoken to: the public Internet, and what the user named (against SSRF)."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from archiver.urls import host_of, port_of

WEB_PORTS = frozenset({80, 443})
SYSTEM_PORTS = 1024

# IANA special-purpose registries, and what `ipaddress.is_global` takes for public: 6to4, site-local, multicast, Teredo.
NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
            *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
            *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
        ),
    )
)
WRAPPED_V4 = ((ip_network("::ffff:0:0/96"), 0), (ip_network("64:ff9b::/96"), 0), (ip_network("2002::/16"), 80))
LOCAL_NAMES = ("localhost", "local", "internal", "lan", "home", "corp", "intranet", "localdomain", "home.arpa")


class AddressRefused(OSError):
    """A host that is not on the public Internet and was not named by the user."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public Internet, whatever IPv6 wraps around it."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _unwrapped(ip)
    return not any(inner in network for network in NOT_PUBLIC if network.version == inner.version)


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    for network, shift in WRAPPED_V4:
        if ip.version == 6 and ip in network:
            return IPv4Address((int(ip) >> shift) & 0xFFFFFFFF)
    return ip


@dataclass(slots=True)
class Guard:
    """Decides about hosts. ``allow`` opens one host at one port (and 80 with 443); ``open`` lets everything through."""

    open: bool = False
    _allowed: set[tuple[str, int]] = field(default_factory=set)

    def allow(self, url: str) -> None:
        """Let the host and port of this address through, wherever its name leads."""
        port = port_of(url)
        self._allowed |= {(_plain(host_of(url)), each) for each in (WEB_PORTS if port in WEB_PORTS else {port})}

    def admits(self, host: str, port: int) -> bool:
        """Whether the user named this host, or all may pass."""
        return self.open or (_plain(host), port) in self._allowed

    def check_name(self, host: str, port: int) -> None:
        """Refuse what the name alone gives away; all that can be done where a proxy resolves. Raises AddressRefused."""
        if self.admits(host, port):
            return
        name = _plain(host)
        if port < SYSTEM_PORTS and port not in WEB_PORTS:
            raise AddressRefused(f"port {port} is not one of the web")
        is_number = ":" in name or name.rpartition(".")[2].isdigit()
        is_local = "." not in name or any(name == local or name.endswith(f".{local}") for local in LOCAL_NAMES)
        if not is_public(name) if is_number else is_local:
            raise AddressRefused(f"{name} is not on the public Internet")

    def choose(self, host: str, port: int, addresses: list[str]) -> list[str]:
        """Those of a host's IP addresses that may be connected to, in order. Raises AddressRefused if none may."""
        if self.admits(host, port):
            return addresses
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise AddressRefused(f"{_plain(host)} leads to {', '.join(addresses[:3])}, not on the public Internet")
        return public


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()
