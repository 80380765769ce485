"""Files of rows that come in and go out: workbooks and delimited text."""
