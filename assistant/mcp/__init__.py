"""The documents for hosts that speak the Model Context Protocol: tools, resources and a prompt, none of which writes.

Needs the official SDK: `pip install 'agreement-assistant[mcp]'`. `server` builds what both ways of serving share:
`assistant mcp` over standard input and output, and `/mcp` over HTTP.
"""
