"""Models: what did we train, and was it worth it?"""

import streamlit as st

from pages.models import compared, settings, traded, trained, training
from pages.shared import address, workspaces

opened = workspaces.choose()
workspaces.show_head(opened, "What did we train, and was it worth it?")
left, right = st.columns([3, 2], gap="large")
with left:
    trained.show_trained(opened)
with right:
    name = settings.choose_model()
    settings.show_settings(name)
    training.show_training(opened, name)
compared.show_compared(opened)
traded.show_traded(opened)
address.write({"model": name} | workspaces.in_address(opened))
