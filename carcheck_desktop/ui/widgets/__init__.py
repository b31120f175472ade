"""Components that windows are built from, each with its states; they paint frozen states only."""
