"""One peer on one corpus: prints each group of copies as a JSON array of ids, one a line."""

import json
import pickle
import re
import subprocess
import sys
import tempfile
from collections import defaultdict

WORD = re.compile(r"\w+")
PERMUTATIONS = 128
BANDS, ROWS = 32, 4
THRESHOLD = 0.7
PROCESSES = 2


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
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
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


def gaoya(path):
    from gaoya.minhash import MinHashStringIndex

    ids, texts = zip(*documents(path))
    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=THRESHOLD,
        num_bands=BANDS,
        band_size=ROWS,
        analyzer="word",
        lowercase=True,
        ngram_range=(5, 5),
    )
    index.par_bulk_insert_docs(list(range(len(texts))), list(texts))
    groups = Groups()
    for number, others in enumerate(index.par_bulk_query(list(texts))):
        for other in others:
            groups.join(ids[number], ids[other])
    return groups


def text_dedup(path):
    with tempfile.TemporaryDirectory() as folder:
        flags = {
            "--path": "json",
            "--data_files": path,
            "--split": "train",
            "--column": "text",
            "--cache_dir": f"{folder}/cache",
            "--output": f"{folder}/kept",
            "--ngram": "5",
            "--num_perm": str(PERMUTATIONS),
            "--threshold": str(THRESHOLD),
            "--hash_func": "xxh3",
            "--num_proc": str(PROCESSES),
            "--use_auth_token": "false",
        }
        command = [sys.executable, "-m", "text_dedup.minhash", "--debug"]
        command += [part for flag in flags.items() for part in flag]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(f"{folder}/kept/uf.pkl", "rb") as file:
            parents = pickle.load(file).parent
    ids = [name for name, _ in documents(path)]
    groups = Groups()
    for one, other in parents.items():
        groups.join(ids[one], ids[other])
    return groups


if __name__ == "__main__":
    peers = {"rensa": rensa, "gaoya": gaoya, "datasketch": datasketch, "text-dedup": text_dedup}
    for group in peers[sys.argv[1]](sys.argv[2]).all():
        if len(group) > 1:
            print(json.dumps(group))
