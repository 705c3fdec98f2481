"""One peer on one corpus: prints each group of copies as a JSON array of ids, one a line."""

import json
import re
import sys
from collections import defaultdict

WORD = re.compile(r"\w+")
PERMUTATIONS = 128
THRESHOLD = 0.7


def documents(path):
    """Ids and texts."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield record["id"], record["text"]


def shingles(text):
    """Word five-grams, as strings."""
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


class Groups:
    """Disjoint sets of ids."""

    def __init__(self):
        self.parent = {}

    def root(self, item):
        parent = self.parent.setdefault(item, item)
        while parent != self.parent[parent]:
            self.parent[item] = parent = self.parent[parent]
        return parent

    def join(self, one, other):
        one, other = self.root(one), self.root(other)
        self.parent[max(one, other)] = min(one, other)

    def all(self):
        members = defaultdict(list)
        for item in self.parent:
            members[self.root(item)].append(item)
        return members.values()


def rensa(path):
    from rensa import RMinHash, RMinHashLSH

    ids, sketches, groups = [], [], Groups()
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    for number, (name, text) in enumerate(documents(path)):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(list(shingles(text)))
        for other in lsh.query(sketch):
            if sketches[other].jaccard(sketch) >= THRESHOLD:
                groups.join(ids[other], name)
        ids.append(name)
        sketches.append(sketch)
        lsh.insert(number, sketch)
    return groups


def datasketch(path):
    from datasketch import MinHash, MinHashLSH

    groups = Groups()
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for name, text in documents(path):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        for other in lsh.query(sketch):
            groups.join(other, name)
        lsh.insert(name, sketch)
    return groups


if __name__ == "__main__":
    peers = {"rensa": rensa, "datasketch": datasketch}
    for group in peers[sys.argv[1]](sys.argv[2]).all():
        if len(group) > 1:
            print(json.dumps(group))
