"""Four answers at a glance: how many would like it, who most, whether it fills a gap, how high."""

from dataclasses import asdict, dataclass

import streamlit as st


@dataclass(frozen=True)
class Tile:
    """An answer: what is asked, the answer, and beside what it must be seen, all plain text.

    ``full`` is the same in a sentence, for who points at it.
    """

    asked: str
    answer: str
    beside: str
    full: str


_TILES = st.components.v2.component(
    "thaw_new_item_tiles",
    html="<dl></dl>",
    css="""
dl { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 8px; margin: 0; }
dl > div {
  height: 72px; box-sizing: border-box; padding: 4px 10px; overflow: hidden;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  background: var(--st-secondary-background-color); color: var(--st-text-color);
  font: 14px/20px var(--st-font);
}
dt, dd { margin: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
dt { opacity: 0.85; }
dd.answer { font-size: 17px; line-height: 22px; font-weight: 600; letter-spacing: -0.2px; }
@media (max-width: 640px) { dl { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
""",
    js="""
export default function ({ data, parentElement }) {
  const line = (kind, text, name) => {
    const made = document.createElement(kind)
    made.textContent = text
    made.className = name
    return made
  }
  const tiles = data.tiles.map((tile) => {
    const made = document.createElement("div")
    made.title = tile.full
    made.append(
      line("dt", tile.asked, "asked"),
      line("dd", tile.answer, "answer"),
      line("dd", tile.beside, "beside"),
    )
    return made
  })
  parentElement.querySelector("dl").replaceChildren(...tiles)
}
""",
)


def show_tiles(tiles: list[Tile]) -> None:
    """The tiles in one row, on a phone in two."""
    data = {"tiles": [asdict(tile) for tile in tiles]}
    _TILES(key="new_item_tiles", data=data)
