"""Protocols, one a file, and what they share: training, strategies, report."""
