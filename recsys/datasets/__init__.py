"""Sources: each file turns something on disk into Tables.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), and ``load(...)``, which returns
Tables.
"""
