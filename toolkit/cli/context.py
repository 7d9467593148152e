"""What most commands need first: the plugins, the files, the codes."""

import argparse
import os
import re
from collections.abc import Iterable
from pathlib import Path

from toolkit.pipeline import Demands
from toolkit.registry import Registry


def registry(args: argparse.Namespace) -> Registry:
    """Find the plugins, those of --plugin-dir and NIANBAO_PLUGIN_DIR among them."""
    return Registry(plugin_folders(args))


def plugin_folders(args: argparse.Namespace) -> tuple[Path, ...]:
    """Folders with more plugins, in the order they are looked through."""
    named = os.environ.get("NIANBAO_PLUGIN_DIR", "")
    return (*args.plugin_dir, *(Path(part) for part in named.split(os.pathsep) if part))


def demands(args: argparse.Namespace) -> Demands:
    """Report what a check is asked for."""
    return Demands(
        plugin=args.plugin,
        strict=args.strict,
        select=codes(args.select),
        ignore=codes(args.ignore),
    )


def codes(given: Iterable[str]) -> tuple[str, ...]:
    """Split ``["N2,N301", "N5"]`` into codes, at commas of any width."""
    return tuple(code for word in given for code in re.split("[,，、\\s]+", word) if code)
