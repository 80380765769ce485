"""Documents made for people: one content, written as a web page, a Word document or a PDF."""
