"""Learns vectors of pieces whose sums lie to each other as the sentence model's vectors do."""

import numpy as np
import scipy.sparse as sparse

STEPS = 120
TEXTS_A_STEP = 768
RATE = 0.02
WARM_UP = 20
# Pieces left out of a text at random, so that none relies on its neighbours.
LEFT_OUT = 0.1
# How near is near: similarities are compared by what a softmax of so much makes of them.
TEMPERATURE = 0.05
PAIRS_WEIGHT = 0.3
MOMENTUM, SQUARES = 0.9, 0.99


def train(start, taught, pairs, dice) -> np.ndarray:
    """
    Adam, from `start`, by three wants: each text lies where the model puts it; the others of its batch lie around it as
    the model has them; of all the right ones of its batch, the nearest to a left one is its own.

    :param taught: pieces of texts, one row a text, and the model's vectors of them
    :param pairs: pieces of left and of right texts, row by row the same meaning
    """
    bags, said = taught
    said = said / np.linalg.norm(said, axis=1, keepdims=True)
    usable = np.flatnonzero(np.diff(bags.indptr))
    paired = np.flatnonzero((np.diff(pairs[0].indptr) > 0) & (np.diff(pairs[1].indptr) > 0))
    vectors, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    queue = np.array([], np.int64)
    for step in range(STEPS):
        if len(queue) < TEXTS_A_STEP:
            queue = dice.permutation(usable)
        rows, queue = queue[:TEXTS_A_STEP], queue[TEXTS_A_STEP:]
        both = dice.choice(paired, TEXTS_A_STEP, replace=False)
        batch = [thinned(one, dice) for one in (bags[rows], pairs[0][both], pairs[1][both])]
        sums = [one @ vectors for one in batch]
        lengths = [np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-6) for one in sums]
        units = [one / length for one, length in zip(sums, lengths)]
        pulls = [pull_of_taught(units[0], said[rows]), *pull_of_pairs(units[1], units[2])]
        # What only makes a sum longer does not turn it.
        turns = [
            (pull - unit * (pull * unit).sum(1, keepdims=True)) / length
            for pull, unit, length in zip(pulls, units, lengths)
        ]
        all_bags = sparse.vstack(batch).tocsc()
        used = np.flatnonzero(np.diff(all_bags.indptr))
        slope = all_bags[:, used].T @ np.concatenate(turns) / TEXTS_A_STEP
        mean[used] = MOMENTUM * mean[used] + (1 - MOMENTUM) * slope
        square[used] = SQUARES * square[used] + (1 - SQUARES) * slope**2
        rate = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / STEPS)
        vectors[used] -= rate * mean[used] / (np.sqrt(square[used]) + 1e-8)
    return vectors


def pull_of_taught(units, said):
    """The slope of how far the texts are from where the model puts them, and from how they lie to each other."""
    ours, models = units @ units.T / TEMPERATURE, said @ said.T / TEMPERATURE
    for similarities in (ours, models):
        np.fill_diagonal(similarities, -1e9)
    off = softmax(ours) - softmax(models)
    return (off + off.T) @ units - said


def pull_of_pairs(left, right):
    """The slope of how unlikely each one's own is among all others, seen from either side."""
    similarities = left @ right.T / TEMPERATURE
    own = np.eye(len(left), dtype=np.float32)
    off = PAIRS_WEIGHT * ((softmax(similarities) - own) + (softmax(similarities.T) - own).T) / 2
    return off @ right, off.T @ left


def softmax(rows):
    powers = np.exp(rows - rows.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def thinned(bags, dice):
    thin = bags.copy()
    thin.data *= dice.random(len(thin.data)) >= LEFT_OUT
    return thin
