"""Who does what, when, at what price?"""
