"""Form → workbook to fill in; many offices → one workbook."""
