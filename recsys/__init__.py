"""Thaw: cold-start recommendation from plain words."""

__version__ = "0.3.0"
