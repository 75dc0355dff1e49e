"""Templates: Jinja with one `finalize` that lets no text of a file become markup.

Our own templates run as they are; what is written in a page's blanks runs in a sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from build_tools.review.facts import Fact, lower_first, state_words

_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'{}"}
_MARKDOWN_SIGNS = _SIGNS | {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]()#+-.!|~^=:@/$%"}


def as_html(value: object) -> Markup:
    """Text as HTML that shows exactly that text: markup signs and braces become character references."""
    return value if isinstance(value, Markup) else _html(str(value))


@lru_cache(maxsize=20_000)
def _html(text: str) -> Markup:
    """A page says the same names, places and terms many times."""
    return Markup(text.translate(_SIGNS))


def as_markdown(value: object) -> Markup:
    """Text for a Markdown page: besides markup, every sign that Markdown reads becomes a reference.

    So do the white space at either end and in runs, for they make code, breaks and paragraphs.
    """
    if isinstance(value, Markup):
        return value
    text = str(value).translate(_MARKDOWN_SIGNS)
    return Markup(re.sub(r"^\s+|\s+$|\s{2,}|[^\S ]", lambda white: _references(white[0]), text))


def _references(signs: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in signs)


def inline(fact: Fact) -> str:
    """A fact's words inside a line: a term in small letters, an abbreviation as it is."""
    return fact.inline or fact.text


def upper_first(words: str) -> str:
    """Words as they begin a sentence."""
    return words[:1].upper() + words[1:]


class _NothingEndless(SandboxedEnvironment):
    """A sandbox in which no sum fills the memory: `'a' * 10**9` is refused, not worked out."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:  # noqa: ARG002
        if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
            return left * right
        raise SecurityError(f"'{operator}' can't be used in a blank")


E = TypeVar("E", bound=Environment)


def _environment(kind: type[E], finalize: Callable[[object], Markup]) -> E:
    environment = kind(
        loader=PackageLoader("build_tools", "templates"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals["state_words"] = state_words
    environment.filters["inline"] = inline
    environment.filters["lower_first"] = lower_first
    environment.filters["upper_first"] = upper_first
    return environment


HTML = _environment(Environment, as_html)
INLINE = _environment(Environment, as_markdown)
MARKDOWN = _environment(_NothingEndless, as_markdown)


def render(template: str, **values: Any) -> Markup:
    """A template of `build_tools/templates/` filled in, as one raw block: no blank line ends it early."""
    text = HTML.get_template(template).render(values)
    return Markup(re.sub(r"\n\s*\n+", "\n", text).strip())


def render_inline(template: str, **values: Any) -> Markup:
    """A template filled in for the middle of a Markdown line, where Markdown reads the text inside tags."""
    return Markup(INLINE.get_template(template).render(values).strip())
