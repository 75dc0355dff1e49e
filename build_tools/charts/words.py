"""Numbers of the statistics as words: shares, intervals, medians and tests."""

from __future__ import annotations

from build_tools.analysis.estimates import Fisher, LogRank, Median, Proportion, Refusal

NOT_REACHED = "not reached"


def percent(share: float) -> str:
    """A share in per cent, without decimals: from few patients more would be for show."""
    return f"{share * 100:.0f}"


def interval(low: float, high: float) -> str:
    """An interval of shares in per cent."""
    return f"{percent(low)}–{percent(high)}%"


def share(found: Proportion) -> str:
    """A share with its denominator and its interval, such as 5 of 7, 71% (36–92%)."""
    return f"{found.k} of {found.n}, {percent(found.share)}% ({interval(*found.wilson)})"


def months(number: float) -> str:
    """A time as words."""
    return f"{number:g} month{'' if number == 1 else 's'}"


def median(found: Median) -> str:
    """A median with its interval, each end of which may not be reached."""
    low = "" if found.low is None else f"{found.low:g}"
    high = NOT_REACHED if found.high is None else f"{found.high:g}"
    bounds = f"95% interval {low} to {high}" if low else f"95% interval {NOT_REACHED}"
    return f"{NOT_REACHED if found.time is None else months(found.time)} ({bounds})"


def p_value(p: float) -> str:
    """A p value to two digits."""
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def test(found: LogRank | Fisher | Refusal) -> str:
    """What a comparison says, or why there is none."""
    if isinstance(found, Refusal):
        return f"The groups are not tested against each other: {found.reason}."
    if isinstance(found, LogRank):
        return f"Log-rank test by this casebook: chi-square {found.chi_square:.2f}, {p_value(found.p)}."
    return f"Fisher's exact test by this casebook: {p_value(found.p)}."


def sentence(words: str) -> str:
    """Words as a sentence."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
