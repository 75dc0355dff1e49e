"""Adapters: the site handed to MkDocs in memory, or written to a folder for any other engine."""
