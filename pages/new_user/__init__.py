"""New user: what would someone who says this want to see?"""

TITLE = "New user"
PLACE = 1
