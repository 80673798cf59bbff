"""Pictures of every screen, for whoever wants to look at them all.

1. ``posed_hall``: a house in this process, whose hall is brought into any state.
2. ``studio``: pages of a real browser in every language, and what they are saved as.
3. ``public``: home, boards, signs and phones; ``machine``: the kiosk and its slips.
4. ``desk``: console and pad; ``help_desk``; ``office``: manager, sign-in and the rest.
5. ``overview``: one picture of several screens, for the documents.
"""
