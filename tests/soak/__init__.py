"""The long trials of `make soak`, each with its limit: killed builders, damaged files, swaps, load, the long run."""
