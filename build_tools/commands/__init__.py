"""The commands of `casebook`: one module a command, each with a `command`."""
