"""What stands on nothing: words, French typography, files of the disk, YAML, findings told to authors."""
