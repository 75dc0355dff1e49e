"""External links: what stands where, what each kind of answer means, and where no question ever goes."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from build_tools.__main__ import main
from build_tools.commands import links as links_command
from build_tools.external_links.cache import NoCache, read_cache, write_cache
from build_tools.external_links.client import Client, Manners
from build_tools.external_links.findings import Services, find, judge
from build_tools.external_links.links import Link, links_of
from build_tools.external_links.notices import Notice, Unasked, Unnoted, notices_in, unnoted
from build_tools.external_links.place import NO_LEAVE, Leave, is_public, place_of
from build_tools.external_links.summary import LIMIT, Outcome, markdown, text
from build_tools.external_links.verdict import Finding, Unanswered, Verdict
from build_tools.reading.records import read_all
from build_tools.review.review import Review
from tests.link_server import LinkServer, Reply, serving
from tests.world import World

ALIVE, MOVED, DEAD, BLOCKED, UNKNOWN = Verdict
TODAY = date(2090, 2, 7)
WEEK = timedelta(days=7)
QUILL = "content/reports/quill-2081.yml"
ORRIN = "content/reports/orrin-2083.yml"
QUILL_DOI = "10.5555/glimmer.2081.12"

Casebook = Callable[..., Result]


@dataclass
class Clock:
    """A clock that stands still unless somebody sleeps."""

    now: float = 3_787_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(scope="module")
def listener() -> Iterator[LinkServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(listener: LinkServer) -> LinkServer:
    """The server with nothing to say and nothing heard."""
    listener.script.clear()
    listener.asked.clear()
    return listener


@pytest.fixture
def clock() -> Clock:
    return Clock()


def here_alone(host: str, port: int) -> list[str]:
    """Every invented name is on this machine; of the others nothing is known."""
    if host.endswith(".invented"):
        return ["127.0.0.1"]
    raise socket.gaierror(socket.EAI_NONAME if host.endswith(".gone") else socket.EAI_AGAIN, "invented")


@pytest.fixture
def client(server: LinkServer, clock: Clock) -> Client:
    return Client(
        "casebook-links (+https://pages.invented/casebook)",
        manners=Manners(timeout=5),
        resolve=here_alone,
        clock=lambda: clock.now,
        sleep=clock.sleep,
        leave=Leave(frozenset({server.port}), frozenset({("127.0.0.1", server.port)})),
    )


@pytest.fixture
def services(server: LinkServer) -> Services:
    base = f"http://ids.invented:{server.port}"
    return Services(f"{base}/handles/", f"{base}/studies/", f"{base}/works/")


# What each answer means


def verdict(address: str, client: Client) -> tuple[Verdict, str]:
    return judge(address, client, Services())


def test_an_answer_means_that_it_is_alive(server: LinkServer, client: Client) -> None:
    assert verdict(server.answers("/200", Reply()), client) == (ALIVE, "")
    assert server.asked == ["HEAD /200"]
    assert server.agents == {"casebook-links (+https://pages.invented/casebook)"}


def test_a_redirect_for_good_means_that_it_moved(server: LinkServer, client: Client) -> None:
    new = server.answers("/new", Reply())
    old = server.answers("/old", Reply(301, {"Location": "/new"}))
    assert verdict(old, client) == (MOVED, new)


def test_a_redirect_for_now_means_that_it_is_alive(server: LinkServer, client: Client) -> None:
    server.answers("/new", Reply())
    assert verdict(server.answers("/old", Reply(302, {"Location": "/new"})), client) == (ALIVE, "")


def test_it_moved_as_far_as_the_redirects_are_for_good(server: LinkServer, client: Client) -> None:
    server.answers("/session", Reply())
    middle = server.answers("/middle", Reply(302, {"Location": "/session"}))
    old = server.answers("/old", Reply(308, {"Location": "/middle"}))
    assert verdict(old, client) == (MOVED, middle)


def test_a_redirect_to_nothing_is_dead(server: LinkServer, client: Client) -> None:
    old = server.answers("/old", Reply(301, {"Location": "/nothing"}))
    assert verdict(old, client) == (DEAD, "its server answers 404")


def test_a_redirect_in_a_circle_ends(server: LinkServer, client: Client) -> None:
    server.answers("/b", Reply(302, {"Location": "/a"}))
    address = server.answers("/a", Reply(302, {"Location": "/b"}))
    assert verdict(address, client) == (UNKNOWN, "it redirects in a circle")
    assert server.asked == ["HEAD /a", "HEAD /b"]


def test_redirects_without_end_end(server: LinkServer, client: Client) -> None:
    for i in range(20):
        server.answers(f"/{i}", Reply(302, {"Location": f"/{i + 1}"}))
    assert verdict(server.answers("/0", Reply(302, {"Location": "/1"})), client) == (
        UNKNOWN,
        "it redirects more than 8 times",
    )
    assert len(server.asked) == 9


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (404, DEAD),
        (410, DEAD),
        (403, BLOCKED),
        (401, BLOCKED),
        (451, BLOCKED),
        (400, UNKNOWN),
        (500, UNKNOWN),
    ],
)
def test_a_status_is_judged(server: LinkServer, client: Client, status: int, means: Verdict) -> None:
    assert verdict(server.answers("/x", Reply(status)), client) == (means, f"its server answers {status}")


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_server_that_refuses_head_is_asked_by_get(server: LinkServer, client: Client, status: int) -> None:
    address = server.answers("/x", Reply(200, body=b"x" * 1_000, head=status))
    assert verdict(address, client) == (ALIVE, "")
    assert server.asked == ["HEAD /x", "GET /x"]


def test_503_twice_and_then_an_answer_is_alive(server: LinkServer, client: Client, clock: Clock) -> None:
    address = server.answers("/x", Reply(503), Reply(503), Reply())
    assert verdict(address, client) == (ALIVE, "")
    assert clock.slept == [5, 5]


def test_503_for_ever_is_unknown_after_three_questions(server: LinkServer, client: Client) -> None:
    assert verdict(server.answers("/x", Reply(503)), client) == (UNKNOWN, "its server answers 503")
    assert server.asked == ["HEAD /x", "GET /x", "GET /x"]


def test_429_is_asked_again_after_the_seconds_it_names(
    server: LinkServer, client: Client, clock: Clock
) -> None:
    address = server.answers("/x", Reply(429, {"Retry-After": "17"}), Reply())
    assert verdict(address, client) == (ALIVE, "")
    assert clock.slept == [17]


def test_429_is_asked_again_at_the_date_it_names(server: LinkServer, client: Client, clock: Clock) -> None:
    headers = {"Date": "Tue, 07 Feb 2090 10:00:00 GMT", "Retry-After": "Tue, 07 Feb 2090 10:00:42 GMT"}
    assert verdict(server.answers("/x", Reply(429, headers), Reply()), client) == (ALIVE, "")
    assert clock.slept == [42]


def test_a_retry_after_that_is_no_time_is_not_trusted(
    server: LinkServer, client: Client, clock: Clock
) -> None:
    for said in (
        "soon",
        "-5",
        "Tue, 99 Feb 2090",
        "Tue, 07 Feb 1990 10:00:42 GMT",
        "Mon, 01 Jan 0001 00:00:00 -0000",
        "",
        "²",
    ):
        address = server.answers("/x", Reply(429, {"Retry-After": said}), Reply())
        assert verdict(address, client) == (ALIVE, "")
    assert set(clock.slept) <= {5, 1}


@pytest.mark.parametrize("wait", ["86400", "9" * 40, "Tue, 07 Feb 2190 10:00:00 GMT"])
def test_a_server_that_wants_a_long_wait_is_left_alone(
    server: LinkServer, client: Client, clock: Clock, wait: str
) -> None:
    address = server.answers("/x", Reply(429, {"Retry-After": wait}))
    other = server.answers("/y", Reply())
    means, why = verdict(address, client)
    assert means is BLOCKED
    assert why.startswith("its server asks to wait ")
    assert verdict(other, client) == (means, why)
    assert server.asked == ["HEAD /x"]
    assert clock.slept == []


def test_429_for_ever_is_blocked(server: LinkServer, client: Client) -> None:
    assert verdict(server.answers("/x", Reply(429)), client) == (BLOCKED, "its server answers 429")


def test_a_slow_server_is_waited_for(server: LinkServer, client: Client) -> None:
    assert verdict(server.answers("/slow", Reply(after=0.05)), client) == (ALIVE, "")


def test_a_server_that_never_answers_is_unknown(server: LinkServer, client: Client) -> None:
    client.manners = Manners(timeout=0.1)
    address = server.answers("/never", Reply(after=60))
    assert verdict(address, client) == (UNKNOWN, "no answer came in time")
    assert server.asked == ["HEAD /never", "GET /never", "GET /never"]


def test_a_server_that_hangs_on_head_is_asked_by_get(server: LinkServer, client: Client) -> None:
    client.manners = Manners(timeout=0.1)
    address = server.answers("/x", Reply(after=60), Reply())
    assert verdict(address, client) == (ALIVE, "")
    assert server.asked == ["HEAD /x", "GET /x"]


def test_a_closed_port_is_unknown(client: Client) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        client.leave = Leave(frozenset({port}), frozenset({("127.0.0.1", port)}))
        client.manners = Manners(timeout=0.5)  # Windows tries for seconds
        assert verdict(f"http://pages.invented:{port}/", client)[0] is UNKNOWN


def test_a_server_without_a_trusted_certificate_is_unknown(server: LinkServer, client: Client) -> None:
    server.answers("/x", Reply())
    means, why = verdict(f"https://pages.invented:{server.port}/x", client)
    assert (means, why) == (UNKNOWN, "no connection by TLS that can be trusted")
    assert server.asked == []


def test_a_name_that_nobody_has_is_dead_and_a_failed_look_up_is_not(client: Client) -> None:
    assert verdict("https://server.gone/", client) == (DEAD, "there is no server of this name")
    assert verdict("https://server.far/", client)[0] is UNKNOWN


def test_one_server_is_asked_once_a_second(server: LinkServer, client: Client, clock: Clock) -> None:
    for path in ("/a", "/b", "/c"):
        verdict(server.answers(path, Reply()), client)
    assert clock.slept == [1, 1]
    verdict(f"http://other.invented:{server.port}/a", client)
    assert clock.slept == [1, 1]


# Where no question goes


def nobody_looks_up(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up")


REFUSED = [
    "https://127.0.0.1/",
    "https://10.0.0.1/",
    "https://93.184.216.34/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://localhost/",
    "https://user@pages.invented/",
    "https://user:word@pages.invented/",
    "https://pages.invented@127.0.0.1/",
    "https://@pages.invented/",
    "https://pages.invented:22/",
    "https://pages.invented:99999/",
    "https://pages.invented\\@127.0.0.1/",
    "https:///etc/hosts",
    "https://[::1/",
    "https://-/",
    "https://" + "a" * 64 + ".invented/",
    "https://１２７.0.0.1/",
    "file:///etc/hosts",
    "ftp://pages.invented/",
    "gopher://pages.invented/",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_names_no_public_server_is_not_asked(client: Client, address: str) -> None:
    client.resolve = nobody_looks_up
    means, why = verdict(address, client)
    assert means is UNKNOWN
    assert why.startswith("not asked: ")


@pytest.mark.parametrize("address", REFUSED)
def test_a_redirect_to_such_an_address_is_not_followed(
    server: LinkServer, client: Client, address: str
) -> None:
    location = address.encode().decode("latin-1")
    means, why = verdict(server.answers("/x", Reply(302, {"Location": location})), client)
    assert means is UNKNOWN
    assert why.startswith(("not asked: ", "it redirects to what is no address"))
    assert server.asked == ["HEAD /x"]


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "203.0.113.7",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "no number",
    ],
)
def test_a_private_number_is_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_number_is_public(number: str) -> None:
    assert is_public(number)


def test_a_redirect_to_a_private_server_reaches_nobody(server: LinkServer, client: Client) -> None:
    with serving() as inside:
        # Its port may speak plain HTTP, so that only its number keeps the question away.
        client.leave = replace(client.leave, ports=client.leave.ports | {inside.port})
        location = f"http://inside.invented:{inside.port}/keys"
        address = server.answers("/x", Reply(302, {"Location": location}))
        assert verdict(address, client) == (UNKNOWN, "not asked: inside.invented is no public server")
        assert inside.asked == []
        client.leave = replace(client.leave, places=client.leave.places | {("127.0.0.1", inside.port)})
        verdict(address, client)
        assert len(inside.asked) == 2  # so the test would have heard a question


def test_one_private_number_among_public_ones_is_enough_to_refuse(client: Client) -> None:
    client.resolve = lambda *_: ["1.1.1.1", "10.0.0.1"]
    assert verdict("https://two.faces/", client)[1] == "not asked: two.faces is no public server"


def test_the_connection_goes_to_the_number_that_was_judged(
    server: LinkServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def look_up_numbers_alone(host: str, *arguments: Any, **more: Any) -> Any:
        assert host == "127.0.0.1", f"{host} was looked up a second time"
        return look_up(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up_numbers_alone)
    assert verdict(server.answers("/x", Reply()), client) == (ALIVE, "")


def test_http_is_asked_as_https() -> None:
    assert place_of("http://pages.invented/a?b=c#d", NO_LEAVE).address == "https://pages.invented/a?b=c"
    assert place_of("http://pages.invented:80/", NO_LEAVE).address == "https://pages.invented/"
    assert place_of("https://Pages.Invented./é", NO_LEAVE).address == "https://pages.invented/%C3%A9"
    with pytest.raises(Unanswered):
        place_of("http://pages.invented:8080/", NO_LEAVE)


# Ids


def test_a_doi_is_asked_of_the_handle_service(server: LinkServer, client: Client, services: Services) -> None:
    server.answers("/handles/10.5555/a?type=URL", Reply(body=b'{"responseCode":1,"values":[]}'))
    server.answers("/handles/10.5555/b?type=URL", Reply(404, body=b'{"responseCode":100}'))
    server.answers("/handles/10.5555/c?type=URL", Reply(404, body=b"<html>"))
    server.answers("/handles/10.5555/d?type=URL", Reply(body=b'{"responseCode":200}'))
    server.answers("/handles/10.5555/e?type=URL", Reply(403))
    server.answers("/handles/10.5555/%28f%29%3C%3E?type=URL", Reply(body=b'{"responseCode":1}'))
    assert [
        judge(f"https://doi.org/10.5555/{name}", client, services)
        for name in ("a", "b", "c", "d", "e", "(f)%3C%3E")
    ] == [
        (ALIVE, ""),
        (DEAD, "there is no such DOI"),
        (UNKNOWN, "the DOI service gave no answer to be read"),
        (UNKNOWN, "the DOI is registered and leads nowhere"),
        (BLOCKED, "its server answers 403"),
        (ALIVE, ""),
    ]
    assert judge("http://dx.doi.org/10.5555/a", client, services) == (ALIVE, "")


def test_a_trial_is_asked_of_the_registry(server: LinkServer, client: Client, services: Services) -> None:
    server.answers("/studies/NCT00000001", Reply(301, {"Location": "/studies/NCT00000002"}))
    server.answers("/studies/NCT00000002", Reply())
    assert judge("https://clinicaltrials.gov/study/NCT00000001", client, services) == (ALIVE, "")
    assert judge("https://clinicaltrials.gov/ct2/show/NCT00000003", client, services)[0] is DEAD


# What stands where


def test_addresses_are_found_with_file_and_line(world: World) -> None:
    world.write("content/glossary.md", "# G\n\nSee [a](https://a.invented/x_(y)), <https://b.invented/>.\n")
    world.replace("content/trials/dimmer-1.yml", "INV 00000001", "NCT00000001")
    world.replace(
        "content/trials/dimmer-1.yml",
        "The invented register, invented entry 1",
        '"Entry: http://c.invented/1"',
    )
    world.write("README.md", "Kept for examples: https://example.org/x, http://localhost:8000\n")
    links = links_of(read_all(world.root))
    places = {link.address: (link.file, link.line) for link in links}
    trial = "content/trials/dimmer-1.yml"
    assert places == {
        "https://a.invented/x_(y)": ("content/glossary.md", 3),
        "https://b.invented/": ("content/glossary.md", 3),
        "https://clinicaltrials.gov/study/NCT00000001": (trial, world.place(trial, "registration")[0]),
        "http://c.invented/1": (trial, world.place(trial, "  where:")[0]),
        f"https://doi.org/{QUILL_DOI}": (QUILL, world.place(QUILL, "doi:")[0]),
        "https://doi.org/10.5555/glimmer.2083.4": (ORRIN, world.place(ORRIN, "doi:")[0]),
        "https://pubmed.ncbi.nlm.nih.gov/000081012/": (QUILL, world.place(QUILL, "pmid")[0]),
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC81012/": (QUILL, world.place(QUILL, "pmcid")[0]),
        "https://github.com/example/invented-thumbs": (
            "mkdocs.yml",
            world.place("mkdocs.yml", "repository:")[0],
        ),
    }


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("(see https://a.invented/x).", "https://a.invented/x"),
        ("https://a.invented/x(1)5-6, then", "https://a.invented/x(1)5-6"),
        ("**https://a.invented**", "https://a.invented"),
        ('"https://a.invented/?q=1&r=2"', "https://a.invented/?q=1&r=2"),
        ("`https://a.invented/`", "https://a.invented/"),
    ],
)
def test_an_address_ends_where_the_sentence_takes_over(world: World, written: str, address: str) -> None:
    world.write("content/glossary.md", written)
    assert Link(address, "content/glossary.md", 1) in links_of(read_all(world.root))


# The cache


def run(addresses: list[str], earlier: list[Finding], client: Client, today: date) -> list[Finding]:
    before = {finding.address: finding for finding in earlier}
    return list(find(addresses, before, client, Services(), today, 30))


def test_a_link_is_dead_only_when_a_second_day_says_so(server: LinkServer, client: Client) -> None:
    address = server.answers("/x", Reply(404))
    first = run([address], [], client, TODAY)
    assert first == [Finding(address, "2090-02-07", DEAD, "its server answers 404", "2090-02-07")]
    assert first[0].suspected
    assert not first[0].needs_a_person
    assert run([address], first, client, TODAY)[0].suspected  # the same day proves nothing
    second = run([address], first, client, TODAY + WEEK)
    assert second[0].since == "2090-02-07"
    assert second[0].needs_a_person
    server.answers("/x", Reply())
    assert run([address], second, client, TODAY + 2 * WEEK)[0].verdict is ALIVE


def test_a_link_that_never_answers_needs_a_person_after_four_weeks(
    server: LinkServer, client: Client
) -> None:
    address = server.answers("/x", Reply(500))
    found: list[Finding] = []
    needed = []
    for week in range(6):
        found = run([address], found, client, TODAY + week * WEEK)
        needed.append(found[0].needs_a_person)
    assert needed == [False] * 4 + [True] * 2


def test_what_answered_is_believed_for_thirty_days(server: LinkServer, client: Client) -> None:
    address = server.answers("/x", Reply())
    found = run([address], [], client, TODAY)
    server.asked.clear()
    assert run([address], found, client, TODAY + timedelta(days=29)) == found
    assert server.asked == []
    again = run([address], found, client, TODAY + timedelta(days=30))
    assert again == [Finding(address, "2090-03-09", ALIVE, "", "2090-02-07")]
    assert run([address], found, client, TODAY - WEEK)[0].checked == "2090-01-31"  # a clock that ran ahead


@pytest.mark.parametrize("status", [403, 404, 500])
def test_what_did_not_answer_is_asked_again(server: LinkServer, client: Client, status: int) -> None:
    address = server.answers("/x", Reply(status))
    found = run([address], [], client, TODAY)
    server.answers("/x", Reply())
    assert run([address], found, client, TODAY)[0].verdict is ALIVE


def test_the_cache_is_json_with_dates_in_the_order_of_addresses(tmp_path: Path) -> None:
    findings = [
        Finding("https://b.invented/", "2090-02-07", DEAD, "its server answers 404", "2090-01-31"),
        Finding("https://a.invented/", "2090-02-07", ALIVE, "", "2090-02-07"),
    ]
    cache = tmp_path / "folder" / "links.json"
    write_cache(cache, findings)
    assert json.loads(cache.read_text(encoding="utf-8"))[1] == {
        "address": "https://b.invented/",
        "checked": "2090-02-07",
        "verdict": "dead",
        "detail": "its server answers 404",
        "since": "2090-01-31",
    }
    assert read_cache(cache) == {finding.address: finding for finding in findings}
    first = cache.read_bytes()
    write_cache(cache, reversed(findings))
    assert cache.read_bytes() == first


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    assert read_cache(tmp_path / "none.json") == {}
    wrong = tmp_path / "wrong.json"
    wrong.write_text('[{"address": 1}]', encoding="utf-8")
    with pytest.raises(NoCache, match="delete it"):
        read_cache(wrong)


# Retractions and corrections

# The shape of a work in Crossref's REST API: "Get Retraction Watch metadata from Crossref's API", Crossref
# tutorials, 2025. DOIs and dates are invented.
RETRACTED: Any = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": QUILL_DOI,
        "updated-by": [
            {
                "DOI": "10.5555/GLIMMER.correction",
                "type": "correction",
                "label": "Correction",
                "source": "publisher",
                "updated": {"date-parts": [[2082, 3, 6]], "timestamp": 3540000000000},
            },
            {
                "DOI": "10.5555/glimmer.retraction",
                "type": "retraction",
                "label": "Retraction",
                "source": "retraction-watch",
                "updated": {"date-parts": [[2090, 2, 1]]},
                "record-id": "81012",
            },
        ],
    },
}
CORRECTION = Notice("2082-03-06", "correction", "10.5555/glimmer.correction")
RETRACTION = Notice("2090-02-01", "retraction", "10.5555/glimmer.retraction")


def crossref(server: LinkServer, content: object) -> None:
    body = json.dumps(content).encode()
    server.answers("/works/10.5555%2Fglimmer.2081.12", Reply(body=body))


def reports_of(world: World, client: Client, services: Services) -> list[Unnoted | Unasked]:
    return list(unnoted(read_all(world.root).records["report"].values(), client, services))


def test_a_retraction_that_the_record_does_not_know_is_told(
    world: World, server: LinkServer, client: Client, services: Services
) -> None:
    crossref(server, RETRACTED)
    line = world.place(QUILL, "retraction:")[0]
    assert reports_of(world, client, services) == [
        Unnoted(QUILL, line, QUILL_DOI, "corrected, checked 2090-01-31", (RETRACTION,))
    ]


def test_what_the_record_knows_is_no_news(
    world: World, server: LinkServer, client: Client, services: Services
) -> None:
    crossref(server, RETRACTED)
    world.replace(QUILL, 'state: corrected, checked: "2090-01-31"', 'state: retracted, checked: "2090-02-03"')
    assert reports_of(world, client, services) == []


def test_a_correction_after_the_day_of_the_last_look_is_told(
    world: World, server: LinkServer, client: Client, services: Services
) -> None:
    crossref(server, {"message": {"updated-by": RETRACTED["message"]["updated-by"][:1]}})
    assert reports_of(world, client, services) == []
    world.replace(QUILL, 'checked: "2090-01-31"', 'checked: "2082-01-31"')
    found = reports_of(world, client, services)
    assert isinstance(found[0], Unnoted)
    assert found[0].notices == (CORRECTION,)


def test_a_report_that_crossref_does_not_know_is_no_news(
    world: World, client: Client, services: Services
) -> None:
    assert reports_of(world, client, services) == []  # the server answers 404 to all


def test_a_report_of_which_crossref_could_not_be_asked_is_told(
    world: World, server: LinkServer, client: Client, services: Services
) -> None:
    server.answers("/works/10.5555%2Fglimmer.2083.4", Reply(500))
    server.answers("/works/10.5555%2Fglimmer.2081.12", Reply(429, {"Retry-After": "90000"}))
    found = reports_of(world, client, services)
    assert [report.why for report in found if isinstance(report, Unasked)] == [
        "Crossref answers 500, and not in its own form",
        "its server asks to wait 90000 seconds",
    ]


@pytest.mark.parametrize(
    ("content", "notices"),
    [
        ({"message": {}}, ()),
        ({"message": {"updated-by": None}}, ()),
        ({"message": {"updated-by": [{}]}}, (Notice("", "of no type", ""),)),
        (
            {
                "message": {
                    "updated-by": [{"type": "Partial-Retraction", "updated": {"date-parts": [[2090]]}}]
                }
            },
            (Notice("2090", "partial_retraction", ""),),
        ),
        (
            {
                "message": {
                    "updated-by": [
                        {"type": "<b>", "DOI": "javascript:x", "updated": {"date-parts": [[None]]}}
                    ]
                }
            },
            (Notice("", "of no type", ""),),
        ),
        ({"message": {"updated-by": ["x"]}}, None),
        ({"message": "x"}, None),
        ([], None),
    ],
)
def test_what_crossref_says_is_read_with_care(content: object, notices: tuple[Notice, ...] | None) -> None:
    assert notices_in(json.dumps(content).encode()) == notices


def test_no_json_at_all_is_no_answer() -> None:
    assert notices_in(b"<html>") is None
    assert notices_in(b"[" * 100_000) is None


# The words


@pytest.fixture
def outcome() -> Outcome:
    def found(name: str, means: Verdict, detail: str = "", since: str = "2090-02-07") -> Finding:
        return Finding(f"https://{name}.invented/", "2090-02-07", means, detail, since)

    findings = (
        found("alive", ALIVE),
        found("dead", DEAD, "its server answers 404", "2090-01-31"),
        found("suspected", DEAD, "its server answers 404"),
        found("moved", MOVED, "https://new.invented/`</code>@all"),
        found("blocked", BLOCKED, "its server answers 403"),
        found("silent", UNKNOWN, "no answer came in time", "2090-01-01"),
        found("unknown", UNKNOWN, "no answer came in time"),
    )
    places = [Link(f.address, "content/glossary.md", i) for i, f in enumerate(findings, 1)]
    return Outcome(
        "2090-02-07",
        [*places, Link("https://dead.invented/", "README.md", 9)],
        findings,
        (Unnoted(QUILL, 20, QUILL_DOI, "corrected, checked 2090-01-31", (RETRACTION,)),),
        (Unasked(ORRIN, 20, "10.5555/x", "its server answers 500"),),
    )


def test_the_report_says_what_is_where(outcome: Outcome) -> None:
    assert (
        markdown(outcome)
        == """\
