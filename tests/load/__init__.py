"""Load on a running server: visitors at a steady rate (locust), and connections that ask as fast as they are answered."""
