"""What a version of the rules says otherwise than another, in words and files."""
