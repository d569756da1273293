"""From the document to the edition: DOCX, PDF and HTML, each read back."""
