"""nianbao: annual reports on open government information, from checked data and province plugins.

A plugin imports from here and from nowhere deeper.
"""

__version__ = "0.1.0"
