"""The wire between our own processes: HTTP and WebSocket with a published OpenAPI description.

`wire` says what travels, `server` serves a process, `client` follows one. Until nodes are paired
and TLS is there, the link is served on loopback addresses only.
"""
