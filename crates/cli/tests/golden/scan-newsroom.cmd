scan
fixtures/newsroom/articles
--width
100
