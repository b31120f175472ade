"""The plan of a whole inspection: every item, photo and method with the reason why it is asked or not.

What a lane does by itself stays in `plan`; here stands what the standard asks of the vehicle, wherever it is done.
"""
