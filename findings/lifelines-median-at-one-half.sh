#!/bin/bash
# lifelines 0.30.0: the median is missed where half of the patients have died.
#
# Six patients die, one a week, from week 1 to week 6. After the third death 3 of 6 are alive: S = 1/2. lifelines takes
# for the median the first time at which S is one half or less. Expected: week 3; and week 3 as well if the last
# three are still alive. Seen: week 4, and infinity ("not reached").
# The cause is its product: exp of a sum of logarithms, 0.5000000000000001 after the third death, and the comparison
# has no tolerance. With 4, 10, 12 or 16 deaths the product ends at one half or just below, and the median is as expected.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check "lifelines==0.30.0"
"$folder/env/bin/python" - <<'PYTHON'
from math import inf

import lifelines

def median(n, deaths):
    fitter = lifelines.KaplanMeierFitter().fit(range(1, n + 1), [week <= deaths for week in range(1, n + 1)])
    share = float(fitter.survival_function_["KM_estimate"][n // 2])
    print(f"{n} patients, {deaths} deaths: S({n // 2}) = {share!r}, median {fitter.median_survival_time_}")
    return fitter.median_survival_time_

print("lifelines", lifelines.__version__)
seen = [median(6, 6), median(6, 3), median(14, 14), median(10, 10)]
assert seen == [4.0, inf, 8.0, 5.0], "lifelines behaves otherwise now"
print("the first three medians are late, the last is as expected")
PYTHON
