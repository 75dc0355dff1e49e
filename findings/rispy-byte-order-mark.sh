#!/bin/sh
# rispy 0.10.0: a RIS file that begins with a byte order mark, as Windows programs save it, holds no reference.
#
# Expected: the same reference with and without the mark, or an error.
# Seen: an empty list and no error; the first reference of a larger file vanishes among the others.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --quiet rispy==0.10.0
cd "$folder"
venv/bin/python - <<'PY'
from pathlib import Path

import rispy

one = "TY  - JOUR\nTI  - A toe that hummed\nER  - \n"
two = one + "TY  - JOUR\nTI  - A second toe\nER  - \n"
Path("plain.ris").write_text(one, encoding="utf-8")
Path("marked.ris").write_text(one, encoding="utf-8-sig")
Path("two.ris").write_text(two, encoding="utf-8-sig")
seen = {name: [r["title"] for r in rispy.load(Path(name), encoding="utf-8")] for name in ("plain.ris", "marked.ris", "two.ris")}
print("rispy 0.10.0:", seen)
assert seen == {"plain.ris": ["A toe that hummed"], "marked.ris": [], "two.ris": ["A second toe"]}, "this has changed"
PY
