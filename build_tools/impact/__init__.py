"""What a change does: two casebooks side by side, in facts, numbers, tables and pages."""
