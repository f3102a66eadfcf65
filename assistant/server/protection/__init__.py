"""What stands between a request and its route: limits, headers, load shedding, proxies, and how errors are told."""
