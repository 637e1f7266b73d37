"""The steps of a visit: which may follow now, and by whom what was over is begun again."""
