"""What the plans over the whole text share: what is collected, of which sections, by which condition."""
