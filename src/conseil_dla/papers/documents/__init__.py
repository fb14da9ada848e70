"""A paper made into a file: HTML or Markdown, chosen by the end of the file's name."""
