"""Tests of the generator, with an invented casebook (`example/`) as their world."""
