"""One polite question to one address: who answers, and how.

urllib3, because it alone of the common clients lets us choose the number to connect to and still check the
certificate against the name, hands a redirect back instead of following it, and reads no body unasked.
(`requests` follows by name; httpx needs a transport of one's own.) Its own Retry would wait as long as a
server says, so the few lines of retrying stand here.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError, TimeoutError

from build_tools.external_links.place import NO_LEAVE, Leave, Place, Resolve, look_up, place_of, public_number
from build_tools.external_links.verdict import Unanswered, Verdict

FOR_GOOD = (301, 308)
REDIRECTS = (*FOR_GOOD, 302, 303, 307)
ASK_LATER = (429, 503)


@dataclass(frozen=True)
class Manners:
    """How patient and how gentle the asking is; times in seconds."""

    pause: float = 1.0
    """Between two questions to the same server."""
    timeout: float = 20.0
    """For a connection, and for each piece of an answer."""
    tries: int = 3
    """Questions until an answer can be judged."""
    redirects: int = 8
    longest_wait: float = 120.0
    """A server that asks for a longer wait (Retry-After) is left alone for this run."""


@dataclass(frozen=True)
class Answer:
    """The last answer on the way of an address.

    `settled` is the address after the redirects that are for good; `body` is empty unless asked for.
    """

    status: int
    settled: str
    body: bytes = b""


@dataclass(frozen=True)
class _Reply:
    status: int
    location: str
    retry_after: str
    date: str
    body: bytes


@dataclass
class Client:
    """Asks one address after the other; remembers when it last asked each server."""

    agent: str
    manners: Manners = Manners()
    resolve: Resolve = look_up
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    leave: Leave = NO_LEAVE
    _asked: dict[str, float] = field(default_factory=dict)
    _left_alone: dict[str, str] = field(default_factory=dict)

    def ask(self, address: str, read: int = 0) -> Answer:
        """The answer to an address, by HEAD, or by GET where HEAD fails or `read` bytes are wanted."""
        here, settled, for_good = address, address, True
        seen: set[str] = set()
        while len(seen) <= self.manners.redirects:
            place = place_of(here, self.leave)
            if not seen and not place.plain:
                settled = f"https:{address.partition(':')[2]}"
            if place.address in seen:
                raise Unanswered(Verdict.UNKNOWN, "it redirects in a circle")
            seen.add(place.address)
            reply = self._reply(place, read)
            if reply.status not in REDIRECTS or not reply.location:
                return Answer(reply.status, settled, reply.body)
            try:
                here = urljoin(place.address, reply.location)
            except ValueError:
                raise Unanswered(Verdict.UNKNOWN, "it redirects to what is no address") from None
            for_good = for_good and reply.status in FOR_GOOD
            settled = here if for_good else settled
        raise Unanswered(Verdict.UNKNOWN, f"it redirects more than {self.manners.redirects} times")

    def _reply(self, place: Place, read: int) -> _Reply:
        # Many servers refuse HEAD, hang on it or say 404 to it; only a GET can say that nothing is there.
        for left in reversed(range(self.manners.tries)):
            method = "HEAD" if left == self.manners.tries - 1 and not read else "GET"
            wait = 5 * self.manners.pause
            try:
                reply = self._once(method, place, read)
            except HTTPError as error:
                if not left or isinstance(error, SSLError):
                    raise Unanswered(Verdict.UNKNOWN, _why(error)) from None
            else:
                if method == "HEAD" and reply.status >= 400 and reply.status not in ASK_LATER:
                    continue
                if reply.status not in ASK_LATER or not left:
                    break
                wait = max(wait, self._asked_to_wait(reply))
            if wait > self.manners.longest_wait:
                why = f"its server asks to wait {round(wait)} seconds"
                self._left_alone[place.host] = why
                raise Unanswered(Verdict.BLOCKED, why)
            self.sleep(wait)
        return reply

    def _once(self, method: str, place: Place, read: int) -> _Reply:
        if place.host in self._left_alone:
            raise Unanswered(Verdict.BLOCKED, self._left_alone[place.host])
        number = public_number(place, self.resolve, self.leave)
        rest = self._asked.get(place.host, 0) + self.manners.pause - self.clock()
        if rest > 0:
            self.sleep(rest)
        self._asked[place.host] = self.clock()
        with self._pool(number, place) as pool:
            response = pool.urlopen(
                method,
                place.target,
                headers={"Host": place.authority, "User-Agent": self.agent, "Accept": "*/*"},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                return _reply_of(response, read)
            finally:
                response.close()  # what is not read stays where it is

    def _pool(self, number: str, place: Place) -> HTTPConnectionPool:
        timeout = Timeout(connect=self.manners.timeout, read=self.manners.timeout)
        if place.plain:
            return HTTPConnectionPool(number, place.port, timeout=timeout)
        return HTTPSConnectionPool(
            number,
            place.port,
            timeout=timeout,
            ssl_context=ssl.create_default_context(),
            server_hostname=place.host,
            assert_hostname=place.host,
        )

    def _asked_to_wait(self, reply: _Reply) -> float:
        """Seconds that Retry-After asks for, written as seconds or as a date; 0 without one."""
        if reply.retry_after.isdecimal():
            return float(reply.retry_after[:9])
        until, now = (
            _instant(reply.retry_after),
            _instant(reply.date),
        )  # the server's own clock, if it has one
        return 0 if until is None else until - (self.clock() if now is None else now)


def _reply_of(response: BaseHTTPResponse, read: int) -> _Reply:
    header = response.headers
    return _Reply(
        response.status,
        header.get("Location", ""),
        header.get("Retry-After", "").strip(),
        header.get("Date", ""),
        response.read(read, decode_content=False) if read else b"",
    )


def _instant(written: str) -> float | None:
    """The instant that a header names, in seconds since 1970; none where it names none."""
    try:
        return parsedate_to_datetime(written).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):  # strangers write what they like
        return None


def _why(error: HTTPError) -> str:
    if isinstance(error, SSLError):
        return "no connection by TLS that can be trusted"
    if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):
        return "no answer came in time"
    return "the connection failed"
