"""From contributions and evidence to a sentence a person can read."""

from recsys.engine import Recommendation


def reasons(result: Recommendation, place: int) -> list[tuple[str, str]]:
    """(signal, reason) of the item at ``place`` (from 0) of the shown, the strongest first.

    Only what lifted the item is a reason for its place.
    """
    shown = result.shown
    lift = shown.iloc[place].drop(["rank", "score"])
    order = lift[lift > 0].sort_values(ascending=False, kind="stable").index
    return [(name, result.evidence[name][place]) for name in order if result.evidence[name][place]]


def sentence(result: Recommendation, place: int) -> str:
    """One honest line: why the item stands where it stands."""
    found = [reason for _, reason in reasons(result, place)]
    return (
        ("Because: " + "; ".join(found) + ".")
        if found
        else "Nothing speaks for it; it fills the list."
    )
