"""What `make bench-scale` measures: searches of many rows, and builds of many documents."""
