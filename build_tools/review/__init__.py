"""Everything that was read, linked and frozen: facts, derived values, and the indexes made once."""
