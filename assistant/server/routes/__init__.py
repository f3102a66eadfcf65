"""What each URL gives: the API, the pages, and the Assistant in service that answers both."""
