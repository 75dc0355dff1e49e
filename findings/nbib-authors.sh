#!/bin/sh
# nbib 0.3.2: a PubMed record whose authors stand as AU alone, as in records of before 2002, has no authors.
#
# Expected: the authors of AU where there is no FAU; both corporate authors; the DOI of LID as that of AID.
# Seen: an empty list of authors, the last corporate author alone, no DOI, and no error for any of them.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --quiet nbib==0.3.2
cd "$folder"
venv/bin/python - <<'PY'
import nbib

record = """
PMID- 39999001
TI  - A toe that hummed.
LID - 10.5555/toe.1 [doi]
AU  - Vesper I
AU  - Orrin B
CN  - Toe Group
CN  - Hand Group
"""
(seen,) = nbib.read(record)
print("nbib 0.3.2:", seen)
assert seen["title"] == "A toe that hummed.", "this has changed"
assert seen["authors"] == [], "this has changed"
assert seen["corporate_author"] == "Hand Group", "this has changed"
assert "doi" not in seen, "this has changed"
PY
