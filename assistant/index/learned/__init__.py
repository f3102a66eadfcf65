"""What is learned: the weights of the signals, and what a document's own questions and near-misses teach."""
