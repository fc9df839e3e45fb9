"""Doctests of the pages' parts are run; a page itself would draw as soon as it is imported."""

collect_ignore_glob = ["*/page.py"]
