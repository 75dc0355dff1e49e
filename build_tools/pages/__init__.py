"""Pages: a record's page is an HTML body made by its template; prose is Markdown with its blanks filled."""
