"""C911-C939: the built site, looked at before it takes the old one's place."""

from __future__ import annotations

from build_tools.problems.problem import Mistake

PAGE_MISSING = Mistake("C911", 4, "this page was not built", "look for a second source of the same address")
PAGE_UNASKED = Mistake("C912", 4, "nothing asked for this page", "remove it from content/ or overrides/")
FILE_MISSING = Mistake("C913", 4, "this file was not built", "look for a second source of the same address")
FILE_DIFFERS = Mistake(
    "C914",
    4,
    "this file says something else than was asked for",
    "if a file was changed meanwhile, build again; else two sources write this file",
)
SAME_FILE = Mistake("C915", 4, "on many disks this is the same file as {other}", "rename one of them")
SITE_TOO_BIG = Mistake(
    "C916",
    4,
    "the site has {size}, more than the {limit} it may have",
    "the biggest file is {biggest}; make it smaller or leave it out",
)
SEARCH_TOO_BIG = Mistake(
    "C917",
    4,
    "a first question to the search loads {size}, more than {limit}",
    "take long pages out of the search",
)

DEAD_LINK = Mistake(
    "C921", 4, "{shown} leads to nothing in the site", "mend the link, or add what it should lead to"
)
DEAD_ANCHOR = Mistake("C922", 4, "{shown}: {page} has no place '{place}'", "mend what stands behind the #")
LEADS_OUT = Mistake(
    "C923",
    4,
    "{shown} leads out of the site",
    "write the way from this page, or a whole address that begins with https://",
)
OTHER_HOST = Mistake(
    "C924", 4, "{shown} asks another host", "put the file into the site: readers ask no other host"
)
ORPHAN = Mistake(
    "C925", 4, "no link leads to this page", "link to it from a page that can be reached from the home page"
)

BLANK_LEFT = Mistake("C931", 4, "a blank was not filled: '{text}'", "fill it, or write it as code")
NO_VALUE = Mistake(
    "C932", 4, "a value is missing: {what}", "mend what makes it; if it is meant, say of what: 'None known'"
)
NO_TITLE = Mistake("C933", 4, "this page has no {name}", "give it one")
SAME_ID = Mistake("C934", 4, "the id '{name}' stands twice on this page", "rename one of them")
