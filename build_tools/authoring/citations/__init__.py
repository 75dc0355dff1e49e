"""Citations: one module a format that people hold them in, each a file -> what is known of one publication.

source      what `casebook new` is given; finds the reader
citation    what is known of one publication before anyone has read it
gathering   the fields of any format -> a citation; nothing a file says is lost in silence
names       authors in every way in which people write them
plain_text  entities, markup and LaTeX as the letters that they print
identifiers DOIs, PubMed and PMC ids in the forms in which people copy them
bibtex, ris, csl, pubmed, endnote    the formats; tagged reads lines with a tag for two of them
"""
