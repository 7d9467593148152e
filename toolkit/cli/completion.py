"""nianbao completion: a script for the shell, made from the arguments themselves."""

import argparse

import shtab

from toolkit.cli.arguments import parser


def run(args: argparse.Namespace) -> int:
    """Print the script; the README says where to put it."""
    print(shtab.complete(parser(), shell=args.shell))
    return 0
