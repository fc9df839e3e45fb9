"""Which strategy is better in use: A/B tests and interleaving that may be looked at at any time."""
