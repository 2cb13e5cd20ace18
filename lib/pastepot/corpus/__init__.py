"""Reading and cleaning: from files to a Corpus that forgets nothing."""
