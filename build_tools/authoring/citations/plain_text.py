"""Entities, markup and LaTeX as the letters that they print; an author's own signs stay as they are."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_db
from pylatexenc.macrospec import LatexContextDb, std_macro

from build_tools.reading.characters import CONTROL, INVISIBLE

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_TAGS = (
    "i|b|u|em|strong|italic|bold|underline|sc|scp|smallcaps|small|big|span|p|br|font|title|tt|roman|"
    "sans-serif|inline-formula|math|named-content|styled-content|sup|sub|inf|style"
)
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?"""
_MARKUP = re.compile(rf"</?(?:(?:jats:)?(?:{_TAGS})|mml:[a-z]+){_ATTRIBUTES}>", re.I)
_RAISED = re.compile(r"(?<=\d)<(?:jats:)?sup>([-+−–]?\d+)</(?:jats:)?sup>", re.I)
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def clean(text: str) -> str:
    """Text as a file may hold it: one line, composed letters, no invisible or control characters."""
    spaced = _SPACE.sub(" ", unicodedata.normalize("NFC", text))
    return re.sub(f"{CONTROL.pattern}|{INVISIBLE.pattern}", "", spaced).strip()


def unmarked(text: str) -> str:
    """Text without entities and without the tags that publishers set in titles, cleaned.

    `<i>vena</i> &amp; 10<sup>6</sup>` is `vena & 10⁶`; `p<0.05` and `R&D` have no markup.
    """
    for _ in range(3):  # `&amp;amp;` is what two programs in a row make of an ampersand
        once = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if once == text:
            break
        text = once
    raised = _RAISED.sub(lambda found: found[1].translate(_SUPERSCRIPT), text)
    return clean(_MARKUP.sub("", raised))


_NO_COMMAND = {"textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "slash": "/"}
_SILENT = ("protect", "relax", "ttfamily", "rmfamily", "sffamily", "newline", "/", "@", "mkbibemph", "nocite")
_OF_ITS_TEXT = ("textsubscript", "NoCaseChange", "uppercase", "lowercase", "mkbibquote", "mbox", "hbox")
_MATH = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_SCRIPT = re.compile(r"([\^_])\s*(?:\{([\w+−-]*)\}|([\w+−-]))")


def from_latex(latex: str) -> str:
    r"""The text that LaTeX prints: `{\"U}ber` is Über; braces that only keep capitals fall away.

    Reference managers also write what is no LaTeX: a bare `&`, `%`, `$` or `~5` is the sign itself.
    """
    text = re.sub(r"\\textsuperscript\s*\{([^{}]*)\}", r"<sup>\1</sup>", latex)
    text = _MATH.sub(lambda formula: _SCRIPT.sub(_script, formula[0]), text)
    text = re.sub(r"(?<!\\)([&%])", r"\\\1", text)
    text = re.sub(r"(?<![^\s(])~(?=\d)|\\~\{\s*\}|\\textasciitilde(?:\{\}|(?![A-Za-z])\s*)", "\ue000", text)
    text = re.sub(r"\\\^\{\s*\}|\\textasciicircum(?:\{\}|(?![A-Za-z]))", "^", text)
    text = _without_false_math(text)
    printed = LatexNodes2Text(math_mode="text", latex_context=_printing()).nodelist_to_text(
        LatexWalker(text, latex_context=_walking(), tolerant_parsing=True).get_latex_nodes()[0]
    )
    return unmarked(printed.replace("\ue000", "~"))


def unknown_commands(latex: str) -> list[str]:
    """The LaTeX commands in a text whose letters are not known here."""
    printing = _printing()
    commands = re.findall(r"\\([A-Za-z]{2,})", latex)
    return [name for name in commands if printing.get_macro_spec(name) is _UNKNOWN]


def _script(found: re.Match[str]) -> str:
    text = found[2] or found[3] or ""
    return f"<sup>{text}</sup>" if found[1] == "^" else text


def _without_false_math(text: str) -> str:
    """Dollars that hold no formula, as the sign."""
    if len(re.findall(r"(?<!\\)\$", text)) % 2:
        return re.sub(r"(?<!\\)\$", r"\\$", text)
    return _MATH.sub(
        lambda found: (
            found[0] if re.search(r"[\\^_]", found[1]) or " " not in found[1] else rf"\${found[1]}\$"
        ),
        text,
    )


_UNKNOWN = MacroTextSpec("", discard=False)


@cache
def _printing() -> LatexContextDb:
    """pylatexenc's table of commands, with those that it prints as nothing."""
    table = get_default_latex_context_db()
    table.add_context_category(
        "citations",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, simplify_repl=sign) for name, sign in _NO_COMMAND.items()),
            *(MacroTextSpec(name, simplify_repl="") for name in _SILENT),
            *(MacroTextSpec(name, simplify_repl="%s") for name in (*_OF_ITS_TEXT, "url")),
            MacroTextSpec("href", simplify_repl="%s %s"),
        ],
    )
    table.set_unknown_macro_spec(_UNKNOWN)
    return table


@cache
def _walking() -> LatexContextDb:
    """How many arguments those commands take."""
    table = get_walker_db()
    macros = [std_macro(name, False, 1) for name in (*_OF_ITS_TEXT, "url")] + [std_macro("href", False, 2)]
    table.add_context_category("citations", prepend=True, macros=macros)
    return table
