"""New item: where would this land?"""

import streamlit as st

from pages.new_item import form, result, versions
from pages.new_item.bulk import show_bulk
from pages.new_item.export import show_exports
from pages.new_item.publish import show_publish, show_published
from pages.new_item.quality import show_quality
from pages.new_item.visit import judge
from pages.shared import address, resources, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError

opened = workspaces.choose()
form.set_item(opened)
item = new_items = judged = None

st.title(f"Where would this {escape(opened.catalogue.about.get('noun', 'item'))} land?")
form.show_examples(opened)
left, right = st.columns([2, 3], gap="large")

with left:
    form.show_form(opened)
    versions.show_buttons()

with right:
    try:
        item = form.item(opened)
        with st.skeleton(height=600):
            new_items = resources.new_items(opened)
        judged = judge(opened, new_items, item)
    except ThawError as error:
        st.warning(escape(str(error)), title="Nothing to judge yet")
    else:
        versions.note(item)
        result.show_duplicates(judged)
        result.show_verdict(judged)
        versions.show_moved(judged)
        result.show_attributes(judged)

with left:
    if judged:
        versions.show_sentences(judged)
    if item:
        show_publish(opened, item, judged)
    show_published(opened)

if judged:
    left, right = st.columns(2, gap="large")
    with left:
        result.show_neighbours(judged)
    with right:
        result.show_audience(judged)
        result.show_places(judged)
    left, right = st.columns([2, 3], gap="large")
    with left:
        result.show_gap(judged)
        show_quality()
        show_exports(judged)
    with right:
        result.show_map(judged)
if new_items:
    with st.expander("Many at once: a CSV in, a table out", icon=":material/table_rows:"):
        show_bulk(opened, new_items)

address.write(
    form.item_in_address(opened)
    | (result.segment_in_address(judged) if judged else {})
    | workspaces.in_address(opened)
)
