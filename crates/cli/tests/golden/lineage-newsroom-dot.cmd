lineage
fixtures/newsroom/articles
--format
dot
