"""Where a request comes from: the socket's address, or what a trusted proxy says of it.

Used in memory only, as a network prefix; no address is stored or logged.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import Request

from survey.settings import Settings

UNKNOWN = "unknown"


def client_host(request: Request) -> str:
    """Return the client's address; `X-Forwarded-For` counts only from a trusted proxy."""
    settings: Settings = request.app.state.settings
    host = request.client.host if request.client else ""
    if not settings.trusted_proxies:
        return host
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    while forwarded and _is_trusted(host, settings):
        told = forwarded.pop().strip()
        if _address(told) is None:
            break
        host = told
    return host


def address_prefix(host: str) -> str:
    """Return the network an address stands in; an office or a home is one prefix."""
    address = _address(host)
    if address is None:
        return UNKNOWN
    if isinstance(address, IPv4Address):
        return f"{str(address).rpartition('.')[0]}.0/24"
    return str(ip_network((address, 48), strict=False))


def network_of(request: Request) -> str | None:
    """Return the client's network, or None where it is not known.

    A loopback address is that of a proxy on this machine: it tells nothing of the client.
    """
    host = client_host(request)
    if host.startswith("127.") or host == "::1":
        return None
    prefix = address_prefix(host)
    return None if prefix == UNKNOWN else prefix


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_trusted(host: str, settings: Settings) -> bool:
    address = _address(host)
    return address is not None and any(address in network for network in settings.trusted_proxies)
