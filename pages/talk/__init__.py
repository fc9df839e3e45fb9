"""Talk: what to ask next, and what the answer does to the list."""

TITLE = "Talk"
PLACE = 5
