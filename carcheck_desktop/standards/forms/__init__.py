"""What stands on the three papers of a safety inspection, as data: manual form, instrument form, report (GB 38900 annexes G to I).

No layout and no words: labels are messages, signs and limit texts are as the forms have them. How they are printed is elsewhere.
"""
