compare
fixtures/newsroom/articles/meridian-press/bank-rate-rise.txt
fixtures/newsroom/articles/port-selwyn-standard/rates-at-14-year-high.txt
--width
120
