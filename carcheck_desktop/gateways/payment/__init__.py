"""A payment provider, asked in the words of a profile: what is asked, how an answer is read, what each failure means for money."""
