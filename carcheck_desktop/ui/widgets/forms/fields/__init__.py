"""Fields that read what is typed: dates, numbers with a unit, plates."""
