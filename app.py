"""Thaw in the browser: streamlit run app.py.

A page is a folder ``pages/NAME`` with a ``page.py``; its ``__init__`` has its ``TITLE`` and its
``PLACE`` in the navigation. The first page is the one that opens; the address of any other ends in
its name.
"""

from importlib import import_module
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.ahead import load_ahead

HERE = Path(__file__)

if __name__ != "__main__":  # once, as the server starts: the application that it serves
    # Else Streamlit takes a folder called pages for its older kind of app of several pages, and
    # tells the first visitor who follows a link that there is no such page.
    PagesManager.uses_pages_directory = False
    app = st.App(HERE, lifespan=load_ahead)
else:  # at every run of a page
    st.set_page_config(page_icon="🧊", layout="wide")
    paths = {path.parent.name: path for path in HERE.parent.glob("pages/*/page.py")}
    about = {name: import_module(f"pages.{name}") for name in paths}
    first, *others = sorted(about, key=lambda name: (about[name].PLACE, name))
    pages = [st.Page(paths[first], title=about[first].TITLE, default=True)]
    for name in others:
        pages.append(st.Page(paths[name], title=about[name].TITLE, url_path=name))
    chosen = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{chosen.title} · Thaw")
    chosen.run()
