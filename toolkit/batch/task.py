"""What one report of a batch is asked for, and what came of it. Both travel between processes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import compress
from pathlib import Path

from toolkit.diagnostics import Finding
from toolkit.messages import Text
from toolkit.pipeline import Demands
from toolkit.province import Format

BUILT, UNCHANGED, FAILED = "built", "unchanged", "failed"


@dataclass(frozen=True, slots=True)
class Task:
    """One data file, the formats wanted, and where the documents go.

    ``part`` is an office of a workbook of many, ``name`` then what its documents are called.
    ``keys`` sums up, for each plugin, everything beside the data that documents depend on; see
    `toolkit.batch.fingerprint`.
    """

    file: Path
    folder: Path
    formats: tuple[str, ...]
    demands: Demands = field(default_factory=Demands)
    plugin_folders: tuple[Path, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    name: str = ""

    @property
    def shown(self) -> str:
        """The data file as it is told of, with the office where it holds many."""
        return f"{self.file}#{self.name}" if self.part else str(self.file)

    def target(self, form: Format) -> Path:
        """Name a document: the stem of the data file, the suffix of the format."""
        return self.folder / f"{self.name or self.file.stem}{form.suffix}"


@dataclass(frozen=True, slots=True)
class Job:
    """What of a task is its own: its data file, or one office of a workbook of many.

    ``part`` is the key of the office, ``name`` then what the documents are called: the stem of
    the data file and the office's name.
    """

    file: str
    part: str = ""
    name: str = ""

    @property
    def stem(self) -> str:
        """What the documents are called, without suffix."""
        return self.name or Path(self.file).stem


class Tasks:
    """The tasks of a run, each made when it is looked at: ten thousand take little memory."""

    def __init__(self, jobs: Iterable[Job], alike: Task) -> None:
        """Keep the jobs, and once what all have in common."""
        self._jobs, self.alike = tuple(jobs), alike

    def __len__(self) -> int:
        return len(self._jobs)

    def __getitem__(self, index: int) -> Task:
        job = self._jobs[index]
        return replace(self.alike, file=Path(job.file), part=job.part, name=job.name)

    def __iter__(self) -> Iterator[Task]:
        return (self[index] for index in range(len(self)))

    def only(self, wanted: Iterable[bool], keys: Mapping[str, str]) -> "Tasks":
        """Return those wanted, with the keys of what they depend on."""
        return Tasks(compress(self._jobs, wanted), replace(self.alike, keys=keys))


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was written."""

    format: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task.

    ``status`` is ``"built"``, ``"unchanged"`` or ``"failed"``; ``fault`` says why it failed
    when the findings do not, ``blame`` whose plugin and place it was; ``exit_code`` is that
    of the fault. ``text`` is the data file, for showing lines. ``key`` is everything beside
    the data that the documents depend on, hashed; ``beside`` what the plugin takes from outside
    its folder, path → hash. ``remark`` tells of documents that were made in a lesser way.
    """

    file: str
    status: str
    findings: tuple[Finding, ...] = ()
    documents: tuple[Document, ...] = ()
    fault: Text | None = None
    blame: str = ""
    exit_code: int = 0
    text: str = ""
    plugin: str = ""
    data_sha256: str = ""
    key: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    remark: Text | None = None
    seconds: float = 0.0


def failed(task: Task, fault: Text, blame: str = "", exit_code: int = 1) -> Outcome:
    """Make the outcome of a task that could not be done."""
    return Outcome(task.shown, FAILED, fault=fault, blame=blame, exit_code=exit_code)
