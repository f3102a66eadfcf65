"""Plans for turns about what was told: where else a name stands, where it was read, how many that makes."""
