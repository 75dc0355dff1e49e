"""The modules of the site that touch no page, run by Node: what they answer, as JSON."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.language_server import NODE
from tests.world import REPOSITORY

ASSETS = REPOSITORY / "overrides" / "assets"


def answer(module: str, expression: str, **given: Any) -> Any:
    """What an expression over a module's names (`m.csv(...)`) and given values comes to."""
    script = (
        f"import * as m from {json.dumps((ASSETS / module).as_uri())};"
        "let text = ''; for await (const part of process.stdin) text += part;"
        f"const {{{', '.join(given)}}} = JSON.parse(text);"
        f"process.stdout.write(JSON.stringify(await ({expression})) ?? 'null');"
    )
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", script],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)
