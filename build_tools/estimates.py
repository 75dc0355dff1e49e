"""The statistics: shares with their intervals, computed by scipy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Proportion:
    """A share k/n with two 95 % intervals, each as (low, high) between 0 and 1.

    `wilson` is Wilson's score interval; `exact` is the interval of Clopper and Pearson, which is never too
    narrow.
    """

    k: int
    n: int
    wilson: tuple[float, float]
    exact: tuple[float, float]

    @property
    def share(self) -> float:
        """k/n."""
        return self.k / self.n


def proportion(k: int, n: int) -> Proportion:
    """The share k/n with its intervals; ValueError where there is no denominator or k lies outside 0 to n."""
    from scipy.stats import binomtest  # noqa: PLC0415  (over a second: only where a share is estimated)

    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share")
    test = binomtest(k, n)
    wilson = test.proportion_ci(confidence_level=0.95, method="wilson")
    exact = test.proportion_ci(confidence_level=0.95, method="exact")
    return Proportion(k, n, (float(wilson.low), float(wilson.high)), (float(exact.low), float(exact.high)))
