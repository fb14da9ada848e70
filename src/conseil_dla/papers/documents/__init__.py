"""The kinds of file: a paper or a table made into one by the end of its name; pictures, colours, templates."""
