"""The site by MkDocs: built aside in strict mode, verified, then put in the old one's place."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from build_tools.problems.problem import ProblemsFound
from build_tools.publishing.generate import Site, generate
from build_tools.publishing.lock import only_build
from build_tools.publishing.mkdocs_hook import MADE
from build_tools.publishing.swap import replacing
from build_tools.publishing.target import refuse
from build_tools.publishing.verification import BuiltSite, verify
from build_tools.reading.settings import read_settings

_OF_A_SITE = ("index.html", "404.html")


class BuildFailed(Exception):
    """MkDocs could not build the site; the message is its own."""


class NotVerified(ProblemsFound):
    """The built site is not what it should be."""


def build_site(root: Path, out: Path) -> BuiltSite:
    """Builds the site of `root` into `out`; the old site stays whole unless the new one is finished.

    Raises ProblemsFound for a file, BuildFailed for MkDocs, NotVerified for the built site, WrongFolder for a
    wrong `out`, Busy while another build writes to it, and OSError where the disk is full or refuses.
    """
    root, out = root.resolve(), out.resolve()
    refuse(root, out, "site", _OF_A_SITE)
    out.parent.mkdir(parents=True, exist_ok=True)
    with only_build(out), replacing(out) as new:
        site = generate(root)  # all problems of all files, before an engine starts
        _by_mkdocs(root, new, site)
        built = verify(new, site.pages, site.downloads, read_settings(root).address)
        if built.problems:
            raise NotVerified(built.problems)
    return built


def _by_mkdocs(root: Path, out: Path, site: Site) -> None:
    """Runs MkDocs on what was generated; what it says is for people."""
    said = StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
    logger = logging.getLogger("mkdocs")
    before, logger.propagate = (logger.level, logger.propagate), False
    # Strict counts a warning only if it would be printed.
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        with _first_day_of_all():
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=True)
            setattr(config, MADE, site)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(f"MkDocs did not build the site:\n{said.getvalue()}{error}".strip()) from None
    except OSError:
        raise
    except Exception as error:
        raise BuildFailed(f"MkDocs stopped: {type(error).__name__}: {error}") from None
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]


@contextmanager
def _first_day_of_all() -> Iterator[None]:
    """The day of a build is no part of it: where MkDocs asks for a date, it gets the first day of all."""
    name, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ |= {name: "0", "NO_MKDOCS_2_WARNING": "1"}
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
