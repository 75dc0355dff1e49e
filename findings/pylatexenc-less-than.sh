#!/bin/sh
# pylatexenc 2.11: \textless and \textgreater, the LaTeX names of < and >, are printed as nothing.
#
# Expected: "p < 0.05", or the command as it stands; 'p $<$ 0.05' does print the sign.
# Seen: "p 0.05", with no warning in strict mode either: a bound becomes a point.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --quiet pylatexenc==2.11
cd "$folder"
venv/bin/python - <<'PY'
from pylatexenc.latex2text import LatexNodes2Text

text = LatexNodes2Text(math_mode="text")
seen = [text.latex_to_text(s, tolerant_parsing=False) for s in (r"p \textless{} 0.05", r"\textgreater{}5 cm", "p $<$ 0.05")]
print("pylatexenc 2.11:", seen)
assert [" ".join(s.split()) for s in seen] == ["p 0.05", "5 cm", "p < 0.05"], "this has changed"
PY
