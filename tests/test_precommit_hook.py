"""The pre-commit hook: its entry is a command that takes the files it is handed."""

import yaml

from tests.conftest import FULL_SIZE, ROOT


def test_the_hook_lets_a_good_file_pass_and_stops_a_bad_one(nianbao, full_size):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = hook["entry"].split()
    bad = full_size(("year: 2024", "year: soon"))

    assert program == "nianbao"
    assert nianbao(*arguments, FULL_SIZE).code == 0
    assert nianbao(*arguments, FULL_SIZE, bad).code == 1
