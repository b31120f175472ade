"""What stands on each paper: pure builders from a visit's view to a `domain.documents.Document`, in one language or in both.

No clock, no file: the caller hands in the words, the letterhead and the times. How a document is printed: `printing`.
"""
