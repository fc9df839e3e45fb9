"""Labels: what items can be said to be, as a sparse matrix."""

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.store.workspace import Workspace


def labels(workspace: Workspace, fewest: int, most: int) -> tuple[sparse.csr_array, pd.DataFrame]:
    """What items can be said to be: (n, a) CSR of 0/1, and a frame of a rows: name, relation.

    Categories, decades and the names that triples tie items to, if they are tied to at least
    ``fewest`` of the built items; the ``most`` used. What is published changes none of that.
    """
    items, triples = workspace.catalogue.items, workspace.catalogue.triples
    row_of = pd.Series(items.index, index=items["id"])
    categories = items["categories"].explode().dropna()
    decades = (items["year"].dropna() // 10 * 10).astype(str) + "s"
    facts = triples[triples["head"].isin(row_of.index) & ~triples["tail"].isin(row_of.index)]
    said = pd.concat(
        [
            pd.DataFrame({"item": categories.index, "relation": "category", "name": categories}),
            pd.DataFrame({"item": decades.index, "relation": "decade", "name": decades}),
            pd.DataFrame(
                {
                    "item": row_of[facts["head"]].to_numpy(),
                    "relation": facts["relation"],
                    "name": facts["tail"],
                }
            ),
        ],
        ignore_index=True,
    )
    said["key"] = said["name"].str.casefold()
    said = said.drop_duplicates(["item", "key"])
    said = said.sort_values("item", key=lambda row: row >= workspace.built, kind="stable")
    count = said.loc[said["item"] < workspace.built, "key"].value_counts()
    chosen = count[count >= fewest].index[:most]
    said = said[said["key"].isin(chosen)]
    codes, keys = pd.factorize(said["key"])
    tied = sparse.csr_array(
        (np.ones(len(said), dtype=np.float32), (said["item"], codes)),
        shape=(len(items), len(keys)),
    )
    return tied, said.drop_duplicates("key").set_index("key").loc[keys, ["name", "relation"]]
