"""The rules as a site: plain pages that a browser opens from the disk, made to be searched, printed and discussed."""
