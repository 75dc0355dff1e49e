"""What can be wrong: a problem with its place and cure, and the mistakes that the parts find themselves."""
