"""What all visitors share: opened once, never copied. The only st.cache_resource of the app."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import streamlit as st

from recsys.dialogue.facets import facets
from recsys.dialogue.questions import Asker
from recsys.encoders import TextEncoder, load, warm
from recsys.errors import ThawError
from recsys.new_item.judge import NewItems
from recsys.ranking.engine import Engine
from recsys.reports.jobs import Jobs
from recsys.store.workspace import Workspace, folder_of, read_manifest


def workspace(name: str) -> Workspace:
    """The workspace in its current version; raises ThawError where it cannot be opened."""
    folder = folder_of(name)
    manifest = read_manifest(folder)
    return _workspace(name, str(folder), manifest.version if manifest else "")


def engine(opened: Workspace) -> Engine:
    """The engine over ``opened``; loads the language model for everybody the first time."""
    try:
        return loaded_engine(opened)
    except ThawError as error:
        st.error(str(error), title="The language model cannot be loaded")
        st.stop()


def loaded_engine(opened: Workspace) -> Engine:
    """The engine over ``opened``, also for a thread without a page; raises ThawError."""
    return _engine(str(opened.folder), opened)


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """What is measured in the background, whoever asked for it."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def turn() -> Lock:
    """Held while a list is made and drawn: Python makes one at a time, and those that are made all
    at once are all as late as the last."""
    return Lock()


def new_items(opened: Workspace) -> NewItems:
    """What is known of new items in ``opened``; raises ThawError where nothing can be."""
    return _new_items(str(opened.folder), engine(opened))


def asker(opened: Workspace) -> Asker:
    """What can be asked in ``opened``."""
    return _asker(str(opened.folder), engine(opened))


def encoder(model: str) -> TextEncoder:
    """The language model, loaded for everybody the first time."""
    try:
        return warm(_encoder(model))
    except ThawError as error:
        st.error(str(error), title="The language model cannot be loaded")
        st.stop()


@st.cache_resource(max_entries=3, show_spinner=False)
def _workspace(name: str, folder: str, version: str) -> Workspace:
    return Workspace.open(name)


@st.cache_resource(max_entries=2, show_spinner=False)
def _encoder(model: str) -> TextEncoder:
    return load(model)


@st.cache_resource(max_entries=3, show_spinner=False)
def _engine(folder: str, _opened: Workspace) -> Engine:
    reader = _encoder(_opened.manifest.encoder)
    with ThreadPoolExecutor(1) as beside:  # the model is loaded while the words are indexed
        loading = beside.submit(warm, reader)
        engine = Engine(_opened, reader)
    loading.result()
    # Streamlit collects garbage after every run of a page: it need not walk what lives for ever.
    gc.collect()
    gc.freeze()
    return engine


@st.cache_resource(max_entries=3, show_spinner=False)
def _new_items(folder: str, _engine: Engine) -> NewItems:
    return NewItems(_engine)


@st.cache_resource(max_entries=3, show_spinner=False)
def _asker(folder: str, _engine: Engine) -> Asker:
    return Asker(_engine, facets(_engine))
