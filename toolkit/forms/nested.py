"""Values in nested mappings, as a data file has them, by the paths of their fields."""

from collections.abc import Sequence


def put(tree: dict[str, object], path: Sequence[str], value: object) -> None:
    """Put a value at its path, opening the mappings above it.

    Raises:
        ValueError: something that is no mapping stands above it.
    """
    for step in path[:-1]:
        below = tree.setdefault(step, {})
        if not isinstance(below, dict):
            raise ValueError(f"{'.'.join(path)}: {step} holds no values")
        tree = below
    tree[path[-1]] = value
