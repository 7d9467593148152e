"""View → Word document, through a .docx template."""
