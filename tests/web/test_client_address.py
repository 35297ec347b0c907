"""Where a request comes from: the socket, or a trusted proxy; never what anybody may write."""

from dataclasses import replace
from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from starlette.requests import Request

from web.client_address import address_prefix, client_host, network_of

PROXIES = (ip_network("10.0.0.0/24"), ip_network("127.0.0.1/32"))


def asked(settings, peer, forwarded=None, proxies=()):
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    app = SimpleNamespace(
        state=SimpleNamespace(settings=replace(settings, trusted_proxies=proxies))
    )
    return Request({"type": "http", "client": (peer, 1), "headers": headers, "app": app})


def test_a_forwarded_address_is_ignored_unless_the_proxy_is_trusted(sqlite_settings):
    assert client_host(asked(sqlite_settings, "10.0.0.5", "203.0.113.7")) == "10.0.0.5"
    stranger = asked(sqlite_settings, "192.0.2.1", "203.0.113.7", PROXIES)
    assert client_host(stranger) == "192.0.2.1"


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),  # what the client wrote itself stands in front
        ("6.6.6.6, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("203.0.113.7, nonsense", "10.0.0.5"),
        ("", "10.0.0.5"),
    ],
)
def test_a_trusted_proxy_names_the_nearest_address_it_does_not_know(
    sqlite_settings, forwarded, expected
):
    assert client_host(asked(sqlite_settings, "10.0.0.5", forwarded, PROXIES)) == expected


def test_a_network_is_24_or_48_bits_and_a_loopback_address_tells_nothing(sqlite_settings):
    assert address_prefix("::ffff:192.0.2.7") == "192.0.2.0/24"
    assert network_of(asked(sqlite_settings, "192.0.2.7")) == "192.0.2.0/24"
    assert network_of(asked(sqlite_settings, "2001:db8:1:2::3")) == "2001:db8:1::/48"
    for nothing in ("127.0.0.1", "::1", "testclient", ""):
        assert network_of(asked(sqlite_settings, nothing)) is None
