"""What makes WeasyPrint fast: kept styles, boxes, texts. Without it PDFs are only slower."""
