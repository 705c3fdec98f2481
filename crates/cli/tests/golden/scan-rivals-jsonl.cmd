scan
fixtures/newsroom/articles/meridian-press/dam-call.txt
fixtures/newsroom/articles/fenmarch-ledger/river-talks.txt
--format
jsonl
