"""How an item was received where it was shown, in words."""

from recsys.signals.reception import Rates


def reception_line(rates: Rates, row: int) -> str:
    """What was predicted of the item of that row, and what is expected after its showings, each
    with its 80 % interval; what was predicted alone where it was never shown."""
    first, now = rates.interval_before(row), rates.interval_now(row)
    told = f"predicted {rates.predicted[row]:.0%} [{first[0]:.0%} to {first[1]:.0%}]"
    shown = int(rates.shown[row])
    if not shown:
        return told
    times = "showing" if shown == 1 else "showings"
    after = f"{rates.mean[row]:.0%} [{now[0]:.0%} to {now[1]:.0%}]"
    return f"{told}, after {shown:,} {times} {after}"
