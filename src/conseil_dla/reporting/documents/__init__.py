"""A paper made into a file: Markdown, HTML, Word, ODT, chosen by the end of the file's name."""
