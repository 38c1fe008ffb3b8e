"""Gets feeds and messages over HTTP from strangers: bounded in size and time, never from within."""

import ipaddress
import socket
import time
from typing import Final
from urllib.parse import urlsplit

import httpx
import msgspec

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
WHOLE_SECONDS: Final = 30.0
"""A server that sends a byte now and then is not waited for any longer."""
MAX_REDIRECTS: Final = 3
USER_AGENT: Final = "signage-cap/1"


class Unreachable(Exception):
    """Nothing could be got; the message says why in English."""


class Got(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: its bytes, None when nothing changed, and what to ask with the next time."""

    content: bytes | None
    etag: str = ""
    modified: str = ""


def get(url: str, *, limit: int, private: bool, etag: str = "", modified: str = "") -> Got:
    """Get `url`, at most `limit` bytes; raises Unreachable.

    Only addresses of the public net are asked, also after a redirect and whatever the name says,
    unless `private`: a feed must not be a door into the network that the controller stands in.
    """
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    deadline = time.monotonic() + WHOLE_SECONDS
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    try:
        with httpx.Client(timeout=timeout, trust_env=False, headers=headers) as client:
            for _ in range(MAX_REDIRECTS + 1):
                answer = _asked(client, url, limit, private, deadline)
                if isinstance(answer, Got):
                    return answer
                url = answer
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise Unreachable(_short(error)) from error
    raise Unreachable("too many redirects")


def _asked(client: httpx.Client, url: str, limit: int, private: bool, deadline: float) -> Got | str:
    """Ask once; a string is where to ask instead."""
    if not private:
        _check_name(url)
    with client.stream("GET", url) as response:
        if not private:
            _check_peer(response)
        if response.has_redirect_location:
            return str(response.url.join(response.headers["location"]))
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Got(content=None)
        if response.status_code != httpx.codes.OK:
            raise Unreachable(f"the server answers {response.status_code}")
        return Got(
            content=_body(response, limit, deadline),
            etag=response.headers.get("etag", "")[:400],
            modified=response.headers.get("last-modified", "")[:100],
        )


def _body(response: httpx.Response, limit: int, deadline: float) -> bytes:
    content = bytearray()
    for part in response.iter_raw():
        content += part
        if len(content) > limit:
            raise Unreachable(f"more than {limit} bytes")
        if time.monotonic() > deadline:
            raise Unreachable(f"not done after {WHOLE_SECONDS:.0f} seconds")
    return bytes(content)


def _check_name(url: str) -> None:
    """Refuse a name that leads into a private network before anything is sent there."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable("no http address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for *_, address in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM):
        _check_address(str(address[0]))


def _check_peer(response: httpx.Response) -> None:
    """The name may have led elsewhere the second time it was asked: look at who answers."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    if not peer:
        raise Unreachable("nobody knows who answers")
    _check_address(str(peer[0]))


def _check_address(address: str) -> None:
    if not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise Unreachable(f"{address} is no address of the public net")


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
