"""The command line: `casebook COMMAND`, one module of build_tools/commands/ a command."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pkgutil import iter_modules

import click

from build_tools import commands


class _Commands(click.Group):
    """The commands of the folder; only the one that runs is imported, so that it starts in an instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        modules = (module.name for module in iter_modules(commands.__path__))
        return sorted(name.replace("_", "-") for name in modules if name != "shared")

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"build_tools.commands.{name.replace('-', '_')}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casebook")
def main() -> None:
    """Casebook: a living literature review made from one YAML file per published patient."""
    gc.set_threshold(
        200_000, 20, 100
    )  # a review is a million objects that stay: looking for waste is half the time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
