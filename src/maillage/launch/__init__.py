"""What could these firms do together?"""