External links on 2090-02-07. 7 addresses: 1 alive, 1 moved, 2 dead, 1 blocked, 2 unknown.

## Reports with a notice that their record does not mention

- `content/reports/quill-2081.yml`, line 20 says `corrected, checked 2090-01-31`; \
Crossref says `retraction of 2090-02-01 (https://doi.org/10.5555/glimmer.retraction)`

## Dead

Nothing was there on two days.

- `https://dead.invented/`: `its server answers 404, since 2090-01-31`
  - `content/glossary.md`, line 2
  - `README.md`, line 9

## No answer for weeks

For 28 days or longer nothing came that says whether the page is there.

- `https://silent.invented/`: `no answer came in time, since 2090-01-01`
  - `content/glossary.md`, line 6

## Suspected

Nothing was there, for the first time. Asked again next time.

- `https://suspected.invented/`: `its server answers 404`
  - `content/glossary.md`, line 3

## Moved

It answers, and says where it stands now.

- `https://moved.invented/`: `https://new.invented/%60</code>@all`
  - `content/glossary.md`, line 4

## Blocked

The server refuses programs; a browser may show the page.

- `https://blocked.invented/`: `its server answers 403`
  - `content/glossary.md`, line 5

## Unknown

Nothing came that could be judged. Asked again next time.

