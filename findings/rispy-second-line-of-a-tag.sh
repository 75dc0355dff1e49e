#!/bin/sh
# rispy 0.10.0: of two lines with one tag, the second is dropped without a word, though unknown tags are kept.
#
# Expected: both, as for unknown tags, or an error; Web of Science writes C1 once an author, Ovid two lines of N2.
# Seen: the first alone, with the default settings of loads().
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --quiet rispy==0.10.0
cd "$folder"
venv/bin/python - <<'PY'
import rispy

lines = ["TY  - JOUR", "C1  - First clinic", "C1  - Second clinic", "XX  - One", "XX  - Two", "ER  - "]
(seen,) = rispy.loads("\n".join(lines))
print("rispy 0.10.0:", {"C1": seen["custom1"], "XX": dict(seen["unknown_tag"])["XX"]})
assert seen["custom1"] == "First clinic", "this has changed"
assert dict(seen["unknown_tag"]) == {"XX": ["One", "Two"]}, "this has changed"
assert "Second clinic" not in str(seen), "this has changed"
PY
