"""Starting and watching the service: checks before it, the production servers, logs and metrics."""
