"""Absences and peaks: who could come, who is asked, who says yes."""
