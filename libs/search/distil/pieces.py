"""The words and pieces of words that get a vector, and how texts are cut into them."""

import re
from collections import Counter

import numpy as np
import scipy.sparse as sparse

from corpus import words_of

INSIDE = "##"
LONGEST_PIECE = 20
# Words that the model cuts apart get a vector of their own when they are said so often.
OFTEN_IN_APIS = 12
OFTEN_IN_DEFINITIONS = 8
# Beyond the Latin alphabet the model knows hardly more than single characters.
LATIN_END = 0x250


def pieces_of(vocabulary: dict[str, int], apis: list[str], definitions: list[str]) -> list[str]:
    pieces = [piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if _is_usable(piece)]
    for texts, often in ((apis, OFTEN_IN_APIS), (definitions, OFTEN_IN_DEFINITIONS)):
        counts = Counter(word for text in texts for word in words_of(text))
        known = set(pieces)
        for word, count in counts.most_common():
            if count >= often and word not in known and re.fullmatch("[a-z]{3,20}", word):
                pieces.append(word)
    return pieces


class Cutter:
    """Cuts words as `WordVectors` in `src/word.vectors.ts` does."""

    def __init__(self, pieces: list[str]) -> None:
        self.places = {piece: place for place, piece in enumerate(pieces)}
        self.words: dict[str, list[int]] = {}

    def places_of(self, text: str) -> list[int]:
        return [place for word in words_of(text) for place in self._word(word)]

    def bags(self, texts: list[str]) -> sparse.csr_matrix:
        """One row a text: how often it has each piece."""
        places = [self.places_of(text) for text in texts]
        ends = np.cumsum([0] + [len(row) for row in places])
        columns = np.array([place for row in places for place in row], np.int64)
        ones = np.ones(len(columns), np.float32)
        return sparse.csr_matrix((ones, columns, ends), shape=(len(texts), len(self.places)))

    def _word(self, word: str) -> list[int]:
        if word not in self.words:
            self.words[word] = list(self._cut(word))
        return self.words[word]

    def _cut(self, word: str):
        at = 0
        while at < len(word):
            for end in range(min(len(word), at + LONGEST_PIECE), at, -1):
                place = self.places.get((INSIDE if at else "") + word[at:end])
                if place is not None:
                    yield place
                    at = end
                    break
            else:
                at += 1


def _is_usable(piece: str) -> bool:
    bare = piece.removeprefix(INSIDE)
    # Numbers tell one call of a tool from another, not one tool from another.
    return (
        re.fullmatch(r"[^\W_]+", bare) is not None
        and not bare.isdigit()
        and (len(bare) == 1 or all(ord(character) < LATIN_END for character in bare))
    )
