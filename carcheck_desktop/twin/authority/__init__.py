"""The virtual world's authorities: real HTTP servers that answer from made-up registers and say so in every answer.

`frame` and `server` serve any channel with its faults; a channel brings its register. Nothing here knows our gateways or
their profiles: what both sides must agree on stands in the reference, so that one side's mistake shows at the other.
"""
