"""Exports: the data in the forms that other programs read, one module a format."""
