"""Thaw in the browser: streamlit run app.py."""

import streamlit as st

st.set_page_config(page_title="Thaw", page_icon="🧊", layout="wide", initial_sidebar_state=240)
st.navigation(
    [
        st.Page("pages/new_user/page.py", title="New user", default=True),
        st.Page("pages/new_item/page.py", title="New item", url_path="new_item"),
        st.Page("pages/compare/page.py", title="Compare", url_path="compare"),
        st.Page("pages/metrics/page.py", title="Metrics", url_path="metrics"),
        st.Page("pages/catalogue/page.py", title="Catalogue", url_path="catalogue"),
    ],
    position="top",
).run()
