"""Kernel ridge regression, with the leave-one-out prediction of every example."""

import numpy as np
from scipy.linalg import cho_factor
from scipy.linalg.blas import ssymm
from scipy.linalg.lapack import spotri


def fit(kernel: np.ndarray, targets: np.ndarray, ridge: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights (k, t), such that ``kernel(new, known) @ weights`` predicts, and the leave-one-out
    predictions (k, t), from the kernel (k, k) of the known and their targets (k, t).

    Left out, an example with residual weight a is predicted as y - a / diag((K + ridge I)^-1)
    (Rasmussen & Williams 2006, equation 5.12): all k fits for the price of one.
    """
    penalised = kernel.astype(np.float32)
    penalised[np.diag_indices_from(penalised)] += ridge
    # The inverse of a positive definite matrix, by its Cholesky factor, in place: with k in the
    # thousands a second copy would count. Only the lower half is filled, which ssymm reads.
    factor, _ = cho_factor(penalised, lower=True, overwrite_a=True)
    inverse, _ = spotri(factor, lower=1, overwrite_c=True)  # (k, k)
    weights = ssymm(1.0, inverse, targets.astype(np.float32), lower=1)  # (k, t)
    loo = targets - weights / np.diag(inverse)[:, None]  # (k, t)
    return weights, loo
