"""Trust: what is kept, and what was learned from it."""

TITLE = "Trust"
PLACE = 10
