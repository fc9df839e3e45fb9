"""A Progress that a visitor can see."""

from streamlit.delta_generator import DeltaGenerator


def advance(bar: DeltaGenerator, done: int, total: int, what: str) -> None:
    """Moves the ``bar`` and says how far ``what`` is; the rest is a Progress."""
    bar.progress(min(done / max(total, 1), 1.0), f"{what.capitalize()}: {done:,} of {total:,}")
