"""generate --watch: what is saved is built anew, until Ctrl-C."""

import queue
import re
import signal
import subprocess
import sys
import textwrap
import threading

import pytest

from tests.conftest import FULL_SIZE, PATIENCE, ROOT

PLUGIN = """
from pathlib import Path
from toolkit import Province, hookimpl

def opening(report):
    return "{opening}"

@hookimpl
def province():
    folder = Path(__file__).parent
    return Province(
        code="99", name="示例省", folder=folder, templates={{"html": "own.html"}}, opening=opening
    )
"""
PAGE = """{{% extends "national/report.html" %}}
{{% block before_sections %}}<p>{words}</p>{{% endblock %}}
"""


class Watching:
    """A running ``nianbao generate --watch``; `built` waits for the next build."""

    def __init__(self, folder, *arguments):
        command = [sys.executable, "-m", "toolkit.cli.main", "--lang", "en", "generate", *arguments]
        self.process = subprocess.Popen(
            [*command, "--watch"],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self.process.stderr as said:
            for line in said:
                self.lines.put(line)

    def built(self):
        said = []
        while not (said and said[-1].startswith("Done in")):
            said.append(self.lines.get(timeout=PATIENCE))
        return "".join(said)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


def save(file, content):
    """Save as editors do: beside it, then in its place."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(content, encoding="utf-8")
    beside.replace(file)


@pytest.fixture
def place(tmp_path):
    """A folder with one report and a plugin of its own."""
    plugin = tmp_path / "plugins" / "own"
    plugin.mkdir(parents=True)
    (plugin / "__init__.py").write_text(PLUGIN.format(opening="First."), encoding="utf-8")
    (plugin / "own.html").write_text(PAGE.format(words="Page one."), encoding="utf-8")
    content = FULL_SIZE.read_text(encoding="utf-8").replace("heilongjiang", "own", 1)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "report.yaml").write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def watching(place):
    """Start watching the folder's data: ``watching("-f", "html")``."""
    started = []

    def start(*arguments):
        one = Watching(place, "data", "--plugin-dir", "plugins", *arguments)
        started.append(one)
        return one

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


def test_data_plugin_and_template_are_taken_up_when_they_are_saved(place, watching):
    page = place / "out" / "report.html"
    data, plugin = place / "data" / "report.yaml", place / "plugins" / "own"
    watch = watching("-f", "html,docx")

    assert "No findings." in watch.built()
    assert "First." in page.read_text(encoding="utf-8")

    save(plugin / "__init__.py", PLUGIN.format(opening="Second."))
    assert watch.built().startswith("__init__.py was saved.\n")
    assert "Second." in page.read_text(encoding="utf-8")

    save(plugin / "own.html", PAGE.format(words="Page two."))
    watch.built()
    assert "Page two." in page.read_text(encoding="utf-8")

    good = data.read_text(encoding="utf-8")
    save(data, good.replace("natural_person: 98", "natural_person: 99"))
    assert re.search(r"report\.yaml:\d+:\d+: error N201", watch.built())

    save(data, good)
    assert "No findings." in watch.built()
    assert watch.end() == 0


def test_a_new_report_in_the_folder_is_built_too(place, watching):
    watch = watching("-f", "html")
    watch.built()

    content = (place / "data" / "report.yaml").read_text(encoding="utf-8")
    save(place / "data" / "second.yaml", content)

    assert "2 reports built" in watch.built()
    assert (place / "out" / "second.html").is_file()


def test_a_plugin_that_breaks_is_named_and_works_again_when_mended(place, watching):
    file = place / "plugins" / "own" / "__init__.py"
    whole = file.read_text(encoding="utf-8")
    watch = watching("-f", "html")
    watch.built()

    save(file, "import nothing_of_that_name\n")
    said = watch.built()
    assert "nothing_of_that_name" in said
    assert "Traceback" not in said

    save(file, whole)
    assert "report.html" in watch.built()
    assert watch.end() == 0


def test_a_call_that_cannot_work_is_not_watched(nianbao, place):
    assert nianbao("generate", place / "none.yaml", "--watch").code == 2


def test_without_the_extra_it_says_which_to_install():
    program = textwrap.dedent(f"""
        import sys
        sys.modules["watchfiles"] = None
        from toolkit.cli.main import main
        sys.exit(main(["--lang", "en", "generate", {str(FULL_SIZE)!r}, "--watch"]))
    """)

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.returncode == 2
    assert "pip install 'nianbao[watch]'" in done.stderr
