"""What is done in a network: each function is one whole business act.

They need the scope of the network to be open, and take who acts as `acting`.
"""
