"""The site for programs: the week of a plan, and placing somebody in it."""
