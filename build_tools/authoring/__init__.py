"""What helps people write files: new ones from a citation, explained, laid out, migrated, compared."""
