#!/usr/bin/env python3
"""Documents for measuring extraction: the samples of datasets/documents, varied.

  bench/generate_documents.py FOLDER [COUNT] [SIZE]     COUNT 10000 files of about SIZE (2000) bytes

A document is made of sentences of the samples of one language in which countries,
cities, names, days and numbers are exchanged for others of the lexicons, so that no two
documents are alike and all words are ones the lexicons know or names. The same arguments
give the same files.
"""
import os
import random
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def labels(path, language):
    """The labels of a lexicon file's entities, by language, longest words left out."""
    text = open(os.path.join(ROOT, "datasets", "lexicons", path), encoding="utf-8").read()
    found = re.findall(r'rdfs:label "([^"]+)"@en, "([^"]+)"@ar', text)
    words = [pair[0] if language == "en" else pair[1] for pair in found]
    return sorted({w for w in words if " " not in w and "(" not in w})


def sentences(language):
    out = []
    folder = os.path.join(ROOT, "datasets", "documents")
    for name in sorted(os.listdir(folder)):
        if name.endswith(f"-{language}.txt"):
            text = open(os.path.join(folder, name), encoding="utf-8").read()
            out += [s for s in re.split(r"(?<=[.؟!])\s+|\n+", text) if len(s) > 20]
    return out


def any_of(words):
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


class Variant:
    def __init__(self, language):
        self.sentences = sentences(language)
        self.words = [labels(name, language) for name in ("countries.ttl", "cities.ttl")]
        self.patterns = [any_of(words) for words in self.words]

    def vary(self, text, pick):
        for words, pattern in zip(self.words, self.patterns):
            text = pattern.sub(lambda _: pick.choice(words), text)
        return re.sub(r"\b\d{1,2}\b", lambda _: str(pick.randint(1, 28)), text)

    def document(self, pick, size):
        out, length = [], 0
        while length < size:
            sentence = self.vary(pick.choice(self.sentences), pick)
            out.append(sentence)
            length += len(sentence.encode()) + 1
        return " ".join(out) + "\n"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    os.makedirs(folder, exist_ok=True)
    variants = [Variant("en"), Variant("ar")]
    for i in range(count):
        pick = random.Random(i)
        with open(os.path.join(folder, f"{i:06}.txt"), "w", encoding="utf-8") as f:
            f.write(variants[i % 2].document(pick, size))


main()
