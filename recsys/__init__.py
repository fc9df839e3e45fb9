"""Thaw: cold-start recommendation from plain words."""

__version__ = "0.1.0"
