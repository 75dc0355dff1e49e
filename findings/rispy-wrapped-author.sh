#!/bin/sh
# rispy 0.10.0: a title that runs over two lines is joined, an author that runs over two lines becomes two authors.
#
# Expected: one author, for the second line has no tag, just as in the title.
# Seen: the rest of the name is an author of its own.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --quiet rispy==0.10.0
cd "$folder"
venv/bin/python - <<'PY'
import rispy

lines = ["TY  - JOUR", "TI  - A toe", "      that hummed", "AU  - Toe Study Group of the", "      Northern Valleys", "ER  - "]
(seen,) = rispy.loads("\n".join(lines))
print("rispy 0.10.0:", seen["title"], "|", seen["authors"])
assert seen["title"] == "A toe that hummed", "this has changed"
assert seen["authors"] == ["Toe Study Group of the", "Northern Valleys"], "this has changed"
PY
