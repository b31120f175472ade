"""What is being taken in, without Qt and without words: fields, values with their origins, what is missing."""
