lineage
fixtures/newsroom/articles
--width
100
