"""YAML -> record, or every problem with its line and column."""
