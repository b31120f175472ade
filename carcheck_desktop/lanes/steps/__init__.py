"""One file per test, each an async function that reads like the clause, and what they share."""
