"""Do the addresses that a casebook points at still answer, and do its reports still stand?

summary    the outcome in words, for a terminal and for an issue
notices    what Crossref knows of retractions, beside what records say
cache      the findings of earlier days
findings   what each answer means
client     one polite question
place      where a question may go
verdict    what can be said of an address
links      the addresses of a casebook, and where they stand
"""