- `https://unknown.invented/`: `no answer came in time`
  - `content/glossary.md`, line 7

## Crossref could not be asked

- `content/reports/orrin-2083.yml`, line 20: `10.5555/x`, `its server answers 500`
"""
    )


def test_the_terminal_names_only_what_a_person_should_mend(outcome: Outcome) -> None:
    assert list(text(outcome)) == [
        f"{QUILL}:20:1: the record says corrected, checked 2090-01-31; Crossref says retraction "
        "of 2090-02-01 (https://doi.org/10.5555/glimmer.retraction); "
        "read the notice and write what it changes",
        "content/glossary.md:2:1: dead: https://dead.invented/ (its server answers 404, since 2090-01-31); "
        "find the new address, or name another source",
        "README.md:9:1: dead: https://dead.invented/ (its server answers 404, since 2090-01-31); "
        "find the new address, or name another source",
        "content/glossary.md:6:1: no answer for weeks: https://silent.invented/ "
        "(no answer came in time, since 2090-01-01); find the new address, or name another source",
    ]


def test_the_report_fits_into_an_issue(outcome: Outcome) -> None:
    many = replace(
        outcome,
        findings=tuple(
            Finding(f"https://{'x' * 300}.invented/{i}", "2090-02-07", DEAD, "gone", "2090-01-31")
            for i in range(1_000)
        ),
    )
    assert LIMIT - 1_000 < len(markdown(many)) < LIMIT + 100
    assert markdown(many).endswith("And more: run `casebook links` to see all.\n")


# The command


@pytest.fixture
def casebook(
    world: World, client: Client, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Casebook:
    monkeypatch.setattr(links_command, "make_client", lambda _: (client, services))

    def run(*arguments: str) -> Result:
        cache, report = str(tmp_path / "links.json"), str(tmp_path / "found" / "links.md")
        fixed = ["links", "--root", str(world.root), "--cache", cache, "--report", report]
        return CliRunner().invoke(main, [*fixed, *arguments], catch_exceptions=False)

    return run


def test_the_command_tells_of_a_dead_link_on_the_second_run_and_still_ends_with_0(
    world: World, server: LinkServer, casebook: Casebook, tmp_path: Path
) -> None:
    address = server.answers("/gone", Reply(410))
    world.write("content/glossary.md", f"# G\n\n[gone]({address})\n")
    for path in ("10.5555/glimmer.2081.12", "10.5555/glimmer.2083.4"):
        server.answers(f"/handles/{path}?type=URL", Reply(body=b'{"responseCode":1}'))
    report = tmp_path / "found" / "links.md"
    first = casebook("--today", "2090-02-07")
    assert (first.exit_code, first.stdout) == (0, "")
    assert "6 addresses: 2 alive, 0 moved, 1 dead, 0 blocked, 3 unknown" in first.stderr
    assert report.read_text(encoding="utf-8") == ""
    second = casebook("--today", "2090-02-14", "--strict")
    assert second.exit_code == 1
    assert second.stdout.startswith(
        f"content/glossary.md:3:1: dead: {address} (its server answers 410, since"
    )
    assert "## Dead" in report.read_text(encoding="utf-8")
    assert casebook("--today", "2090-02-21").exit_code == 0


def test_the_command_lists_addresses_without_asking(
    world: World, server: LinkServer, casebook: Casebook
) -> None:
    listed = casebook("--list")
    assert (
        f"{QUILL}:{world.place(QUILL, 'doi:')[0]}:1: https://doi.org/{QUILL_DOI}"
        in listed.stdout.splitlines()
    )
    assert server.asked == []


def test_a_casebook_with_problems_is_mended_first(
    world: World, server: LinkServer, casebook: Casebook
) -> None:
    world.replace(QUILL, "design: case_report_with_review", "design: poem")
    stopped = casebook()
    assert stopped.exit_code == 1
    assert "no address was asked" in stopped.stderr
    assert server.asked == []


def test_a_machine_without_the_internet_calls_no_link_dead(
    casebook: Casebook, client: Client, tmp_path: Path
) -> None:
    def nobody(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    client.resolve = nobody
    stopped = casebook()
    assert stopped.exit_code == 1
    assert "is this machine on the internet?" in stopped.stderr
    assert not (tmp_path / "links.json").exists()


def test_a_wrong_cache_is_named_without_a_traceback(casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "links.json").write_text("{", encoding="utf-8")
    stopped = casebook()
    assert stopped.exit_code == 1
    assert "holds no findings" in stopped.stderr


def test_a_cache_that_cannot_be_written_is_told_without_a_traceback(
    casebook: Casebook, tmp_path: Path
) -> None:
    (tmp_path / "links").write_text("", encoding="utf-8")
    stopped = casebook("--cache", str(tmp_path / "links" / "in-a-file.json"))
    assert stopped.exit_code == 1
    assert "can't be written" in stopped.stderr


def test_who_asks_says_where_to_find_its_people(example: Review) -> None:
    client, _ = links_command.make_client(example.root)
    assert client.agent == "casebook-links (+https://github.com/example/invented-thumbs)"
    assert client.leave == NO_LEAVE
