"""Every code that is no rule's: of import, extraction, rendering and plugins. Stable for ever.

Codes of rules stand with the rules; `explain`, ``--select`` and ``--ignore`` know both.
"""

from collections.abc import Mapping
from types import MappingProxyType

from toolkit.diagnostics.finding import Severity
from toolkit.diagnostics.plugin_codes import DEMANDS, Demand
from toolkit.messages import text

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: Mapping[str, Demand] = MappingProxyType(
    {
        "N181": Demand(_E, text("Every character can be set in a font of this machine (PDF).")),
        "I001": Demand(_E, text("A published report can be read, within the limits.")),
        "I002": Demand(_E, text("A PDF holds text, and its fonts say which characters it is.")),
        "I003": Demand(_N, text("A text is in the encoding it says.")),
        "I004": Demand(_E, text("Every byte of a text is part of a character.")),
        "I005": Demand(_W, text("Every section of the form is found.")),
        "I006": Demand(_N, text("A heading is that of the form.")),
        "I007": Demand(_W, text("All labels are those of one form.")),
        "I008": Demand(_E, text("A cell holds a number or a blank mark.")),
        "I009": Demand(_W, text("The label of a row or column is that of the form.")),
        "I010": Demand(_W, text("Everything in the report has a place in the form.")),
        "I011": Demand(_E, text("Every cell of the form is found.")),
        "I012": Demand(_E, text("A cell has one value.")),
        "I013": Demand(_N, text("A number is written as a plain one.")),
        "I014": Demand(_W, text("Cells are told by their labels, not by their order.")),
        "I015": Demand(_E, text("Office and year are found.")),
        "I016": Demand(_W, text("Office and year stand in the title.")),
        "I017": Demand(_N, text("What stands around the report is left out.")),
        "I018": Demand(_W, text("No table stands inside a text.")),
        "I019": Demand(_W, text("A table has lines, or cells of its own.")),
        "I020": Demand(_N, text("The plugin of the report is chosen by its office or its form.")),
        "I021": Demand(_W, text("The text was not recognised from a picture.")),
        "I022": Demand(_W, text("A cell that the new report goes on from holds a number.")),
        "E101": Demand(_E, text("The document carries its data file.")),
        "E102": Demand(_E, text("The data file inside is the one that was put in.")),
        "E103": Demand(_E, text("Cells show what the data say.")),
        "E104": Demand(_E, text("Paragraphs read as the data say.")),
        "E105": Demand(_E, text("Every text of the data stands in the document.")),
        "E106": Demand(_E, text("Everything the document says comes from the data.")),
        "E107": Demand(_E, text("Every table of the report stands in the document.")),
        "E108": Demand(_E, text("The data can be printed again, to compare.")),
        "E109": Demand(_N, text("The document was made by this version of the program.")),
        "E110": Demand(_E, text("There are few enough differences to tell each.")),
        **DEMANDS,
    }
)
