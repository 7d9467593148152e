"""docxtemplater under Node, fetched by npm into ``benchmarks/.peers``, kept running."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Spent
from benchmarks.reports import contents
from toolkit.view.model import View

FOLDER = Path(__file__).parent / ".peers"
PACKAGES = ("docxtemplater@3", "pizzip@3")
_PROGRAM = """
const fs = require("fs"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const template = fs.readFileSync("template.docx");
require("readline").createInterface({input: process.stdin}).on("line", line => {
  const before = process.cpuUsage();
  const document = new Docxtemplater(new PizZip(template));
  document.render(JSON.parse(line));
  const made = document.toBuffer({compression: "DEFLATE"});
  fs.writeFileSync("made.docx", made);
  const spent = process.cpuUsage(before);
  console.log((spent.user + spent.system) / 1000);
});
"""


def peer() -> Callable[[View], Spent] | None:
    """Start it; None where there is no Node, or npm cannot fetch the packages.

    Returns:
        Takes a view and makes the report. Its process stays, so that only the making is timed.
    """
    if not _installed():
        return None
    from benchmarks.docx_ways import tagged  # each needs the other

    (FOLDER / "template.docx").write_bytes(tagged("{{c{}}}", "{{t{}}}"))
    process = subprocess.Popen(
        [str(shutil.which("node")), "-e", _PROGRAM],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def make(shown: View) -> Spent:
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        cells, texts = contents(shown)
        data = {f"c{place}": text for place, text in enumerate(cells)}
        data |= {f"t{place}": text for place, text in enumerate(texts)}
        process.stdin.write(json.dumps(data) + "\n")
        process.stdin.flush()
        return Spent(float(process.stdout.readline()))

    return make


def _installed() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    FOLDER.mkdir(exist_ok=True)
    if all((FOLDER / "node_modules" / name.partition("@")[0]).is_dir() for name in PACKAGES):
        return True
    command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER), *PACKAGES]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
