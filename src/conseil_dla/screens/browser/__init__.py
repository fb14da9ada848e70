"""The same screens in a browser of this machine: a small web server, and one process of the screens a tab.

Sole importer of aiohttp and textual_serve, imported only by ``servir``. See decision 0027.
"""
