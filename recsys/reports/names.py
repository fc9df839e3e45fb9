"""Names that reports use, and the seed by which they can be made again."""

DEFAULT = "default"
"""The strategy of an app that nobody has touched."""

UNPOPULAR = "default without popularity"
"""The default strategy where popularity has no say."""

SEED = 0
"""Of the random strategy, of what breaks ties, of sampled likes and of training."""
