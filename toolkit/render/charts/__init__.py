"""Charts as pictures: SVG for pages, PNG for Word."""
