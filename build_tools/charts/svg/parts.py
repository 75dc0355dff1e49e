"""What a picture is made of: strokes, signs and words, each at its place in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

FONT = 13
LINE = 16
"""The height of a line of words."""
GLYPH = 7.4
"""The average width of a glyph at FONT, on the wide side, so that no words are cut off."""
BROAD = frozenset("mwMW@%")
"""Glyphs that need the room of nearly two."""
INK = ""
"""The colour of whatever the figure gives no colour: the page's own, by its class."""


class NotDrawable(ValueError):
    """The figure asks for something that the static picture can't show; the message names it."""


@dataclass(frozen=True)
class Stroke:
    """A path, in a colour or filled or both; without a colour it takes the page's."""

    path: str
    colour: str | None = INK
    width: float = 1.5
    dash: str = ""
    fill: str = "none"
    opacity: float = 1
    title: str = ""


@dataclass(frozen=True)
class Sign:
    """One marker: a path around (0, 0), filled or open, moved to its place."""

    path: str
    filled: bool
    colour: str
    x: float = 0
    y: float = 0
    scale: float = 1
    title: str = ""


@dataclass(frozen=True)
class Words:
    """Lines of words; `y` is the base of the first one. `moves` says that a reader can move them away, as
    the numbers of an axis do when a live chart is enlarged.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str = "middle"
    colour: str = INK
    quiet: bool = False
    size: float = FONT
    turn: float = 0
    link: str | None = None
    title: str = ""
    moves: bool = False

    @property
    def placed(self) -> list[tuple[float, str]]:
        """Each line with the base it stands on."""
        return [(round(self.y + i * self.height, 1), line) for i, line in enumerate(self.lines)]

    @property
    def height(self) -> float:
        """From one line to the next."""
        return round(LINE * self.size / FONT, 1)


Part = Stroke | Sign | Words

SHAPES = {
    "circle": "M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0Z",
    "square": "M-5-5H5V5H-5Z",
    "diamond": "M0-7L6 0L0 7L-6 0Z",
    "triangle-up": "M0-7L6.5 5H-6.5Z",
    "triangle-down": "M0 7L6.5-5H-6.5Z",
    "triangle-left": "M5-6.5L-7 0L5 6.5Z",
    "triangle-right": "M-5-6.5L7 0L-5 6.5Z",
    "hexagon": "M-6 0L-3-5.5H3L6 0L3 5.5H-3Z",
    "star": "M0-7.5L2-2.3L7.4-2.3L3.1 1.1L4.6 6.4L0 3.3L-4.6 6.4L-3.1 1.1L-7.4-2.3L-2-2.3Z",
    "x": "M-6-6L6 6M6-6L-6 6",
    "cross": "M-6 0H6M0-6V6",
    "asterisk": "M-6 0H6M0-6V6M-4-4L4 4M4-4L-4 4",
    "line-ns": "M0-6V6",
    "line-ew": "M-6 0H6",
}
"""Symbol of Plotly -> the path of its sign, for a marker of size 12."""
LINES_ONLY = frozenset({"x", "cross", "asterisk", "line-ns", "line-ew"})

DASHES = {"solid": "", "dot": "1.5 3.5", "dash": "7 4", "longdash": "12 5", "dashdot": "7 3 1.5 3"}


def dash(line: dict[str, object]) -> str:
    """The dashes of a line."""
    name = str(line.get("dash", "solid"))
    if name not in DASHES:
        raise NotDrawable(f"the static picture knows no line of dash '{name}'")
    return DASHES[name]


def sign(symbol: str, colour: str, x: float = 0, y: float = 0, size: float = 12, title: str = "") -> Sign:
    """A marker by Plotly's name for it."""
    shape = symbol.removesuffix("-open").removesuffix("-thin")
    if shape not in SHAPES:
        raise NotDrawable(f"the static picture knows no marker '{symbol}'")
    filled = not symbol.endswith("-open") and shape not in LINES_ONLY
    return Sign(SHAPES[shape], filled, colour, x, y, round(size / 12, 2), title)


def box(x1: float, y1: float, x2: float, y2: float) -> str:
    """The path of a rectangle."""
    left, right, top, bottom = (n(v) for v in (min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)))
    return f"M{left} {top}H{right}V{bottom}H{left}Z"


def n(pixels: float) -> str:
    """A place in pixels, to a tenth."""
    return f"{round(pixels, 1):g}"


def wide(words: str, size: float = FONT) -> float:
    """About how wide words are, rather too much than too little."""
    return _glyphs(words) * GLYPH * size / FONT


@lru_cache(maxsize=50_000)
def _glyphs(words: str) -> float:
    """How many common letters would be as wide."""
    return len(words) + 0.7 * sum(map(words.count, BROAD))


def wrapped(words: str, room: float, most: int) -> tuple[str, ...]:
    """Words broken into lines that fit, `most` of them; what can't be shown becomes '…'.

    Each paragraph of the words keeps at least its first line.
    """
    lines: list[str] = []
    paragraphs = words.split("\n")[:most]
    for number, paragraph in enumerate(paragraphs, 1):
        later = len(paragraphs) - number
        lines += _cut(_balanced(paragraph, room), max(1, most - len(lines) - later))
    fits = max(1, int(room / GLYPH + 0.01))
    return tuple(line if len(line) <= fits else line[: fits - 1].rstrip(" …") + "…" for line in lines)


def _balanced(paragraph: str, room: float) -> list[str]:
    """As few lines as fit, each about as long as the others, so that no word stands alone."""
    lines = _lines(paragraph, room)
    while len(lines) > 1 and len(closer := _lines(paragraph, room - GLYPH)) == len(lines):
        if max(map(len, closer)) > room / GLYPH:  # a long word alone
            break
        lines, room = closer, room - GLYPH
    return lines


def _lines(paragraph: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in paragraph.split(" "):
        if lines and wide(f"{lines[-1]} {word}") <= room + 0.1:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
