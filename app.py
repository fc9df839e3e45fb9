"""Thaw in the browser: streamlit run app.py."""

import streamlit as st

st.set_page_config(page_title="Thaw", page_icon="🧊", layout="wide", initial_sidebar_state=240)
st.navigation(
    [
        st.Page("pages/new_user.py", title="New user", default=True),
        st.Page("pages/new_item.py", title="New item"),
        st.Page("pages/compare.py", title="Compare"),
        st.Page("pages/metrics.py", title="Metrics"),
        st.Page("pages/catalogue.py", title="Catalogue"),
    ],
    position="top",
).run()
