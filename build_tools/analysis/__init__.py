"""What is worked out from many patients: tables, tallies, cohorts, estimates."""
