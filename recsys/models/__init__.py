"""Models that are trained on a workspace: each file turns what is known into a dict of arrays."""
