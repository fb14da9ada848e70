"""The use case of the house: a base and answers make a reading. Everything that a front end shows comes from here."""
