"""Search for words in long lists: neighbouring pairs of signs as phrases, held by an index of the database."""
