"""What a text is made of: words, sentences, quotations, voices."""
