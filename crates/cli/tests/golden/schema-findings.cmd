schema
findings
