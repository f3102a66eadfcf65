"""What each URL of the API gives, and the Assistant in service that answers there and on the pages."""
