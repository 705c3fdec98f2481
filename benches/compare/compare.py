"""Runs each detector in a process of its own on one corpus and prints one table.

Every detector is asked for pairs of documents that it takes for copies of each other. A peer's setting is what its own
documentation shows for near-duplicates: words in fives, 128 permutations, threshold .7.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ["gaoya", "rensa", "datasketch", "text-dedup"]
COPIES = {"identical", "near_duplicate", "contains", "shares_passages", "update"}


def wirecopy_command(corpus):
    """The command line of this project, or None if it was not built."""
    binary = os.environ.get("WIRECOPY", "target/release/wirecopy")
    return [binary, "dedup", "--quiet", "--format", "jsonl", corpus] if os.path.exists(binary) else None


def measured(command):
    """Runs a command; its output, wall seconds, CPU seconds and peak bytes of memory."""
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return output, time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def pairs_of(name, output):
    """Groups of documents that a detector takes for copies, as sets of ids."""
    groups = defaultdict(set)
    for line in output.splitlines():
        record = json.loads(line)
        if name != "wirecopy":
            for member in record:
                groups[record[0]].add(member)
        elif record["family"] is not None:
            groups[record["family"]].add(record["id"])
    return [group for group in groups.values() if len(group) > 1]


WORD = re.compile(r"\w+")
RESEMBLANCE = 0.7


def resembling(corpus, copies):
    """The injected copies whose sets of word five-grams have a Jaccard similarity of at least .7 with their source's."""
    wanted = {copy[side] for copy in copies for side in ("source", "copy")}
    sets = {}
    with open(corpus, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["id"] in wanted:
                words = WORD.findall(record["text"].lower())
                sets[record["id"]] = {hash(tuple(words[i : i + 5])) for i in range(max(1, len(words) - 4))}

    def jaccard(one, other):
        return len(one & other) / len(one | other)

    return [copy for copy in copies if jaccard(sets[copy["source"]], sets[copy["copy"]]) >= RESEMBLANCE]


def score(groups, truth, alike):
    """Recall by class, and of `alike` pairs, pairs of rivals that were joined, and joined documents that no injected copy explains."""
    group_of = {member: number for number, group in enumerate(groups) for member in group}

    def together(one, other):
        return group_of.get(one, -1) == group_of.get(other, -2)

    found, total = defaultdict(int), defaultdict(int)
    for copy in truth["copies"]:
        total[copy["class"]] += 1
        found[copy["class"]] += together(copy["source"], copy["copy"])
    recall = {name: found[name] / total[name] for name in total}
    recall["alike"] = sum(together(copy["source"], copy["copy"]) for copy in alike) / max(1, len(alike))
    recall["all"] = sum(found.values()) / max(1, sum(total.values()))
    rivals = sum(together(pair["a"], pair["b"]) for pair in truth["rivals"])
    injected = {c["copy"] for c in truth["copies"]} | {c["source"] for c in truth["copies"]}
    links = sum(len(group) - 1 for group in groups)
    explained = sum(len(group & injected) - 1 for group in groups if len(group & injected) > 1)
    return recall, rivals, explained / max(1, links)


def main():
    corpus, truth_path = sys.argv[1:3]
    with open(truth_path, encoding="utf-8") as file:
        truth = json.load(file)
    if sys.argv[3:] == ["--alike"]:
        json.dump(resembling(corpus, truth["copies"]), sys.stdout)
        return
    size = os.path.getsize(corpus)
    commands = {name: [sys.executable, os.path.join(HERE, "peer.py"), name, corpus] for name in PEERS}
    own = wirecopy_command(corpus)
    if own:
        commands["wirecopy"] = own
    only = os.environ.get("ONLY", "").split()
    classes = list(dict.fromkeys(copy["class"] for copy in truth["copies"]))
    # In a process of its own: what this one holds would count as memory of every process that it starts.
    alike = json.loads(subprocess.check_output([sys.executable, __file__, corpus, truth_path, "--alike"]))
    print(f"{size / 1e6:.1f} MB; {len(truth['copies'])} copies, {len(alike)} of them with J >= {RESEMBLANCE}")
    print("| tool | wall s | CPU s | MB/s | peak MB | explained | rivals joined | J >= .7 | all | " + " | ".join(classes) + " |")
    print("|---" * (9 + len(classes)) + "|")
    for name, command in commands.items():
        if only and name not in only:
            continue
        try:
            output, wall, cpu, peak = measured(command)
        except (RuntimeError, OSError) as error:
            print(f"| {name} | {error} |")
            continue
        recall, rivals, explained = score(pairs_of(name, output), truth, alike)
        cells = [f"{wall:.1f}", f"{cpu:.1f}", f"{size / 1e6 / wall:.1f}", f"{peak / 1e6:.0f}", f"{explained:.3f}"]
        cells += [str(rivals), f"{recall['alike']:.4f}", f"{recall['all']:.3f}"] + [f"{recall[name]:.2f}" for name in classes]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
