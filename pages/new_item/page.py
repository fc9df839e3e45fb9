"""New item: where would this land?"""

import streamlit as st

from pages.new_item import examples, form, more, publish, result, stage, versions
from pages.new_item.visit import judge
from pages.shared import address, nodes, resources, tab, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError

nodes.follow()
opened = workspaces.choose()
form.set_item(opened)
item = new_items = judged = moved = None
publishing = False

workspaces.show_head(opened, f"Where would this {opened.catalogue.about.get('noun', 'item')} land?")
left, right = st.columns([354, 828], gap="small")

with right:
    result_here = st.container(gap="xsmall", key="new_item_result")
with left:
    form_here = st.container(gap="xsmall", key="new_item_form")

with result_here:
    try:
        item = form.item(opened)
        with st.skeleton(height=560):
            new_items = resources.new_items(opened)
        judged = judge(opened, new_items, item)
        moved = versions.moved_since(judged)
    except ThawError as error:
        st.warning(escape(str(error)), title="Nothing to judge yet")
    else:
        versions.note(item)
        result.set_segment(judged)
        stage.show_stage(judged, moved)

with form_here:
    folded = judged is not None and form.is_folded(tab.is_narrow())
    if folded:
        form.show_folded()
    else:
        form.show_form(opened)
        with st.container(horizontal=True, wrap=False, gap="xsmall"):
            versions.show_see_and_hold()
            publishing = publish.show_button(opened, item)
    if item:
        publish.show_outcome(opened, item, judged, publishing)
    if judged:
        result.show_unread(judged)
        result.show_duplicates(judged)
        versions.show_held(judged)
    if judged and not folded:
        versions.show_sentences(judged)

more.show_more(opened, new_items, judged, moved)

address.write(
    form.item_in_address(opened)
    | (result.segment_in_address(judged) if judged else {})
    | workspaces.in_address(opened)
)
examples.settle()
